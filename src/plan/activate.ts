import type { Clock, ReadPort, WritePort } from "../ports/types.ts";
import { replacementOf } from "./stored.ts";
import type { FileActivation, Pending, Receipt, StoredFile } from "./types.ts";

/** What putting a file in its place needs. */
export interface Hands {
  readonly read: ReadPort;
  readonly write: WritePort;
  readonly clock: Clock;
}

/** Milliseconds that a program has for reading its file again, and how often to look. */
const takeUpMs = 5_000;
const lookPauseMs = 100;

/**
 * Puts one side of a receipt in its place and has the running program take it up. A program that keeps what it had when its key is gone (Docker's
 * daemon does) is shown the text that says "none" first. The file counts, whatever the program does: what it did not take up is given back.
 *
 * @param lay puts the file there, or away.
 */
export async function layAndActivate(
  receipt: Receipt,
  side: "before" | "after",
  hands: Hands,
  lay: () => Promise<void>,
): Promise<Pending[]> {
  const { activation, ecosystem, path } = receipt;
  if (activation === null) return lay().then(() => []);
  const { interim, mirrors } = activation[side];
  const now = await inForce(activation, hands);
  const mustForget = interim !== null && now !== null && now.length > 0;
  const manual = mustForget ? activation.manual.forget : activation.manual.reload;
  const left = (end: End): Pending[] =>
    end === "taken-up" ? [] : [{ ecosystem, file: path, manual, isRefused: end === "refused" }];
  if (side === "after" && activation.deferred === true) {
    await lay();
    return left(now === null || isSame(now, mirrors) ? "taken-up" : "untold");
  }
  if (mustForget) {
    await writeInterim(receipt, interim, hands.write);
    const hasForgotten = await reload(activation, [], hands);
    await lay();
    return left(hasForgotten);
  }
  await lay();
  return left(await reload(activation, mirrors, hands, now === null));
}

/** Of files by which one program comes to have the same in force, all but the last are merely laid: it reads them all at once. */
export function onceEach(receipts: readonly Receipt[], side: "before" | "after"): Receipt[] {
  const callOf = ({ activation }: Receipt) =>
    activation === null || activation[side].interim !== null
      ? null
      : JSON.stringify([activation.reload, activation.inForce, activation.deferred, activation[side].mirrors]);
  const calls = receipts.map(callOf);
  return receipts.map((receipt, at) => {
    const call = calls[at] ?? null;
    return call !== null && calls.lastIndexOf(call) > at ? { ...receipt, activation: null } : receipt;
  });
}

/** What is taken back may be gone already, with its folder, while the program still goes by it. */
async function writeInterim({ path, folders }: Receipt, interim: StoredFile, write: WritePort): Promise<void> {
  const folder = folders.at(-1);
  if (folder !== undefined) await write.makeDirectory(folder, 0o755);
  await write.replace(path, replacementOf(interim));
}

/** How a reload ended: told, it may still go by what it had. */
type End = "taken-up" | "untold" | "refused";

/** Has it read its file, and waits until it is seen to. A program that is not running will read it when it starts. */
async function reload(
  { reload: how, inForce: look }: FileActivation,
  wanted: readonly string[],
  hands: Hands,
  isSilent = false,
): Promise<End> {
  if (how.kind === "command" && isSilent) return "taken-up";
  const isTold = await tell(how, hands.write).catch(() => null);
  if (isTold !== true) return isTold === false && isSilent ? "taken-up" : "untold";
  const deadline = hands.clock.now() + takeUpMs;
  for (;;) {
    const now = await inForce({ inForce: look }, hands);
    if (now !== null && isSame(now, wanted)) return "taken-up";
    if (hands.clock.now() >= deadline) return now === null ? "untold" : "refused";
    await hands.clock.sleep(lookPauseMs);
  }
}

/** False: there is nobody to tell. */
async function tell(how: FileActivation["reload"], write: WritePort): Promise<boolean> {
  if (how.kind === "command") return (await write.run(how.command)).code === 0;
  return write.hangUp(how.pidFile, how.program);
}

/** What it has in force, as it says itself; null where it says nothing. */
async function inForce({ inForce: look }: Pick<FileActivation, "inForce">, { read }: Hands): Promise<string[] | null> {
  const { code, stdout } = await read.run(look);
  return code === 0 ? listIn(stdout) : null;
}

/** Addresses in a JSON list; null stands for an empty one, as it does for Docker. Null: it is neither. */
export function listIn(text: string): string[] | null {
  try {
    const found: unknown = JSON.parse(text) ?? [];
    return Array.isArray(found) ? found.map(String) : null;
  } catch {
    return null;
  }
}

/** Docker writes every address with a slash at its end, and each but once. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  const plain = (urls: readonly string[]) => JSON.stringify([...new Set(urls.map((url) => url.replace(/\/+$/, "")))]);
  return plain(one) === plain(other);
}
