import type { HttpResult } from "../../ports/types.ts";
import type { Fault } from "../../probe/answers.ts";
import type { Question, Visit } from "../../probe/types.ts";
import { type Challenge, challengeOf, fetchToken } from "./token.ts";

type Token = Awaited<ReturnType<typeof fetchToken>>;

/**
 * One mirror as a registry: https://distribution.github.io/distribution/spec/api/ . Where it wants tokens they are fetched, one for each repository, as
 * the daemon does. A token goes to the mirror itself and nowhere else.
 */
export class Registry {
  readonly #visit: Visit;
  readonly #tokens = new Map<string, Promise<Token>>();
  #challenge: Challenge | null = null;

  constructor(visit: Visit) {
    this.#visit = visit;
  }

  /** The same, with all that is known of it, for another stretch of its visit. */
  during(visit: Visit): Registry {
    const same = new Registry(visit);
    same.#challenge = this.#challenge;
    for (const [repository, token] of this.#tokens) same.#tokens.set(repository, token);
    return same;
  }

  /** Whether it has asked for a token, or a login. The daemon that has a person's password for the hub then sends it. */
  get wantsToken(): boolean {
    return this.#challenge !== null;
  }

  /** The root, which the daemon asks first: what it says of tokens there holds for all. */
  async ping(lane: number): Promise<HttpResult> {
    const result = await this.#visit.get("/v2/", { maxBytes: 4096, lane, once: true });
    this.#learn(result);
    return result;
  }

  /** Asks for something of a repository; a fault is that no token is to be had. */
  async get(repository: string, path: string, question: Question): Promise<HttpResult | Fault> {
    const target = `/v2/${repository}/${path}`;
    const known = this.#challenge === null ? null : await this.#token(repository, this.#challenge, question.lane);
    if (known?.ok === false) return known;
    const first = await this.#visit.get(target, known === null ? question : { ...question, bearer: known.token });
    if (known !== null || !this.#learn(first) || this.#challenge === null) return first;
    const token = await this.#token(repository, this.#challenge, question.lane);
    return token.ok ? this.#visit.get(target, { ...question, bearer: token.token }) : token;
  }

  /** The token for a repository, where one was needed. */
  async bearer(repository: string): Promise<string | undefined> {
    const token = await this.#tokens.get(repository);
    return token?.ok === true ? token.token : undefined;
  }

  /** Whether an answer wants a token. */
  #learn(result: HttpResult): boolean {
    if (!result.ok || result.status !== 401) return false;
    this.#challenge ??= challengeOf(result);
    return this.#challenge !== null;
  }

  #token(repository: string, challenge: Challenge, lane = 0): Promise<Token> {
    const token = this.#tokens.get(repository) ?? fetchToken(this.#visit, challenge, repository, lane);
    this.#tokens.set(repository, token);
    return token;
  }
}
