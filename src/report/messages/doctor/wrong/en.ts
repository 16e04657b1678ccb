/** What is wrong with a setting that people copy from one another, in English. */
export const wrongMessages = {
  "wrong-quotes": "{key}: the quotes are taken for a part of the value {value}; it has to stand without them",
  "wrong-comment": "{key}: what stands behind the value is no comment here but a part of it: {value}",
  "wrong-separator":
    "{key}: addresses are parted by a comma or by | alone, so that {value} is one address that does not exist",
  "wrong-scheme": "{key}: {value} does not begin with https://, so that it is no address",
  "wrong-number": "{key} takes a bare number of seconds; with {value} no command starts",
  "wrong-variable": "{key}: {value} names a variable that is not set, and is taken as it stands",
  "wrong-carriage-return":
    "{key} ends in a carriage return (the file has Windows line ends), and no go command starts with that",
  "wrong-key-blank": "{key}: a blank before the = makes it another name, which go does not read",
  "wrong-go-word":
    "{key}: {value} has a bare word in it, and go then refuses the whole list; only direct and off are words",
  "wrong-go-direct-first": "{key}: direct ends the list, so that nothing after it in {value} is ever asked",
  "wrong-go-slash-direct": "{key}: in {value} the last word is a part of the address; it wants a comma before it",
  "wrong-go-off": "{key}=off: go downloads nothing at all. If nobody meant it so, take it out",
  "wrong-go-direct":
    "{key}=direct: go uses no mirror and clones every module from its own host, GitHub for the most part",
  "wrong-go-sumdb-off":
    "{key}=off: nothing that a mirror serves is checked, and go cannot fetch newer versions of itself",
  "wrong-go-sumdb-root":
    "{key}={value}: an address there has to be a checksum database, and a mirror's is below /sumdb/NAME. A mirror that has one is asked without being named",
  "wrong-go-sumdb-gone": "{key}={value}: this database does not know many modules that exist, and go then refuses them",
  "wrong-go-nosumdb": "{key}={value}: no module is checked against the checksum database",
  "wrong-go-private": "{key}={value}: every module counts as private, so that no mirror is asked for any",
  "wrong-go-modules-off": "{key}=off: go does not know modules then, and uses no mirror",
  "wrong-pip-trusted":
    "{key}: for {value} certificates are not checked, though a mirror with https needs no such exception",
  "wrong-pip-extra":
    "{key}: {value} is no reserve for when the first index fails: pip asks all of them every time, and takes the highest version, whoever offers it",
  "wrong-pip-section": "{key}: pip reads no section of that name; what is for all commands belongs under [global]",
  "wrong-pip-key": "{key}: pip knows no such key and passes it over; it is called index-url",
  "wrong-pip-mirrors": "{key}: pip has not known this since version 7; it does nothing",
  "wrong-pip-no-index": "{key}={value}: pip asks no index at all",
  "wrong-npm-case": "{key}: npm tells capitals from small letters, and passes this over; it is called registry",
  "wrong-npm-section":
    "{key}: the line stands under a [section], where npm does not look; move it above the first one by hand",
  "wrong-npm-key": "{key}: npm knows no such key and passes it over; it is called registry",
  "wrong-npm-strict-ssl":
    "{key}={value}: certificates are not checked, so that anybody on the way can change what is installed",
  "wrong-npm-binaries": "{key}: {value} was switched off in 2024; what packages download by themselves fails there",
  "wrong-npm-offline": "{key}={value}: npm takes everything from its cache and asks no registry",
} as const;
