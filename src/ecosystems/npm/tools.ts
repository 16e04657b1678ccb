import type { Tool } from "../types.ts";
import { npmTool } from "./npm.ts";

/** The tools that take packages from an npm registry, npm first. */
export const npmTools: readonly Tool[] = [npmTool];
