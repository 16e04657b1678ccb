/** What is said of Go, in English. */
export const goMessages = {
  "go-chain-off":
    "GOPROXY in {file} ends in `off`: somebody decided that nothing else may be asked. Not changed. To lift it: go env -u GOPROXY",
  "go-env-off": "GOENV=off is set: go does not read {file}. Unset GOENV for it to count",
  "go-modules-off": "GO111MODULE=off: go does not use modules, and so no mirror either",
  "go-no-config-folder": "go has no place for its settings: {variable} is missing or not an absolute path",
  "go-nosumdb-all":
    "GONOSUMDB=*: no module is checked against the checksum database. With a mirror this should not stay so: go env -u GONOSUMDB",
  "go-noproxy-all": "GONOPROXY or GOPRIVATE is `*`: go asks no mirror for anything",
  "go-sumdb-off-default":
    "{source} switches the check of modules off (GOSUMDB=off): with a mirror, set GOSUMDB yourself with go env -w",
  "go-sumdb-off-env": "GOSUMDB=off in the environment: nothing that a mirror serves is checked. Unset it",
  "go-sumdb-off-stored":
    "GOSUMDB=off is stored: nothing that a mirror serves is checked. Turn the check on again: go env -u GOSUMDB",
  "go-toolchain-cr":
    "{file}, line {line}: GOTOOLCHAIN ends in a carriage return, and no go command starts with that. Save the file with Unix line ends",
  "go-sumdb-direct": "{mirror} does not carry the checksum database, so go is to ask it directly: GOSUMDB={value}",
  "go-vendor": "GOFLAGS has -mod=vendor: go downloads nothing, whatever the mirror",
} as const;
