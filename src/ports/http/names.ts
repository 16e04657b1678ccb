import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { DialError } from "./failures.ts";

/** How long an answer counts. A race is over by then; a person at the questions may be in another network. */
const keptMs = 20_000;

/**
 * The addresses of hosts, asked for once for all connections of a race: a name server that is slow, or the first of two that is dead, would cost each of
 * them as much again. The address that answered is tried first the next time: the others may hang.
 */
export class Names {
  readonly #known = new Map<string, { addresses: Promise<readonly string[]>; readonly since: number }>();

  of(hostname: string): Promise<readonly string[]> {
    const known = this.#known.get(hostname);
    if (known !== undefined && performance.now() - known.since < keptMs) return known.addresses;
    const addresses = resolve(hostname);
    this.#known.set(hostname, { addresses, since: performance.now() });
    addresses.catch(() => this.#known.delete(hostname));
    return addresses;
  }

  answered(hostname: string, address: string | undefined): void {
    const known = this.#known.get(hostname);
    if (known === undefined || address === undefined) return;
    const { addresses } = known;
    known.addresses = addresses.then((all) =>
      all.includes(address) ? [address, ...all.filter((each) => each !== address)] : all,
    );
  }
}

async function resolve(hostname: string): Promise<readonly string[]> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0) return [bare];
  try {
    const found = await lookup(bare, { all: true, verbatim: true });
    return interleave(found.map(({ address }) => address));
  } catch (error) {
    throw new DialError("dns", {
      code: "no-address",
      args: { host: bare, code: (error as { code?: string }).code ?? "?" },
    });
  }
}

/** Families in turn, beginning with the resolver's first choice (RFC 8305 §4). */
function interleave(addresses: readonly string[]): string[] {
  const family = isIP(addresses[0] ?? "");
  const first = addresses.filter((address) => isIP(address) === family);
  const second = addresses.filter((address) => isIP(address) !== family);
  return first
    .flatMap((address, index) => [address, ...second.slice(index, index + 1)])
    .concat(second.slice(first.length));
}
