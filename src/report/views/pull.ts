import type { RaceResult } from "../../probe/types.ts";
import { cleanText } from "../clean.ts";
import { fill } from "../say.ts";
import type { Screen } from "../screen.ts";
import { raceView } from "./race.ts";

/** What became of one image. */
interface ImageView {
  readonly image: string;
  readonly state: "pulled" | "present" | "failed";
  readonly digest: string | null;
  readonly mirror: string | null;
  readonly confirmedBy: readonly string[];
  readonly tool: string;
}

/** Images, each with what it is, and by whom. Who proved good matters where nothing could be pulled. */
export function pullView(
  { images, probe }: { readonly images: readonly ImageView[]; readonly probe: RaceResult | null },
  screen: Screen,
): string[] {
  const isRaceShown = probe !== null && (screen.verbose || images.length === 0);
  return [
    ...(isRaceShown ? [...raceView("docker", probe, screen), ...(images.length === 0 ? [] : [""])] : []),
    ...images.flatMap((image) => imageLines(image, screen)),
  ];
}

function imageLines({ image, state, digest, mirror, confirmedBy, tool }: ImageView, screen: Screen): string[] {
  const { words } = screen.dictionary;
  const told = {
    pulled: () => screen.good(fill(words.pulled, { mirror: cleanText(mirror ?? ""), tool })),
    present: () => screen.good(words.present),
    failed: () => screen.bad(words.notPulled),
  };
  const names: Readonly<Record<string, string>> = { upstream: words.upstream, reference: words.fromReference };
  const who = confirmedBy.map((id) => cleanText(names[id] ?? id)).join(", ");
  return [
    `${screen.bold(cleanText(image))}  ${told[state]()}`,
    ...(digest === null ? [] : [`  ${digest}`]),
    ...(who === "" ? [] : [`  ${screen.dim(fill(words.sameDigest, { who }))}`]),
  ];
}
