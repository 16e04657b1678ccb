/** What is said of writing and of what goes by the files, in English. */
export const writeMessages = {
  "not-taken-up": "{file} is in place, but what runs still goes by what it said before, until you run: {command}",
} as const;
