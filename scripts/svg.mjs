// A terminal's screen as an SVG: text as text, every run of it exactly as wide as its columns, Chinese included.
import fastStringWidth from "fast-string-width";

const [cell, line, margin, bar] = [8.4, 18, 14, 30];
const colours = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 36: "#79c0ff" };
const [paper, ink, faint] = ["#0d1117", "#e6edf3", "#8b949e"];
const font =
  "ui-monospace,SFMono-Regular,Menlo,Consolas,'Noto Sans Mono CJK SC','PingFang SC','Microsoft YaHei',monospace";

/** Screens that follow one another, each shown for some seconds, as one picture. Who wants no motion sees the first. */
export function toSvg(screens, { title, columns, secondsEach }) {
  const frames = screens.map(linesOf);
  const width = Math.ceil(columns * cell + 2 * margin);
  const height = Math.max(...frames.map((frame) => frame.length)) * line + bar + 2 * margin;
  const share = 100 / frames.length;
  const style = [
    `text{font:14px ${font};fill:${ink};white-space:pre}`,
    `.f{opacity:0;animation:f ${frames.length * secondsEach}s steps(1) infinite}.f:first-of-type{opacity:1}`,
    `@keyframes f{0%{opacity:1}${share}%{opacity:0}100%{opacity:0}}`,
    ...frames.map((_, index) => `.f${index}{animation-delay:${(index - frames.length) * secondsEach}s}`),
    "@media(prefers-reduced-motion:reduce){.f{animation:none}}",
  ].join("");
  const dots = ["#ff5f57", "#febc2e", "#28c840"].map(
    (fill, at) => `<circle cx="${18 + 20 * at}" cy="16" r="6" fill="${fill}"/>`,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style><rect width="100%" height="100%" rx="8" fill="${paper}"/>${dots.join("")}`,
    `<text x="${width / 2}" y="21" text-anchor="middle" style="fill:${faint}">${escaped(title)}</text>`,
    ...frames.map((frame, index) => `<g class="f f${index}">${frame.map(drawLine).join("")}</g>`),
    "</svg>",
  ].join("\n")}\n`;
}

/** The lines of a screen, each as runs of one look: text, the column it begins at, its width, and its codes, which go on over the ends of lines. */
function linesOf(screen) {
  const carried = { codes: new Set() };
  return screen.split("\n").map((text) => runsOf(text, carried));
}

function runsOf(text, carried) {
  const runs = [];
  let { codes } = carried;
  let column = 0;
  for (const part of text.split(/(\u001b\[[0-9;]*m)/)) {
    const sequence = /^\u001b\[([0-9;]*)m$/.exec(part);
    if (sequence) codes = after(codes, sequence[1].split(";").map(Number));
    else if (part !== "") {
      const wide = fastStringWidth(part);
      runs.push({ text: part, column, wide, codes });
      column += wide;
    }
  }
  carried.codes = codes;
  return runs;
}

/** What is switched on after these codes (ECMA-48, SGR): bold, faint, and a colour. */
function after(codes, changes) {
  let now = new Set(codes);
  for (const code of changes) {
    if (code === 0) now = new Set();
    else if (code === 22) now = new Set([...now].filter((each) => each > 2));
    else if (code === 39) now = new Set([...now].filter((each) => each < 30));
    else now.add(code);
  }
  return now;
}

function drawLine(runs, row) {
  return runs
    .filter(({ text }) => text.trim() !== "")
    .map((run) => drawRun(run, bar + margin + line * (row + 0.75)))
    .join("");
}

function drawRun({ text, column, wide, codes }, y) {
  const fill = [...codes].map((code) => colours[code]).find(Boolean) ?? (codes.has(2) ? faint : null);
  const look = `${fill ? `fill:${fill};` : ""}${codes.has(1) ? "font-weight:bold" : ""}`;
  const x = (margin + column * cell).toFixed(1);
  const style = look === "" ? "" : ` style="${look}"`;
  return `<text x="${x}" y="${y}" textLength="${(wide * cell).toFixed(1)}" xml:space="preserve"${style}>${escaped(text)}</text>`;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
