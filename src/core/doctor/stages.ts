/** Where in the course of an installation something goes wrong, in that order. */
export const stages = [
  "tool",
  "config",
  "environment",
  "proxy",
  "dns",
  "connect",
  "tls",
  "http",
  "protocol",
  "fetch",
] as const;

export type DoctorStage = (typeof stages)[number];
