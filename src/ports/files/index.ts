export { makeFolder, obstacleTo, removeFolder } from "./folders.ts";
export { takeLock } from "./lock.ts";
export { removeIfThere, replaceFile, sweep } from "./replace.ts";
