import type { WrongSetting } from "../../clinic.ts";
import { fullWidth } from "../../full-width.ts";

const reference = "https://docs.npmjs.com/cli/configuring-npm/npmrc";
/** Registries, of a scope too, in files and in variables. */
export const registryKey = /^(?:@[^:]+:)?registry$|^(?:npm|NPM)_(?:config|CONFIG)_(?:registry|REGISTRY)$/;

/** Settings of npm that are known to be wrong. */
export const wrongInNpm: readonly WrongSetting[] = [
  fullWidth(registryKey),
  {
    says: "wrong-npm-case",
    key: /^(?:Registry|REGISTRY)$/,
    value: /^https?:/,
    severity: "error",
    remedy: { move: "registry" },
    source: reference,
  },
  {
    says: "wrong-npm-section",
    key: /^[^@].*\.registry$/,
    value: /^https?:/,
    severity: "error",
    remedy: null,
    source: "https://github.com/npm/ini#readme",
  },
  {
    says: "wrong-npm-key",
    key: /^(?:registry-url|registry_url|npm_registry|npmRegistryServer|mirror|export\s+npm_config_registry)$/,
    value: /^https?:/,
    severity: "error",
    remedy: { move: "registry" },
    source: reference,
  },
  {
    says: "wrong-variable",
    key: registryKey,
    value: /\$\{[^}]+\}/,
    severity: "error",
    remedy: null,
    source: `${reference}#files`,
  },
  {
    says: "wrong-scheme",
    key: registryKey,
    value: /^(?:\/\/)?(?=[\w-]+(?:\.[\w-]+)+(?:[:/]|$))/,
    severity: "error",
    remedy: { replace: "https://" },
    source: "https://docs.npmjs.com/cli/using-npm/config#registry",
  },
  {
    says: "wrong-scheme",
    key: registryKey,
    value: /^(?:https?:\/?(?=\w)|https?\/\/|h?t?tp+s?:\/\/|hhttps?:\/\/)(?<!^https?:\/\/)/,
    severity: "error",
    remedy: { replace: "https://" },
    source: "https://docs.npmjs.com/cli/using-npm/config#registry",
  },
  {
    says: "wrong-quotes",
    key: registryKey,
    value: /^["']+|["']+$/g,
    severity: "error",
    remedy: { replace: "" },
    source: "https://github.com/npm/ini#readme",
  },
  {
    says: "wrong-two",
    key: registryKey,
    value: /^(https?:\/\/[^\s,;|]+)[\s,;|]+(?=https?:\/\/)[\s\S]*$/,
    severity: "error",
    remedy: { replace: "$1" },
    source: "https://docs.npmjs.com/cli/using-npm/config#registry",
  },
  {
    says: "wrong-npm-empty",
    key: /^registry$/,
    value: /^\s*$/,
    severity: "error",
    remedy: "new-mirror",
    source: "https://docs.npmjs.com/cli/using-npm/config#registry",
  },
  {
    says: "wrong-npm-strict-ssl",
    key: /^strict-ssl$|^npm_config_strict_ssl$|^NODE_TLS_REJECT_UNAUTHORIZED$/i,
    value: /^(?:false|0)$/,
    severity: "warn",
    remedy: "remove",
    afterProof: true,
    source: "https://docs.npmjs.com/cli/using-npm/config#strict-ssl",
  },
  {
    says: "wrong-npm-binaries",
    key: /^(?:disturl|\w+_(?:mirror|binary_site|binary_host|binary_host_mirror|cdnurl|host_mirror|download_host)|\w+-(?:mirror|binary-site|cdnurl))$/i,
    value: /\bnpm\.taobao\.org\b/,
    severity: "warn",
    remedy: "remove",
    source: "https://github.com/cnpm/cnpm/issues/361",
  },
  {
    says: "wrong-npm-offline",
    key: /^offline$|^npm_config_offline$/i,
    value: /^true$/,
    severity: "error",
    remedy: null,
    source: "https://docs.npmjs.com/cli/using-npm/config#offline",
  },
];
