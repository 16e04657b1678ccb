import type { Onlooker } from "../../types.ts";
import { buildkit, buildx } from "./buildkit.ts";
import { containerd } from "./containerd.ts";
import { k3s } from "./k3s.ts";

/** Programs that fetch images by settings of their own, which we leave to the person. */
export const onlookers: readonly Onlooker[] = [containerd, buildkit, buildx, k3s];
