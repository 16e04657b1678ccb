import { dockerMessages } from "./docker/en.ts";
import { doctorMessages } from "./doctor/en.ts";
import { goMessages } from "./go/en.ts";
import { npmMessages } from "./npm/en.ts";
import { onlookerMessages } from "./onlookers/en.ts";
import { pipMessages } from "./pip/en.ts";
import { platformMessages } from "./platform/en.ts";
import { podmanMessages } from "./podman/en.ts";
import { pullMessages } from "./pull/en.ts";
import { writeMessages } from "./write/en.ts";

/** Every statement of the program in English, by code. `{name}` is filled in. The Chinese twin has the same codes and names. */
export const messages = {
  ...dockerMessages,
  ...doctorMessages,
  ...goMessages,
  ...npmMessages,
  ...onlookerMessages,
  ...pipMessages,
  ...podmanMessages,
  ...platformMessages,
  ...pullMessages,
  ...writeMessages,
  "address-for-all": "{url} belongs to one ecosystem; say to which: mirror-setup go|pip|npm|docker {url}",
  "bad-duration": "{value} is not a duration; write it like 800ms, 5s or 1m",
  "bad-language": "there is no language {value}; there are: zh, en",
  "bad-own-id": "{id} cannot be an id: letters, digits, dots and dashes are what it may have",
  "bad-option": "{text}",
  "bad-scope": "{value} is not a scope; there are: user, project, system",
  "bad-scope-registry": "{value} is not a scope and its registry; write it like @corp=https://npm.corp.example/",
  "bad-pattern":
    "{pattern} is not a module pattern for GOPRIVATE; write it like git.corp.example or *.corp.example/team",
  "bad-url":
    "{url} cannot be used as a mirror: an http(s) address without blanks, commas, query and fragment is needed",
  "cause-clock": "every certificate is out of its time: the clock of this machine says {now} UTC; set it right",
  "cause-interception-by":
    "every host shows a certificate signed by {issuer}, which is not trusted here: a company's firewall, a virus scanner or a proxy reads along. If you trust it, name its certificate with SSL_CERT_FILE",
  "cause-interception":
    "an unknown authority signs for every mirror: something on the way opens TLS. Give its certificate with SSL_CERT_FILE",
  "cause-login":
    "every host gives the same answer, and it is no mirror's: this network wants a login first. Open any page in a browser",
  "cause-offline":
    "no host could be reached: is this machine online? If it needs a proxy, set HTTPS_PROXY; if that is set, check the proxy",
  "cause-silent":
    "no host answered in the time there was: the line is very slow, or something on the way (a firewall, a VPN) swallows what is sent. More time: --timeout 20s",
  "cause-stale":
    "every mirror is behind: none has what was published of late. To take one all the same, name it with --no-probe",
  "cause-proxy":
    "the proxy of the environment (HTTPS_PROXY) lets nothing through: does it run? To go without it, take the variable away (and ALL_PROXY)",
  "cause-proxy-login":
    "the proxy wants a login: put the name, a colon, the password and an @ before its host in HTTPS_PROXY",
  "catalog-added": "added {id} for {ecosystem} to {file}",
  "catalog-exists":
    "{id} is already in your own mirrors for {ecosystem}; remove it first: mirror-setup catalog remove {ecosystem} {id}",
  "catalog-invalid": "{file} has mistakes ({count}); nothing of it was used",
  "catalog-not-own": "{id} is not among your own mirrors for {ecosystem}; only those can be removed",
  "catalog-problem": "{path}: {problem}",
  "catalog-removed": "removed {id} for {ecosystem} from {file}",
  "catalog-unknown-key": "{file}: {key} is not a key that this version knows; it is ignored",
  "catalog-unreadable": "the catalog {file} cannot be read ({why})",
  "catalog-valid": "{file} is a sound catalog with {count} mirrors",
  "chain-length": "--chain takes a whole number from 1 to {most}",
  "chain-too-long": "at most {most} mirrors fit into the setting",
  companions:
    "{id} also has what packages download by themselves (Electron, browsers, Node headers …), through {count} environment variables: mirror-setup list {ecosystem} --env",
  "current-good": "{id}, the mirror in use, still proves good: nothing changed",
  failed: "unexpected failure: {detail}",
  "see-verbose": "--verbose shows where it happened",
  "no-temporary-folder":
    "no folder for temporary files: {detail}; set TMPDIR (Windows: TEMP) to a folder that exists and can be written to",
  "file-blocked": "{file} cannot be used ({why})",
  "file-problem": "{file}: {why}; nothing was changed",
  "file-problem-at": "{file}, line {line}: {why}; nothing was changed",
  "file-problem-at-column": "{file}, line {line}, column {column}: {why}; nothing was changed",
  hint: "{text}",
  "insecure-own-url":
    "{url} is plain http, which anybody on the way can change; use https, or accept that with --insecure",
  "insecure-url": "{url} is plain http, which anybody on the way can change; use https",
  interrupted: "interrupted; nothing was changed",
  "interrupted-after":
    "interrupted before the tools could be asked whether it is in force: mirror-setup status shows that, mirror-setup undo takes it back",
  "journal-damaged": "{file} in the journal cannot be read; it is passed over",
  "kept-own": "{key}: {value} is your own and stays",
  "leave-out": "the others could go on without it: --only {only}",
  "left-as-is": "nothing was changed",
  locked: "another mirror-setup is writing just now; try again when it is done",
  "missing-argument": "{argument} is missing; see {command} --help",
  "mirror-closed": "{id} is listed as closed ({when}); to find one that works: mirror-setup {ecosystem} --fastest",
  "mirror-insecure": "{url} is plain http: anybody on the way can change what it serves",
  "mirror-is-upstream": "{id} is the upstream itself; to go back to it: mirror-setup reset {ecosystem}",
  "mirror-restricted": "{id}: {restriction}",
  "mirror-without-url": "{id} has a different address for every account; give yours as a URL",
  "named-barred": "{ids} may not be set here; nothing was changed",
  "named-rejected": "{id} did not prove itself; nothing was changed. To write it all the same: --no-probe",
  "no-candidates": "the catalog offers no mirror for {ecosystem}; name one, or see mirror-setup list",
  "no-home":
    "neither HOME nor a state directory is known, so there is no place for what undo needs; set HOME or XDG_STATE_HOME",
  "none-usable": "none of the {count} mirrors proved itself; nothing was changed",
  "not-in-force": "{key} is stored, and not in force: {winner} wins, with {value}",
  "still-set": "{tool} still uses {value}: {winner} sets {key}",
  "not-in-force-unset": "{key} is stored, and not in force: {winner} wins, which sets nothing",
  "not-named": "none of the named mirrors carries {ecosystem}; it stays as it is",
  "not-tried": "not tried: {tools} (nothing is known to fetch with)",
  "nothing-to-do": "nothing to do: everything is as it should be",
  "nothing-to-undo": "nothing to undo",
  "option-wants-value": "{option} wants a value; see {command} --help",
  overtaken: "{file} was changed by somebody else right after we wrote it: {key} is {value} now",
  "own-entry-first": "{key}: your own entry {value} stays in front",
  "own-replaced":
    "{key} was {value}, your own; it is replaced, since there is room for one. To get it back: mirror-setup undo",
  "one-index":
    "{ecosystem} has room for one mirror and does not fall back by itself: of several indexes it would mix the packages, not go from one to the next. Name one, or let the best of these be found with --fastest",
  "option-alone": "{option} goes with --fastest only",
  "passed-over": "passed over, though good: {ids}",
  "probe-needed": "--fastest has to probe; --no-probe goes with named mirrors only",
  "recovered-finished": "a run that was cut off ({id}) had written everything; it can be undone like any other",
  "recovered-left": "{file} could not be put back, or was changed by somebody else since; it was left as it is",
  "recovered-undone": "a run that was cut off ({id}) was taken back",
  "roll-back-failed": "what was written could not be put back; try: mirror-setup undo {id}",
  "rolled-back": "what was written was put back",
  "sat-out":
    "{count} mirrors sat this race out, rejected a short while ago on this network; --no-cache asks them all the same",
  "set-by-hand": "{tool} has a setting of its own, which we leave to you: {command}",
  "scope-unsupported": "{tool} has no scope {scope}; it has: {known}",
  "tool-broken": "{tool} is installed and does not start: {complaint}",
  "tool-slow":
    "{tool} is installed, and did not answer within {seconds} s: a busy machine, mostly. Try again when it has less to do",
  "tool-missing":
    "not installed: {tool}. To write settings for it all the same, for later, add --allow-missing when you set a mirror",
  "too-many-arguments": "too many arguments; see {command} --help",
  unconfirmed: "{tool} is not installed, so nobody could confirm that the setting is in force",
  undone: "undone: {command} ({id}); as before, byte for byte: {file}",
  "under-sudo": "under sudo: the settings are those of {user} ({home}), who called it",
  "verify-impossible":
    "--verify has nothing to fetch with: no tool that could fetch is at hand, or the catalog names nothing for it",
  "undo-again": "{id} has been undone already",
  "undo-changed":
    "{file} was changed after {id} ({why}); nothing was touched. To take only the mirror out of it: mirror-setup reset",
  "undo-order": "later transactions wrote the same file; undo these first, in this order: {order}",
  "undo-unknown": "there is no transaction {id}; mirror-setup history lists them",
  "unknown-command": "{word} is not a command; see mirror-setup --help",
  "unknown-command-near": "{word} is not a command; did you mean {near}?",
  "unknown-ecosystem": "{id} is not an ecosystem; there are: {known}",
  "unknown-mirror": "{ecosystem} has no mirror {id}; mirror-setup list {ecosystem} shows them",
  "unknown-mirror-near": "{ecosystem} has no mirror {id}; did you mean {near}?",
  "unknown-option": "there is no option {option} here; see {command} --help",
  "unknown-option-near": "there is no option {option} here; did you mean {near}?",
  "unknown-shell": "{shell} is not a shell that we complete in; there are: {known}",
  "unknown-tool": "{tool} is not a tool of {ecosystem}; there are: {known}",
  unproved: "{id} is taken without proof, as you wished",
  "verify-failed": "{tool} could not fetch through the new setting: {complaint}",
  verified: "{tool} fetched a real package through the new setting",
  "want-mirror":
    "say which mirror: mirror-setup {ecosystem} MIRROR, or let the best be found: mirror-setup {ecosystem} --fastest",
} as const;
