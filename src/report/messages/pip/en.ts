/** What is said of pip and its family, in English. */
export const pipMessages = {} as const;
