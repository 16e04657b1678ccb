/** What is said of npm and its family, in English. */
export const npmMessages = {
  "npm-elsewhere":
    "the npm on this PATH keeps its settings at {file}, which is no path of this system: it is the npm of Windows. Run mirror-setup there, or install npm here",
  "npm-foreign-tarballs":
    "{id} serves tarballs from another host, and npm 12 refuses those unless they are allowed: allow-remote=all",
  "npm-lock-elsewhere":
    "{file} ties packages ({count}) to {registry}, whichever registry is set. For one run without that: npm ci --replace-registry-host=always",
  "npm-lock-refused":
    "{file} ties packages ({count}) to {registry}, and npm 12 refuses any other host than its registry's. The cure: npm ci --replace-registry-host=always",
  "npm-lock-stays":
    "{file} ties packages ({count}) to {registry}, whichever registry is set. To follow the setting, replace that address in the file, or make it anew",
  "npm-no-file": "npm's file of the scope {scope} is not known: HOME is missing, or npm is not installed",
  "npm-no-project": "{folder} is in no project: neither there nor above is a package.json or a node_modules folder",
  "npm-no-time":
    "{id} does not say when a version was published, and {tool} keeps off new versions by that time: it may find none (npmMinimalAgeGate, minimumReleaseAge)",
  "npm-read-only":
    "a mirror is for installing: npm audit, login and publish do not work with it. For those: --registry={registry}",
  "npm-scope-unread": "{tool} has no settings of the scope {scope}; it stays as it is",
  "npm-unbound-credentials":
    "{where}: {key} goes to whichever registry is set, so the mirror would get it. Bind it to the registry that it is for first: {bound}",
  "npm-unbound-stays":
    "{where}: {key} goes to whichever registry is set, the tool's own from now on. Better bind it to the registry that it is for: {bound}",
  "npm-variable-perhaps":
    "npx hands down {name}={value}, which no file says. If your shell sets it, it wins outside of npx, too: unset it",
} as const;
