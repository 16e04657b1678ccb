/** What Python's `str.strip` takes for white space; JavaScript's `trim` differs in a few signs. */
const space = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Without what Python takes for white space, at both ends. */
export function strip(text: string): string {
  const end = endOf(text);
  let start = 0;
  while (start < end && space.test(text.charAt(start))) start += 1;
  return text.slice(start, end);
}

/** Where the trailing white space starts. A pattern ending in `+$` would take quadratic time. */
function endOf(text: string): number {
  let end = text.length;
  while (end > 0 && space.test(text.charAt(end - 1))) end -= 1;
  return end;
}
