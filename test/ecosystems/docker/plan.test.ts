import { describe, expect, it } from "vitest";
import { planDocker } from "../../../src/ecosystems/docker/plan.ts";
import type { Choice } from "../../../src/ecosystems/types.ts";
import { json } from "../../../src/edits/json/index.ts";
import { type DockerMachine, dockerMachine, hub, lookAt, running } from "./machine.ts";

const file = "/etc/docker/daemon.json";
const [near, far, own] = ["https://near.example", "https://far.example/", "https://corp.example"];
const knowledge = { isMirror: (url: string) => /near|far/.test(url), probes: {} };
const chain = (...urls: string[]): Choice => ({
  kind: "mirrors",
  chain: urls.map((url) => ({ url, mirror: null, traits: null })),
  privatePatterns: [],
  scopeRegistries: [],
});
/** A list as it is laid out where no other is there to go by. */
const laidOut = (...urls: string[]) => `[\n${urls.map((url) => `    "${url}"`).join(",\n")}\n  ]`;
const reset: Choice = { kind: "reset" };

/** Plans for a file; the daemon goes by it already. */
async function plan(text: string | null, choice: Choice, more: DockerMachine = {}) {
  const mirrors = JSON.parse(text?.replace("\ufeff", "") || "{}")["registry-mirrors"];
  const files = { ...more.files, ...(text === null ? {} : { [file]: text }) };
  const says = more.says === undefined ? { mirrors } : more.says;
  const { current } = await lookAt(dockerMachine({ ...more, says, files }));
  const planned = planDocker(current, choice, knowledge);
  const edits = planned.ok ? planned.changes.flatMap((change) => change.edits) : [];
  return { current, planned, after: edits.length === 0 ? text : json.edit(text ?? "", edits) };
}

describe("what becomes of daemon.json", () => {
  it.each([
    ["no file", null, chain(near), `{\n  "registry-mirrors": ${laidOut(near)}\n}\n`],
    ["an empty file", "", chain(near), `{\n  "registry-mirrors": ${laidOut(near)}\n}\n`],
    [
      "other keys stay",
      '{\n  "debug": true\n}\n',
      chain(near, far),
      `{\n  "debug": true,\n  "registry-mirrors": ${laidOut(near, far)}\n}\n`,
    ],
    [
      "a new mirror in the old one's place",
      `{"registry-mirrors":["${far}"]}`,
      chain(near),
      `{"registry-mirrors":["${near}"]}`,
    ],
    [
      "own entries come behind",
      `{"registry-mirrors":["${own}","${far}"]}`,
      chain(near),
      `{"registry-mirrors":["${near}","${own}"]}`,
    ],
    [
      "an own entry that is chosen moves to the front",
      `{"registry-mirrors":["${far}","${own}/"]}`,
      chain(own),
      `{"registry-mirrors":["${own}/"]}`,
    ],
    [
      "the same, spelt otherwise, is left as it is",
      `{"registry-mirrors":["${near}/"]}`,
      chain(near),
      `{"registry-mirrors":["${near}/"]}`,
    ],
    ["the upstream goes", `{"registry-mirrors":["https://${hub}"]}`, chain(near), `{"registry-mirrors":["${near}"]}`],
    [
      "reset: the key goes with its last mirror",
      `{"debug":true,"registry-mirrors":["${near}","${far}"]}`,
      reset,
      '{"debug":true}',
    ],
    ["reset: own entries stay", `{"registry-mirrors":["${near}","${own}"]}`, reset, `{"registry-mirrors":["${own}"]}`],
    ["reset: an empty list stays", '{"registry-mirrors":[]}', reset, '{"registry-mirrors":[]}'],
    ["reset: null stays", '{"registry-mirrors":null}', reset, '{"registry-mirrors":null}'],
    ["reset: no file stays none", null, reset, null],
  ] as const)("%s", async (_, text, choice, after) => {
    const found = await plan(text, choice);
    expect([found.planned.ok, found.after]).toEqual([true, after]);
    const again = await plan(found.after, choice);
    expect(again.planned).toMatchObject({ ok: true, changes: [] });
  });

  it.each([
    ["corp.example", "mirror-scheme", "28.5.2"],
    ["ftp://corp.example", "mirror-scheme", "28.5.2"],
    ["", "mirror-blank", "28.5.2"],
    [" https://corp.example", "mirror-blank", "28.5.2"],
    ["https://corp.example?x", "mirror-query", "28.5.2"],
    ["https://corp.example/#f", "mirror-query", "28.5.2"],
    ["https://u:p@corp.example", "mirror-login", "28.5.2"],
    ["https://corp.example/hub", "mirror-path", "24.0.9"],
    ["https://corp.example/hub", "mirror-path", "20.10.24+dfsg1"],
    ["https://corp.example/hub", null, "25.0.0"],
    ["https://corp.example/", null, "20.10.24"],
    ["http://corp.example", null, "28.5.2"],
  ])("%j beside the mirrors: %s in %s", async (url, why, version) => {
    const text = JSON.stringify({ "registry-mirrors": [url] });
    const { planned } = await plan(text, chain(near), { says: { version, mirrors: [url] } });
    const refused = { ok: false, message: { code: "docker-bad-mirror", args: { url, why } } };
    expect(planned).toMatchObject(why === null ? { ok: true } : refused);
  });

  it("has the text tried by the daemon's program, where that can", async () => {
    const dockerd = (version: string) => ({ "/usr/bin/dockerd": () => `Docker version ${version}, build x\n` });
    const able = await plan("{}", chain(near), { programs: dockerd("28.5.2") });
    const argv = ["/usr/bin/dockerd", "--validate", "--config-file", "{stage}/daemon.json"];
    expect(able.planned).toMatchObject({ changes: [{ check: { command: { argv }, file: "daemon.json" } }] });
    const old = await plan("{}", chain(near), { programs: dockerd("20.10.24+dfsg1") });
    expect(old.planned).toMatchObject({ changes: [{ check: null }] });
  });

  it("is taken up by a hang-up, by the service where the process hides, and by nobody who only reads at its start", async () => {
    const reload = async (more: DockerMachine) => {
      const { planned } = await plan(null, chain(near), more);
      return planned.ok ? planned.changes[0]?.activation?.reload : null;
    };
    const byPid = { kind: "hang-up", pidFile: "/var/run/docker.pid", program: "dockerd" };
    expect(await reload({ files: running(7, []) })).toEqual(byPid);
    expect(await reload({ says: null })).toEqual(byPid);
    expect(await reload({ files: running(7, ["-p", "/srv/pid"], "/srv/pid") })).toEqual({
      ...byPid,
      pidFile: "/srv/pid",
    });
    const systemctl = { "/usr/bin/systemctl": () => "" };
    const command = { argv: ["/usr/bin/systemctl", "reload", "docker"] };
    expect(await reload({ programs: systemctl })).toEqual({ kind: "command", command });
    expect(await reload({ client: "/snap/bin/docker" })).toBeUndefined();
    const own = { endpoint: "unix:///run/user/1000/docker.sock", env: { XDG_RUNTIME_DIR: "/run/user/1000" } };
    expect(await reload({ ...own, says: { rootless: true } })).toEqual({
      ...byPid,
      pidFile: "/run/user/1000/docker.pid",
    });
  });
});
