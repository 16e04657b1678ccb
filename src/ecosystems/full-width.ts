import type { WrongSetting } from "./clinic.ts";

/** Signs as Chinese input methods and word processors write them; a comma or semicolon alone is a matter of lists. */
const signs = /[\uFF01-\uFF0B\uFF0D-\uFF1A\uFF1C-\uFF5E\u3000\u3002\u2018\u2019\u201C\u201D]/;

/**
 * An address in full-width signs, which no tool takes for those it knows.
 * https://en.wikipedia.org/wiki/Halfwidth_and_Fullwidth_Forms_(Unicode_block)
 */
export function fullWidth(key: RegExp): WrongSetting {
  const source = "https://www.unicode.org/charts/PDF/UFF00.pdf";
  return { says: "wrong-full-width", key, value: signs, severity: "error", remedy: "half-width", source };
}

/** The same in the signs of ASCII; quotes go, as no value here has any. */
export function halfWidth(value: string): string {
  return value
    .replace(/[\u2018\u2019\u201C\u201D]/g, "")
    .replaceAll("\u3002", ".")
    .replace(/[\u3001\uFF1B]/g, ",")
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("\u3000", " ")
    .trim();
}
