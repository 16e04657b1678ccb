import { dockerFindings } from "./docker/en.ts";
import { wrongMessages } from "./wrong/en.ts";

/** What looking after settings finds, in English. */
export const doctorMessages = {
  ...dockerFindings,
  ...wrongMessages,
  "check-bad":
    "{id}, the mirror in use, does not prove good. To replace it: mirror-setup {ecosystem} --fastest; to see why: mirror-setup doctor {ecosystem}",
  "check-good": "{id}, the mirror in use, proves good",
  drift:
    "{file}: {key} is {now}, and mirror-setup had set {wrote} ({id}); somebody changed it since. To set a mirror again: mirror-setup {ecosystem} --fastest",
  "drift-gone":
    "{file}: {key} is gone, and mirror-setup had set {wrote} ({id}); somebody removed it since. To set a mirror again: mirror-setup {ecosystem} --fastest",
  "drift-set":
    "{file}: {key} is {now}, and mirror-setup had removed it ({id}); somebody set it since. To remove a mirror again: mirror-setup reset {ecosystem}",
  "doctor-hidden":
    "what was written has no effect here yet: {names} wins until it is unset ({command}), and taken out of where it is set (~/.profile, ~/.bashrc, a Dockerfile)",
  "doctor-tool-missing": "not installed: {tool}; install it first, then look again",
  "odd-address": "{url} is not the whole address of {id}: that is {right}",
  "odd-closed": "{id} ({url}) has been closed ({when}); nothing comes from it any more",
  "odd-dns-fake":
    "{host} resolves to {address}: a proxy on this machine (Clash, sing-box, TUN mode) hands out such addresses; if it does not run properly, nothing can be reached",
  "odd-dns-nowhere":
    "{host} resolves to {address}, an address that no public host has: the answer is forged, or blocked on purpose. Try another name server (223.5.5.5), and look into /etc/hosts",
  "odd-dns-private": "{host} resolves to {address}, a private address: a company's own name server, or a forged answer",
  "odd-fetch": "{tool} itself could not fetch a real package, though its mirror proves good: {complaint}",
  "odd-fetch-upstream": "no mirror is set, and {tool} could not fetch a real package from its own source: {complaint}",
  "odd-file": "{why}",
  "odd-folder": "{tool} may not write to {folder} ({why}), and cannot keep there what it downloads",
  "odd-go-line":
    "this line sets nothing: go reads only KEY=VALUE from the first column, and takes it for a comment ({key})",
  "odd-go-project":
    "go reads no go.env from a project's folder, so that GOPROXY in it does nothing. Set it with: go env -w GOPROXY=…",
  "odd-locked":
    "packages ({count}) are tied to {registry}, which is closed: they fail whichever registry is set, until the file is made anew or its addresses are passed over",
  "odd-mirror": "{id}, the mirror in use, failed its test: {reason}",
  "odd-missing-file":
    "{key} names {file}, and there is no such file: without it no certificate can be checked, and nothing is downloaded",
  "odd-no-proxy":
    "{key} has {entry} in it, so that {host} is asked without the proxy that everything else goes through, and cannot be reached like that",
  "odd-no-proxy-form":
    "{key}={value}: only hosts, parted by commas, are understood everywhere; go and others pass over the rest",
  "odd-npm-line": "this line sets nothing: npm reads only registry=ADDRESS, and takes all of this for a name ({key})",
  "odd-npm-credential":
    "{key} names no registry: npm refuses to install with it, and older tools send it to whichever registry is set. Write it as {bound}",
  "odd-pip-encoding": "{file} has characters in it that are no {encoding}, and pip refuses the file",
  "odd-pip-place":
    "pip does not read this file on this system, so that its index-url does nothing. See where it reads: pip config debug",
  "odd-pip-socks":
    "{key} is a SOCKS proxy, and this pip cannot use one without PySocks; a mirror in China needs no proxy",
  "odd-pip-twice": "{first} and {second} (line {line}) are one option for pip, and the last one wins; take one out",
  "odd-plain": "{url} is plain http: anybody on the way can change what is installed. Use its https address",
  "odd-proxy": "{key}: nothing can go through the proxy {proxy}: {why}",
  "odd-scope": "{key}: {url} cannot be reached: {reason}; no package of this scope can be installed",
  "odd-shadowed": "{tool}: {key}={stored} is stored and does nothing: {winner} wins, with {value}",
  "odd-spare-file":
    "{key} names {file}, and there is no such file: it is passed over, and only the usual authorities are trusted",
  "odd-stored": "{id} is stored, and counts as soon as {winner} is gone; it failed its test: {reason}",
  "odd-upstream": "no mirror is set, and the tool's own source cannot be used from here: {reason}",
} as const;
