import type { Manners } from "./door.ts";
import { certificateFaults, connectionFaults } from "./faults.ts";
import type { CertificateKind } from "./tls.ts";

const certificateOf: Readonly<Record<keyof typeof certificateFaults, CertificateKind>> = {
  "tls-expired": "expired",
  "tls-not-yet": "not-yet",
  "tls-wrong-name": "wrong-name",
  "tls-untrusted": "untrusted",
  "tls-expiring": "expiring",
};

const entranceOf: Readonly<Record<keyof typeof connectionFaults, Manners["entrance"]>> = {
  refused: "silence",
  "hang-connect": "silence",
  "hang-tls": "half-hello",
  garbage: "garbage",
  "plain-http": "plain",
};

/** How the faults of these names make a host's door: what a connection meets, and which certificate it is shown. */
export function mannersOf(names: readonly string[]): Manners {
  const entrances = names.filter((name): name is keyof typeof connectionFaults => name in connectionFaults);
  const certificates = names.filter((name): name is keyof typeof certificateFaults => name in certificateFaults);
  return {
    entrance: entrances[0] ? entranceOf[entrances[0]] : "tls",
    certificate: certificates[0] ? certificateOf[certificates[0]] : "good",
  };
}
