import type { Message } from "../../report/types.ts";
import { type Engine, hostIn } from "./engine.ts";

/** Where a person has to set what we cannot. */
export function guidePlace({ kind }: Engine, address: string): string {
  const socket = address.replace(/^unix:\/\//, "");
  if (kind === "colima" && socket.endsWith("/docker.sock")) return socket.replace(/docker\.sock$/, "colima.yaml");
  return kind === "colima" ? "~/.colima/default/colima.yaml" : address;
}

/** What a person has to do, exactly, to bring a list in force where the program does not write: engines that make their file anew, daemons elsewhere. */
export function guideTo(engine: Engine, address: string, mirrors: readonly string[]): Message {
  const list = JSON.stringify(mirrors);
  const level = "error";
  switch (engine.kind) {
    case "colima": {
      const command =
        engine.profile === "default" || engine.profile === "" ? "colima restart" : `colima restart ${engine.profile}`;
      return { code: "docker-colima", level, args: { file: guidePlace(engine, address), list, command } };
    }
    case "rancher":
      return { code: "docker-rancher", level, args: { list } };
    case "lima":
      return { code: "docker-lima", level, args: { name: engine.profile, list } };
    case "remote":
      return { code: "docker-remote", level, args: { host: hostIn(address), list } };
    case "outside":
      return { code: "docker-outside", level, args: { list } };
    case "desktop":
      return { code: "docker-desktop-by-hand", level, args: { list } };
    default:
      return { code: "docker-unknown", level, args: { address } };
  }
}
