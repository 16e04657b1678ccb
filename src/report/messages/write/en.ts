/** What is said of writing and of what goes by the files, in English. */
export const writeMessages = {
  "not-taken-up": "{file} is in place, but what runs still goes by what it said before, until you run: {command}",
  "not-accepted":
    "{file} is in place, and what runs was told to read it, but has not taken it up: something in that file keeps it from doing so, and may keep it from starting again. Its log says what; after repairing that: {command}",
  "not-put-back": "{file} could not be put back ({why}); the next command that writes tries again",
  "raise-question": "{file} belongs to the system. Write it with sudo, which may ask for your password?",
  "needs-rights": "to do it with more rights: {command}",
  "needs-administrator":
    "that place may be for administrators only, or another program has the file open: close it, or run this in a terminal opened with “Run as administrator”",
  "needs-root": "to do it, run as root: {command}",
  "sudo-no-home":
    "the home of {user}, who called sudo, is not known here or does not exist: there is no place for their settings and for what undo needs; run it without sudo, or for root itself: sudo env -u SUDO_UID …",
} as const;
