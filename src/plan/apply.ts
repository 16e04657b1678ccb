import { managingOption } from "../platform/managed.ts";
import { pathsOf } from "../platform/paths.ts";
import type { Clock, ReadPort, WritePort } from "../ports/types.ts";
import { type JournalPlace, newId, prune, readJournal, record, settled } from "./journal.ts";
import { type Recovery, recover } from "./recover.ts";
import { codeOf } from "./restore.ts";
import { isStill, isUnchanged } from "./stored.ts";
import type { FilePlan, FileProblem, Pending, Plan, Receipt, Transaction } from "./types.ts";
import { type WrittenGroup, writeGroup } from "./write-group.ts";

/** What a run of the writer needs. */
export interface WriterPorts {
  readonly read: ReadPort;
  readonly write: WritePort;
  readonly clock: Clock;
  readonly place: JournalPlace;
}

/** How an application ended. What one ecosystem could not do does not hold back the others. */
export interface Applied {
  /** Null when nothing was written. */
  readonly transaction: string | null;
  readonly problems: readonly FileProblem[];
  /** Programs that have not taken up what was written, or put back. */
  readonly pending: readonly Pending[];
  readonly recovered: readonly Recovery[];
}

/** Milliseconds to wait for another run to end its write, and how often to look. */
const lockWaitMs = 5_000;
const lockPauseMs = 50;

/** The one writer. Every check comes before the first write, the journal entry too; then each file is replaced whole. */
export async function apply(
  plan: Plan,
  about: { readonly command: string; readonly mirrors: readonly string[] },
  ports: WriterPorts,
): Promise<Applied> {
  const outcome = await underLock(ports, async (recovered) => {
    const problems = await problemsOf(plan.files, ports);
    const barred = new Set(problems.map(({ ecosystem }) => ecosystem));
    const files = plan.files.filter(({ ecosystem }) => !barred.has(ecosystem));
    if (files.length === 0) return { transaction: null, problems, pending: [], recovered };
    const written = await writeAll(files, about, ports);
    return { ...written, problems: [...problems, ...written.problems], recovered };
  });
  if (outcome.ok) return outcome.value;
  const problems = plan.files.map(({ ecosystem }) => ({ ecosystem, file: ports.place.state, code: outcome.code }));
  return { transaction: null, problems, pending: [], recovered: [] };
}

/** A step that ran under the lock, or why there was no lock: `locked`, or the system's code for the state directory. */
export type UnderLock<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string };

/** Runs a step while holding the lock, after settling what killed runs left. */
export async function underLock<T>(
  ports: WriterPorts,
  step: (recovered: Recovery[]) => Promise<T>,
): Promise<UnderLock<T>> {
  const release = await waitForLock(ports).catch((error: unknown) => codeOf(error));
  if (typeof release === "string") return { ok: false, code: release };
  try {
    return { ok: true, value: await step(await recover(ports)) };
  } finally {
    await release();
  }
}

async function waitForLock({ write, clock, place }: WriterPorts): Promise<(() => Promise<void>) | string> {
  await write.makeDirectory(place.folder, 0o700);
  const deadline = clock.now() + lockWaitMs;
  for (;;) {
    const release = await write.lock(place.lock);
    if (release !== null) return release;
    if (clock.now() >= deadline) return "locked";
    await clock.sleep(lockPauseMs);
  }
}

/** Law 3, and everything else that can be known to fail before the first byte is written. */
async function problemsOf(files: readonly FilePlan[], { read, write }: WriterPorts): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  for (const file of files) {
    const { path, realPath, ecosystem, before } = file;
    const state = await read.read(path);
    const moved = state.kind === "file" && state.realPath !== realPath;
    const isSame = !moved && isStill(state, before);
    const code = !isSame ? "changed-meanwhile" : isLeftAlone(file) ? null : await write.obstacle(path);
    const hint = code === "managed" ? { option: managingOption(path, read.facts) } : {};
    if (code !== null) problems.push({ ecosystem, file: path, code, ...hint });
  }
  return problems;
}

/** Its program is told to read it, and it is not even written for a moment on the way. */
function isLeftAlone(file: FilePlan): boolean {
  return isUnchanged(file) && (file.activation?.before.interim ?? null) === null;
}

async function writeAll(
  files: readonly FilePlan[],
  about: { readonly command: string; readonly mirrors: readonly string[] },
  ports: WriterPorts,
): Promise<Omit<Applied, "recovered">> {
  const content = await readJournal(ports.place, ports.read);
  const receipts = await Promise.all(files.map((file) => receiptFor(file, ports)));
  const sequence = (content.transactions.at(-1)?.sequence ?? 0) + 1;
  const at = ports.clock.date().toISOString();
  const started: Transaction = {
    version: 1,
    id: newId(ports.clock),
    sequence,
    at,
    ...about,
    status: "started",
    files: receipts,
  };
  const refused = await record(ports.place, ports.write, started).then(() => null, codeOf);
  if (refused !== null) {
    return {
      transaction: null,
      problems: files.map(({ ecosystem }) => ({ ecosystem, file: ports.place.folder, code: refused })),
      pending: [],
    };
  }
  return settle(started, await writeGroups(receipts, ports), ports);
}

async function writeGroups(receipts: readonly Receipt[], ports: WriterPorts): Promise<readonly WrittenGroup[]> {
  const groups: WrittenGroup[] = [];
  for (const ecosystem of new Set(receipts.map((receipt) => receipt.ecosystem))) {
    const group = receipts.filter((receipt) => receipt.ecosystem === ecosystem);
    groups.push(await writeGroup(group, ports));
  }
  return groups;
}

/** Notes in the journal what came of it. */
async function settle(
  started: Transaction,
  groups: readonly WrittenGroup[],
  ports: WriterPorts,
): Promise<Omit<Applied, "recovered">> {
  const written = groups.flatMap((group) => group.written);
  const problems = groups.flatMap((group) => group.problems);
  const pending = groups.flatMap((group) => group.pending);
  await keepTrying(
    groups.flatMap(({ stuck }) => stuck),
    started,
    ports,
  );
  if (!(await settled(started, written, ports))) return { transaction: null, problems, pending };
  await prune(ports.place, ports.write, await readJournal(ports.place, ports.read));
  return { transaction: started.id, problems, pending };
}

/** What could not be put back is a transaction of its own, on its way back: whoever writes next goes on with it. */
async function keepTrying(stuck: readonly Receipt[], started: Transaction, { place, write, clock }: WriterPorts) {
  if (stuck.length === 0) return;
  const id = newId(clock);
  await record(place, write, { ...started, id, sequence: started.sequence + 1, status: "undoing", files: stuck });
}

async function receiptFor(file: FilePlan, { read }: WriterPorts): Promise<Receipt> {
  const { dirname } = pathsOf(read.facts);
  const folders: string[] = [];
  if (file.before === null) {
    for (let folder = dirname(file.path); (await read.read(folder)).kind === "missing"; folder = dirname(folder)) {
      folders.unshift(folder);
    }
  }
  const { ecosystem, path, realPath, before, after, keys, activation } = file;
  return { ecosystem, path, realPath, before, after, folders, keys, activation };
}
