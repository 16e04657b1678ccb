import type { WritePort } from "../ports/types.ts";
import type { Activation } from "./types.ts";

/** Makes a running program take up its new file. Throws where it will not. */
export async function activate({ reload }: Activation, write: WritePort): Promise<void> {
  if (reload.kind !== "command") throw new Error("not yet");
  const { code, stderr } = await write.run(reload.command);
  if (code !== 0) throw new Error(stderr.trim() || `exit ${code ?? "?"}`);
}
