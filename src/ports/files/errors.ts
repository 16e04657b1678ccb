/** Runs a step and gives back the system's error code (`EACCES`) instead of throwing; null when it went well. */
export async function errorCodeOf(step: Promise<unknown>): Promise<string | null> {
  try {
    await step;
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** The system's code of an error; `UNKNOWN` where it has none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "UNKNOWN";
}
