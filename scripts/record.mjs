// `npm run record`: the pictures of the README, docs/wizard.svg and docs/wizard.zh-CN.svg, from the real wizard in a real terminal (tmux) on the lab.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLab } from "../test/lab/index.ts";
import { startTerminal } from "../test/wizard/tmux.ts";
import { toSvg } from "./svg.mjs";

const hosts = ["go", "pip", "npm"].flatMap((ecosystem) => [
  { id: `${ecosystem}-near`, mirrorId: "near", ecosystem, rttMs: 9, bytesPerSecond: 9e6 },
  { id: `${ecosystem}-far`, mirrorId: "far", ecosystem, rttMs: 70, bytesPerSecond: 1e6 },
  { id: `${ecosystem}-stale`, mirrorId: "stale", ecosystem, rttMs: 12, fault: "stale" },
  { id: `${ecosystem}-login`, mirrorId: "login", ecosystem, rttMs: 5, fault: "login-page" },
]);
const size = { columns: 80, rows: 30 };
/** What the person sees who goes this way: what each screen is known by in either language, and the keys that lead on. */
const way = [
  { known: /→ (Go on|继续)/, keys: ["Down", "Enter"] },
  { known: /→ near/, keys: ["Down", "Enter"] },
  { known: /far(, then|，后备)/, keys: ["Enter"] },
  { known: /→ (Yes|是)/, keys: ["Enter"] },
  { known: /mirror-setup undo/, keys: [] },
];

const lab = await startLab(hosts);
try {
  await mkdir("docs", { recursive: true });
  for (const [language, file] of Object.entries({ en: "wizard.svg", zh: "wizard.zh-CN.svg" })) {
    const screens = await record(language);
    await writeFile(
      join("docs", file),
      toSvg(screens, { title: "npx mirror-setup", columns: size.columns, secondsEach: 4 }),
    );
    process.stdout.write(`docs/${file}: ${screens.length} screens\n`);
  }
} finally {
  await lab.close();
}

/** The screens of one walk, in a throw-away home that is called what anybody's is, with the mirrors in it that a post of years ago named. */
async function record(language) {
  const root = await mkdtemp(join(tmpdir(), "mirror-setup-record-"));
  const home = { path: join(root, "home") };
  await mkdir(join(root, "tmp"));
  await mkdir(join(home.path, ".config", "go"), { recursive: true });
  await writeFile(
    join(home.path, ".config", "go", "env"),
    `GOPROXY=${lab.host("go-login").url},direct\nGOSUMDB=${lab.sumdb.key}\n`,
  );
  await writeFile(join(home.path, ".npmrc"), `registry=${lab.host("npm-stale").url}\n`);
  const { GOSUMDB: _, ...env } = lab.env;
  const args = ["all", "--only", "go,pip,npm", "--catalog", lab.catalogFile, "--lang", language];
  const terminal = await startTerminal(args, { home, env, ...size });
  try {
    const screens = [];
    for (const { known, keys } of way) {
      await terminal.see(known);
      screens.push(shown(await terminal.coloured(), home.path));
      if (keys.length > 0) await terminal.keys(...keys);
    }
    return screens;
  } finally {
    await terminal.close();
    await rm(root, { recursive: true, force: true });
  }
}

/** A screen as it is published: in anybody's home, and without the names of the upstreams, which only the tools say. */
function shown(screen, home) {
  const bare = screen.replaceAll(home, "/home/you").replace(/\n*\[exit \d+\]$/, "");
  return bare.replace(/\b(registry|proxy)\.[a-z]+\.org\b/g, "$1.…");
}
