import { readFileSync } from "node:fs";
import https from "node:https";
import type { TLSSocket } from "node:tls";
import type { Lab } from "./index.ts";

/** What came of one request by a client that trusts the lab, follows nothing and unpacks nothing. */
export interface Outcome {
  /** 0: there was no reply. */
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Node's error code, or `PATIENCE`: it took too long. Null: the reply was complete (or had reached the limit). */
  readonly problem: string | null;
  /** When the certificate shown ends. */
  readonly certificateEnds: string | null;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: https.Agent;
  /** Gives up after so many milliseconds. */
  readonly patienceMs?: number;
  /** Stops reading after so many bytes. */
  readonly limit?: number;
}

/** Asks a host of the lab; never rejects. */
export function ask(lab: Lab, url: string, options: Ask = {}): Promise<Outcome> {
  const { method = "GET", headers = {}, agent, patienceMs = 5000, limit = Number.POSITIVE_INFINITY } = options;
  const chunks: Buffer[] = [];
  let seen = { status: 0, reason: "", headers: {}, certificateEnds: null as string | null };
  return new Promise((resolve) => {
    const settings = { method, headers, agent: agent ?? false, ca: readFileSync(lab.caFile) };
    const request = https.request(url, settings);
    const timer = setTimeout(() => finish("PATIENCE"), patienceMs);
    const finish = (problem: string | null) => {
      clearTimeout(timer);
      resolve({ ...seen, body: Buffer.concat(chunks), problem });
      if (problem !== null || limit < Number.POSITIVE_INFINITY) request.destroy();
    };
    request.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    request.on("response", (response) => {
      const certificateEnds = (response.socket as TLSSocket).getPeerCertificate().valid_to ?? null;
      const { statusCode = 0, statusMessage = "" } = response;
      seen = { status: statusCode, reason: statusMessage, headers: response.headers, certificateEnds };
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        if (chunks.reduce((sum, { length }) => sum + length, 0) >= limit) finish(null);
      });
      response.on("end", () => finish(null));
      response.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    });
    request.end();
  });
}
