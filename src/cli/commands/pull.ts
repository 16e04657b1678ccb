import { loadCatalog } from "../../core/catalog.ts";
import { pull } from "../../core/pull/pull.ts";
import { raceBody } from "../../report/document.ts";
import { pullView } from "../../report/views/pull.ts";
import type { Session } from "../session.ts";
import { parseDuration } from "../values.ts";

/** As Commander gives them. */
export interface PullOptions {
  readonly from?: string;
  readonly cache?: boolean;
  readonly timeout?: string;
  readonly catalog?: string;
}

/** `mirror-setup pull IMAGE…` */
export async function pullImages(session: Session, images: readonly string[], options: PullOptions): Promise<void> {
  const timeout = parseDuration(options.timeout);
  if (!timeout.ok) return session.fail("pull", timeout);
  const loaded = await loadCatalog(session.services, options.catalog ?? null);
  if (!loaded.ok) return session.fail("pull", loaded);
  const request = { images, from: options.from ?? null, noCache: options.cache === false, timeoutMs: timeout.value };
  const pulled = await pull(request, loaded.value.catalog, session.services);
  const messages = [...loaded.value.messages, ...pulled.messages];
  const race = pulled.probe;
  const probe = race === null ? {} : { probe: { ecosystems: [raceBody("docker", race, session.dictionary)] } };
  const body = { images: pulled.images, ...probe };
  session.finish({ command: "pull", exitCode: pulled.exitCode, messages, body }, (screen) => pullView(pulled, screen));
}
