import { linesOf } from "../../../edits/lines.ts";
import { textAt } from "../../reading.ts";
import type { Onlooker } from "../../types.ts";
import { hubOf } from "../hub.ts";
import { type Seen, viewOf } from "./seen.ts";

const file = "/etc/rancher/k3s/registries.yaml";

/** k3s has containerd inside, and writes its settings from a file of its own. https://docs.k3s.io/installation/private-registry */
export const k3s: Onlooker = {
  id: "k3s",
  look: async (read, url, probes) => {
    const hub = hubOf(probes);
    const isHere = (await read.which("k3s")) !== null || (await read.names("/etc/rancher/k3s")).length > 0;
    if (hub === null || !isHere) return null;
    const text = await textAt(read, file);
    const { seen, level } = endpointsIn(text, hub);
    const all = ["mirrors:", `  ${JSON.stringify(hub)}:`, `    endpoint: [${JSON.stringify(url)}]`];
    const view = viewOf(seen, file, url === "" ? [] : all.slice(level));
    return { ...view, messages: [{ code: "k3s-restart", level: "info", args: {} }] };
  },
};

/** Its addresses for a registry; and how many of the lines that lead to them are there. */
function endpointsIn(text: string, hub: string): { seen: Seen; level: number } {
  const lines = linesOf(text).map(({ start, end, number }) => ({ body: text.slice(start, end), number }));
  const at = lines.findIndex(({ body }) => isKey(body, hub));
  const first = lines[at];
  const level = first !== undefined ? 2 : lines.some(({ body }) => /^mirrors\s*:/.test(body)) ? 1 : 0;
  const indent = (body: string) => body.length - body.trimStart().length;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex(({ body }) => body.trim() !== "" && indent(body) <= indent(first?.body ?? ""));
  const own = first === undefined ? [] : [first, ...rest.slice(0, end === -1 ? rest.length : end)];
  const addresses = own.flatMap(({ body }) => body.replace(/(^|\s)#.*/, "").match(/https?:\/\/[^\s"',\]}]+/g) ?? []);
  return { seen: { key: `mirrors.${hub}.endpoint`, addresses, file, line: first?.number ?? null }, level };
}

/** Whether a line has this name before a colon, be it in a one-line mapping. */
function isKey(body: string, name: string): boolean {
  const at = body.indexOf(name);
  return (
    at !== -1 &&
    !body.slice(0, at).includes("#") &&
    !/[\w./]$/.test(body.slice(0, at)) &&
    /^["']?\s*:/.test(body.slice(at + name.length))
  );
}
