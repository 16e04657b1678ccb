/** The names on the way of a key: between dots, and in JSON's quotes where they have one. */
export function namesOf(key: string): string[] {
  const form = /("(?:[^"\\]|\\.)*"|[^."]+)(\.(?!$)|$)/y;
  const names: string[] = [];
  while (names.length === 0 || form.lastIndex < key.length) {
    const written = form.exec(key)?.[1];
    if (written === undefined) throw new TypeError(`not a key: ${key}`);
    names.push(written.startsWith('"') ? String(JSON.parse(written)) : written);
  }
  return names;
}
