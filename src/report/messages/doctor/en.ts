/** What looking after settings finds, in English. */
export const doctorMessages = {
  "check-bad":
    "{id}, the mirror in use, does not prove good. To replace it: mirror-setup {ecosystem} --fastest; to see why: mirror-setup doctor {ecosystem}",
  "check-good": "{id}, the mirror in use, proves good",
  drift:
    "{file}: {key} is {now}, and mirror-setup had set {wrote} ({id}); somebody changed it since. To set a mirror again: mirror-setup {ecosystem} --fastest",
  "drift-gone":
    "{file}: {key} is gone, and mirror-setup had set {wrote} ({id}); somebody removed it since. To set a mirror again: mirror-setup {ecosystem} --fastest",
  "drift-set":
    "{file}: {key} is {now}, and mirror-setup had removed it ({id}); somebody set it since. To remove a mirror again: mirror-setup reset {ecosystem}",
} as const;
