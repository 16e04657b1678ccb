import type { Tool } from "../types.ts";
import { bunTool } from "./bun.ts";
import { npmTool } from "./npm.ts";
import { pnpmTool } from "./pnpm.ts";
import { yarnTool } from "./yarn.ts";

/** The tools that take packages from an npm registry, npm first. */
export const npmTools: readonly Tool[] = [npmTool, pnpmTool, yarnTool, bunTool];
