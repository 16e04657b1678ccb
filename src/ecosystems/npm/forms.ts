import type { FormatId } from "../../edits/index.ts";

/** How one kind of file names registries. */
export interface Form {
  readonly format: FormatId;
  /** Keys that hold the registry; of several that stand in a file the first one counts. */
  readonly registry: readonly [string, ...string[]];
  /** The key of a scope's registry; the scope with its `@`. */
  scoped(scope: string): string;
  /** What those keys look like. */
  readonly isScoped: RegExp;
  /** Permission bits of a new file in the user's home: where tokens usually stand too, only for its owner. */
  readonly newFileMode: number;
}

/** `.npmrc`, and pnpm's `auth.ini`. */
export const npmrcForm: Form = {
  format: "npmrc",
  registry: ["registry"],
  scoped: (scope) => `${scope}:registry`,
  isScoped: /^@[^:]+:registry$/,
  newFileMode: 0o600,
};

/** `bunfig.toml`. https://bun.com/docs/runtime/bunfig#install-registry */
export const bunfigForm: Form = {
  format: "toml",
  registry: ["install.registry", "install.registry.url"],
  scoped: (scope) => `install.scopes.${scope.slice(1)}`,
  isScoped: /^install\.scopes\.[^.]+$/,
  newFileMode: 0o644,
};

/** `.yarnrc.yml`. https://yarnpkg.com/configuration/yarnrc#npmRegistryServer */
export const yarnrcForm: Form = {
  format: "yaml",
  registry: ["npmRegistryServer"],
  scoped: (scope) => `npmScopes.${scope.slice(1)}.npmRegistryServer`,
  isScoped: /^npmScopes\.[^.]+\.npmRegistryServer$/,
  newFileMode: 0o644,
};

/** pnpm's `config.yaml` and `pnpm-workspace.yaml`, where `registry` goes before `registries.default`. https://pnpm.io/settings */
export const pnpmForm: Form = {
  format: "yaml",
  registry: ["registry", "registries.default"],
  scoped: (scope) => `registries.${scope}`,
  isScoped: /^registries\.@[^.]+$/,
  newFileMode: 0o644,
};

const forms = [npmrcForm, bunfigForm, yarnrcForm, pnpmForm];

/** The form of a file whose registry has this key. */
export function formOf(file: string, key: string): Form {
  const isYaml = /\.ya?ml$/.test(file);
  return forms.find(({ format, registry }) => registry.includes(key) && (format === "yaml") === isYaml) ?? npmrcForm;
}
