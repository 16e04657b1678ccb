/** How `cmd.exe` and a program behind it read a command line: enough of it to see what becomes of an argument. */

/** What `cmd /d /s /c "LINE"` runs: the outer quotes gone, known `%NAME%` filled in, `^` taking the meaning from the next sign. Throws where it would run two commands. */
export function readByCmd(line: string, env: Readonly<Record<string, string>>): string {
  const bare = line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
  return readLine(bare.replace(/%([^%]+)%/g, (whole, name: string) => env[name.toUpperCase()] ?? whole));
}

/** A line of a batch file `program %*` once the arguments stand in it: no `%` is looked at again. */
export function readLine(line: string): string {
  let read = "";
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? "";
    if (sign === "^" && !quoted) {
      at += 1;
      read += line[at] ?? "";
      continue;
    }
    if (sign === '"') quoted = !quoted;
    if (!quoted && /[&|<>]/.test(sign)) throw new Error(`cmd.exe would take ${sign} for its own: ${line}`);
    read += sign;
  }
  return read;
}

/** https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
export function argumentsIn(line: string): string[] {
  const found: (string | null)[] = [null];
  let quoted = false;
  for (const [part, slashes] of line.trim().matchAll(/(\\*)"|\\+|\s+|[^\\"\s]+/g)) {
    const isLiteral = slashes !== undefined && slashes.length % 2 === 1;
    if (slashes !== undefined && !isLiteral) quoted = !quoted;
    if (slashes === undefined && !quoted && part.trim() === "") found.push(null);
    else found.push((found.pop() ?? "") + (slashes === undefined ? part : halved(slashes, isLiteral)));
  }
  return found.flatMap((argument) => argument ?? []);
}

function halved(slashes: string, isLiteral: boolean): string {
  return slashes.slice(0, Math.floor(slashes.length / 2)) + (isLiteral ? '"' : "");
}
