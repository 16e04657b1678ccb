import { loadCatalog } from "../../core/catalog.ts";
import type { ChangeRequest, Wish } from "../../core/types.ts";
import type { Message } from "../../report/types.ts";
import { changeView } from "../../report/views/change.ts";
import type { Terminal } from "../../wizard/types.ts";
import type { Session } from "../session.ts";

/** `mirror-setup` on a terminal, and `mirror-setup go` alone: the wizard, and a report as the command would have made it. */
export async function wizard(
  session: Session,
  terminal: Terminal,
  command: string,
  request: ChangeRequest & { readonly wish: Wish },
): Promise<void> {
  const { services } = session;
  const loaded = await loadCatalog(services, request.catalogFile);
  if (!loaded.ok) return session.fail(command, loaded);
  const { runWizard } = await import("../../wizard/start.ts");
  const ended = await runWizard(request, loaded.value.catalog, services, terminal);
  if (!ended.ok) return session.fail(command, ended);
  if (ended.value === null) {
    const messages: Message[] = [{ code: "left-as-is", level: "info", args: {} }];
    return session.finish({ command, exitCode: 0, messages, body: {} }, () => []);
  }
  const { exitCode, messages, files } = ended.value;
  const outcome = ended.value;
  session.finish({ command, exitCode, messages, body: {} }, (screen) => ["", ...changeView(outcome, files, screen)]);
}
