import type { WrongSetting } from "../../clinic.ts";
import { fullWidth } from "../../full-width.ts";

const reference = "https://pip.pypa.io/en/stable/topics/configuration/";
const index = /^[^.]+\.(?:index-url|extra-index-url|find-links|trusted-host)$/;
/** The commands of pip, each of which may have a section of its own. */
const sections =
  "global|install|download|wheel|index|lock|list|search|freeze|uninstall|config|cache|check|debug|hash|inspect|show|help|completion";

/** Settings of pip that are known to be wrong. */
export const wrongInPip: readonly WrongSetting[] = [
  fullWidth(/^[^.]+\.index-url$|^PIP_INDEX_URL$/),
  // What only now would come into use was never proved, or is an exception.
  { ...fullWidth(/^[^.]+\.(?:extra-index-url|find-links|trusted-host)$|^PIP_EXTRA_INDEX_URL$/), remedy: null },
  {
    says: "wrong-quotes",
    key: index,
    value: /^["'](.*)["']$/,
    severity: "error",
    remedy: { replace: "$1" },
    source: "https://docs.python.org/3/library/configparser.html#supported-ini-file-structure",
  },
  {
    says: "wrong-comment",
    key: /^[^.]+\.(?:index-url|trusted-host|timeout|retries)$/,
    value: /\s+[#;].*$/,
    severity: "error",
    remedy: { replace: "" },
    source: "https://docs.python.org/3/library/configparser.html#customizing-parser-behaviour",
  },
  {
    says: "wrong-number",
    key: /^[^.]+\.(?:timeout|retries)$/,
    value: /^(\d+)\s*(?:s|sec|seconds|秒)$/i,
    severity: "error",
    remedy: { replace: "$1" },
    source: reference,
  },
  {
    says: "wrong-scheme",
    key: /^[^.]+\.index-url$/,
    value: /^(?:\/\/)?(?=[\w-]+(?:\.[\w-]+)+(?:[:/]|$))/,
    severity: "error",
    remedy: { replace: "https://" },
    source: reference,
  },
  {
    says: "wrong-two",
    key: /^[^.]+\.index-url$|^PIP_INDEX_URL$/,
    value: /^(https?:\/\/[^\s,;|]+)[\s,;|]+(?=https?:\/\/)[\s\S]*$/,
    severity: "error",
    remedy: { replace: "$1" },
    source: "https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-i",
  },
  {
    says: "wrong-pip-trusted",
    key: /^[^.]+\.trusted-host$|^PIP_TRUSTED_HOST$/,
    value: /./,
    onMirror: true,
    severity: "warn",
    remedy: "remove-mirrors",
    afterProof: true,
    source: "https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host",
  },
  {
    says: "wrong-pip-extra",
    key: /^[^.]+\.extra-index-url$|^PIP_EXTRA_INDEX_URL$/,
    value: /./,
    onMirror: true,
    severity: "warn",
    remedy: "remove-mirrors",
    source: "https://docs.astral.sh/uv/concepts/indexes/#searching-across-multiple-indexes",
  },
  {
    says: "wrong-pip-section",
    key: new RegExp(String.raw`^(?!(?:${sections}|DEFAULT)\.)[^.]+\.index-url$`),
    value: /./,
    severity: "error",
    remedy: { move: "global.index-url" },
    source: `${reference}#naming`,
  },
  {
    says: "wrong-pip-key",
    key: /^global\.(?:index-urls|indexurl|index-uri|url|mirror|registry|pypi-url)$/,
    value: /^https?:\/\/\S+$/,
    severity: "error",
    remedy: { move: "global.index-url" },
    source: "https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-i",
  },
  {
    says: "wrong-pip-equals",
    // The colon of https: is a sign of assignment, too.
    key: /^[^.]+\.index-url\s+https?$/,
    value: /^\/\/\S+$/,
    severity: "error",
    remedy: { move: "global.index-url", becomes: "https:$&" },
    source: "https://docs.python.org/3/library/configparser.html#supported-ini-file-structure",
  },
  {
    says: "wrong-pip-mirrors",
    key: /^[^.]+\.(?:use-mirrors|mirrors)$/,
    value: /./,
    severity: "warn",
    remedy: "remove",
    source: "https://github.com/pypa/pip/pull/2641",
  },
  {
    says: "wrong-pip-no-index",
    key: /^[^.]+\.no-index$|^PIP_NO_INDEX$/,
    value: /^(?:1|true|yes|on|y|t)$/i,
    severity: "error",
    remedy: null,
    source: "https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-no-index",
  },
];
