/** Closing marks stay with what they close. */
const clings = /^[，。、；：！？）」』】》…]/;

/** Columns that a text takes. Our own texts have what is wide in one block and no combining marks, so that no table of Unicode is needed. */
export function displayWidth(text: string): number {
  return text.replace(/[\u2e80-\u9fff\uff00-\uff60]/g, "##").length;
}

/** Words with the blanks before them, and each Chinese character, since those have no blanks; with opening marks before them, and colours. */
const piece =
  /\s*(?:[（「『【《“]|\u001b\[[0-9;]*m)*(?:[\u2e80-\u9fff\uff00-\uff60]|[^\s\u2e80-\u9fff\uff00-\uff60\u001b]+)(?:\u001b\[[0-9;]*m)*/g;

/** What a text can be broken between. */
export function piecesOf(text: string): string[] {
  return text.match(piece) ?? [];
}

/** Breaks a text into lines. What cannot be broken, an address say, may be longer: the terminal breaks it, and it can still be copied whole. */
export function wrap(text: string, columns: number, widthOf: (text: string) => number = displayWidth): string[] {
  const lines: string[] = [];
  let line = "";
  const pieces = piecesOf(text);
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1] ?? "";
    const wanted = line + piece + (clings.test(next) ? next : "");
    if (line !== "" && widthOf(wanted) > columns && !clings.test(piece)) {
      lines.push(line);
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line];
}
