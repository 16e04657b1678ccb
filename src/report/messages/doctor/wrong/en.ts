/** What is wrong with a setting that people copy from one another, in English. */
export const wrongMessages = {
  "wrong-quotes": "{key}: take the quotes away: they count as a part of the value {value}",
  "wrong-comment": "{key}: no comment can stand behind a value here; all of this is taken for the value: {value}",
  "wrong-full-width": "{key}: {value} has full-width characters in it, which mean nothing here: write them in ASCII",
  "wrong-separator":
    "{key}: only a comma or | may stand between two addresses; {value} is taken for one, which does not exist",
  "wrong-scheme": "{key}: {value} has to begin with https://, or it is no address",
  "wrong-number": "{key} takes seconds as a bare number; with {value} no command starts",
  "wrong-variable": "{key}: {value} names a variable that is not set, so that its name is taken for the address",
  "wrong-carriage-return":
    "{key} ends in a carriage return (the file has Windows line ends), and no go command starts with that",
  "wrong-key-blank": "{key}: a blank before the = makes it another name, which go does not read",
  "wrong-go-word":
    "{key}: {value} has a bare word in it, and go then refuses the whole list; only direct and off are words",
  "wrong-go-direct-first": "{key}: direct ends the list, so that go never asks what stands behind it in {value}",
  "wrong-go-slash-direct":
    "{key}: in {value} the last word wants a comma before it; with a slash it is a part of the address",
  "wrong-go-off": "{key}=off: go downloads nothing at all. If nobody meant it so, take it out",
  "wrong-go-direct":
    "{key}=direct: go uses no mirror and clones every module from its own host, GitHub for the most part",
  "wrong-go-sumdb-off":
    "{key}=off: go no longer compares what a mirror serves with the public list of checksums, so that a mirror could serve anything; nor can go fetch newer versions of itself",
  "wrong-go-sumdb-root":
    "{key}={value}: here stands a mirror's address, where only that of a checksum database may (it ends in /sumdb/NAME). A mirror that has one is asked for it without being named here",
  "wrong-go-sumdb-gone":
    "{key}={value}: this checksum database is given up and lacks many modules; go refuses those it lacks",
  "wrong-go-sumdb-name":
    "{key}={value}: go does not know this checksum database by its name alone: its public key has to stand here too (name+hash+key), or go fetches nothing",
  "wrong-go-flag": "{key}={value}: go get has refused -insecure since 1.17",
  "wrong-go-vendor":
    "{key}={value}: go takes every package from the project's own vendor folder; where there is none, nothing is downloaded and no build starts",
  "wrong-go-key": "{key}: go knows no such key and passes it over; it is called GOPROXY",
  "wrong-go-nosumdb":
    "{key}={value}: go compares no module with the public list of checksums, so that a mirror could serve anything",
  "wrong-go-private":
    "{key}={value}: every module counts as private: go asks no mirror, and fetches each from its own host",
  "wrong-go-modules-off": "{key}=off: go works the old way, without modules, and asks no mirror",
  "wrong-two": "{key} holds one address only; {value} is taken for one, which does not exist",
  "wrong-pip-trusted":
    "{key}: pip does not check that {value} is who it says it is; a mirror with https needs no such exception",
  "wrong-pip-extra":
    "{key}: {value} is no reserve for when the first index fails: pip asks all of them every time, and takes the highest version, whoever offers it",
  "wrong-pip-section": "{key}: pip reads no section of that name; what is for all commands belongs under [global]",
  "wrong-pip-key": "{key}: pip knows no such key and passes it over; it is called index-url",
  "wrong-pip-equals": "{key}: the = is missing before the address, so that pip takes half of it for the name of a key",
  "wrong-pip-mirrors": "{key}: pip has not known this since version 7; it does nothing",
  "wrong-pip-no-index": "{key}={value}: pip asks no index at all",
  "wrong-npm-case": "{key}: npm tells capitals from small letters, and passes this over; it is called registry",
  "wrong-npm-empty": "{key} is empty: npm takes that for an address, and no command finds it",
  "wrong-npm-section":
    "{key}: the line stands under a [section], where npm does not look; move it above the first one by hand",
  "wrong-npm-key": "{key}: npm knows no such key and passes it over; it is called registry",
  "wrong-npm-strict-ssl":
    "{key}={value}: certificates are not checked, so that anybody on the way can change what is installed",
  "wrong-npm-binaries": "{key}: {value} was switched off in 2024; what packages download by themselves fails there",
  "wrong-npm-offline": "{key}={value}: npm takes everything from its cache and asks no registry",
} as const;
