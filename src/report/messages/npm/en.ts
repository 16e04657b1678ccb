/** What is said of npm and its family, in English. */
export const npmMessages = {} as const;
