import { describe, expect, it } from "vitest";
import type { Mirror } from "../../src/catalog/types.ts";
import type { WorkedOut } from "../../src/core/chosen.ts";
import type { Field, Offer } from "../../src/core/survey.ts";
import type { ChangeOutcome, Outcome } from "../../src/core/types.ts";
import type { Standing, Verdict } from "../../src/probe/types.ts";
import { loadDictionary } from "../../src/report/language.ts";
import { makeScreen } from "../../src/report/screen.ts";
import { converse } from "../../src/wizard/flow.ts";
import { wizardWords } from "../../src/wizard/prompter.ts";
import type { Actions, Item, Place, Question, State, Voice } from "../../src/wizard/types.ts";

const dictionary = await loadDictionary("en");
const words = await wizardWords("en");

function standing(id: string, verdict: Verdict = "ok", known = true): Standing {
  const mirror = known ? ({ id, name: { en: id, zh: id }, restriction: null } as Mirror) : null;
  const reason = verdict === "rejected" ? ("stale" as const) : null;
  const found = { verdict, rank: verdict === "ok" ? 1 : null, reason, detail: null, findings: [], traits: [] };
  const figures = {
    latencyMs: 12,
    bytesPerSecond: 3e6,
    rateIsLowerBound: false,
    expectedInstallSeconds: 1,
    behind: null,
    tlsDaysLeft: null,
  };
  return {
    candidate: { id, url: `https://${id}.example`, mirror },
    ...found,
    ...figures,
    bytes: 0,
    requests: 0,
    stages: [],
  };
}

/** An ecosystem with these mirrors, of which the good ones are proposed. */
function place(id: "go" | "pip" | "npm", standings: readonly Standing[], tools: readonly string[] = [id]): Place {
  const field = {
    ecosystem: { id, longestChain: 8 },
    tools: tools.map((tool) => ({
      tool: { id: tool },
      current: { file: tool === "yarn" ? ".yarnrc.yml" : `.${id}rc` },
    })),
    inForce: [],
    skipped: [],
    messages: [],
    inUse: [],
  } as unknown as Field;
  const race = { standings, lagUnit: "records", elapsedMs: 1, requests: 1, bytes: 1 };
  const chain = standings.filter(({ verdict }) => verdict === "ok").slice(0, 1);
  const offer: Offer = {
    candidates: standings.map(({ candidate }) => candidate),
    race,
    chain,
    barred: [],
    messages: [],
    at: 0,
  };
  return { id, field, offer, without: [] };
}

/** Answers from a script: the beginning of a line's name, empty for the one that is preset; null is Ctrl-C; `~` is an empty text. */
function scripted(script: readonly (string | null)[]) {
  const left = [...script];
  const asked: Question<string>[] = [];
  const told: string[] = [];
  const next = () => {
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nothing is left to answer to: ${asked.at(-1)?.title}`);
    return answer;
  };
  const voice: Voice = {
    words,
    screen: makeScreen({ colour: false, unicode: true, columns: 79, home: null }, dictionary, false),
    prompter: {
      choose: async <T extends string>(ask: () => Question<T>) => {
        const question = ask();
        asked.push(question);
        const answer = next();
        if (answer === null) return null;
        const lines = question.items.filter((item): item is Item<T> => typeof item !== "string");
        // "Back" alone is the line of that name: others begin with it.
        const line =
          answer === "Back"
            ? lines.findLast(({ value }) => value === "back")
            : answer === ""
              ? lines.find(({ value }) => value === question.preset)
              : lines.find(({ name }) => name.startsWith(answer));
        if (line === undefined || line.isBarred === true) throw new Error(`${answer} cannot be chosen`);
        return line.value;
      },
      text: async () => next()?.replace("~", "") ?? null,
      tell: (lines) => void told.push(...lines),
    },
  };
  return { voice, asked, told, left };
}

const empty = { files: [], changes: [], inForce: [], skipped: [], messages: [], parts: [], transaction: null };
const preview = { ...empty, exitCode: 0, dryRun: true } as ChangeOutcome;
const withFile = { ...preview, files: [{ path: "/f", argv: null, keys: [], before: null, after: "x\n" }] };

/** A stage on which every proof ends as told, and every change would write one file. */
function actions(more: Partial<Actions> = {}): Actions & { readonly worked: State[] } {
  const worked: State[] = [];
  return {
    worked,
    prove: async (): Promise<Outcome<Standing>> => ({ ok: true, value: standing("own", "ok", false) }),
    chainFrom: (_, first) => [first],
    workOut: async (state) => {
      worked.push(state);
      return {} as WorkedOut;
    },
    preview: async () => withFile,
    isDryRun: false,
    ...more,
  };
}

async function talk(script: readonly (string | null)[], places: readonly Place[], stage = actions()) {
  const { voice, asked, told, left } = scripted(script);
  const { state, how } = await converse(places, voice, stage);
  expect(left).toEqual([]);
  const picks = Object.fromEntries(
    [...state.picks].map(([id, pick]) => [
      id,
      pick.kind === "mirrors" ? pick.chain.map(({ candidate }) => candidate.id) : pick.kind,
    ]),
  );
  const without = Object.fromEntries(state.places.map((each) => [each.id, each.without]));
  return { how: how.kind, without, picks, asked, told, worked: stage.worked.length };
}

const go = () =>
  place("go", [standing("a"), standing("b"), standing("slow", "unfinished"), standing("old", "rejected")]);
const pip = () => place("pip", [standing("p"), standing("q")]);

describe("the steps of the wizard", () => {
  it("begin with the best of each, and write it after two times Enter", async () => {
    expect(await talk(["", ""], [go(), pip()])).toMatchObject({ how: "write", picks: { go: ["a"], pip: ["p"] } });
  });

  it("come back to the overview with what was chosen", async () => {
    const { how, picks, asked } = await talk(["go ", "b", "pip ", "Back to upstream", "", ""], [go(), pip()]);
    expect([how, picks]).toEqual(["write", { go: ["b"], pip: "reset" }]);
    expect(asked.map(({ title }) => title)).toEqual([
      words.overview,
      "go: which mirror?",
      words.overview,
      "pip: which mirror?",
      words.overview,
      words.review,
    ]);
  });

  it("go back without a change: out of a list, out of an address, out of the last question", async () => {
    const script = ["go ", "Back", "go ", "Another", "~", "Back", "", "Back", "Leave"];
    const { how, picks } = await talk(script, [go(), pip()]);
    expect([how, picks]).toEqual(["left", { go: ["a"], pip: ["p"] }]);
  });

  it("leave out the tools that are not to be touched, and keep all where none is left", async () => {
    const npm = () => place("npm", [standing("a")], ["npm", "yarn"]);
    const left = await talk(["npm ", "Which tools: npm, yarn", "yarn", "Done", "Back", "", ""], [npm()]);
    expect([left.how, left.without, left.picks]).toEqual(["write", { npm: ["yarn"] }, { npm: ["a"] }]);
    expect(left.asked.at(-2)?.items).toContainEqual(expect.objectContaining({ name: expect.stringMatching(/yarn$/) }));
    const again = await talk(["npm ", "Which", "yarn", "yarn", "Done", null], [npm()]);
    expect(again.without).toEqual({ npm: [] });
    const none = await talk(["npm ", "Which", "yarn", "npm", null], [npm()]);
    expect([none.without, none.picks]).toEqual([{ npm: [] }, { npm: "keep" }]);
    const shared = place("npm", [standing("a")], ["npm", "yarn", "pnpm", "bun"]);
    const together = await talk(["npm ", "Which", "npm, pnpm, bun", "Done", null], [shared]);
    expect(together.without).toEqual({ npm: ["npm", "pnpm", "bun"] });
    const { asked } = await talk(["npm ", null], [place("npm", [standing("a")], ["npm", "pnpm"])]);
    expect(JSON.stringify(asked[1]?.items)).not.toContain("Which tools");
  });

  it("say which answer goes back: none at the first", async () => {
    const { asked } = await talk(["go ", "Back", "", "Leave"], [go()]);
    expect(asked.map(({ back }) => back)).toEqual([undefined, "back", undefined, "back"]);
  });

  it("show what was rejected, with the reason, where it cannot be chosen", async () => {
    const { asked } = await talk(["go ", null], [go()]);
    const lines = asked[1]?.items.filter((item): item is Item<string> => typeof item !== "string") ?? [];
    const barred = lines.filter(({ isBarred }) => isBarred);
    expect(barred.map(({ name }) => name)).toEqual([expect.stringMatching(/^old .*rejected: stale$/)]);
    await expect(talk(["go ", "old"], [go()])).rejects.toThrow("cannot be chosen");
  });

  it("prove first what the race left unfinished", async () => {
    const proved: string[] = [];
    const prove: Actions["prove"] = async (_, url) => {
      proved.push(url);
      return { ok: true, value: standing("slow") };
    };
    const { picks } = await talk(["go ", "slow", null], [go()], actions({ prove }));
    expect([picks, proved]).toEqual([{ go: ["slow"] }, ["https://slow.example"]]);
  });

  it("do not take what fails then, and show it as rejected from there on", async () => {
    const prove: Actions["prove"] = async () => ({ ok: true, value: standing("slow", "rejected") });
    const { picks, asked, told } = await talk(["go ", "slow", null], [go()], actions({ prove }));
    expect(picks).toEqual({ go: ["a"] });
    expect(told.join("\n")).toContain("slow cannot be taken, rejected: stale");
    const line = asked[2]?.items.find((item) => typeof item !== "string" && item.name.startsWith("slow"));
    expect(line).toMatchObject({ isBarred: true });
  });

  it("ask for another address until one proves good", async () => {
    const answers = [
      standing("own", "rejected", false),
      standing("own", "unfinished", false),
      standing("own", "ok", false),
    ];
    const prove: Actions["prove"] = async () => ({ ok: true, value: answers.shift() ?? standing("none") });
    const script = [
      "go ",
      "Another",
      "own.example",
      "https://own.example",
      "https://own.example",
      "https://own.example",
      null,
    ];
    const { picks, told } = await talk(script, [go()], actions({ prove }));
    expect(picks).toEqual({ go: ["own"] });
    expect(told).toContain(words.notAddress);
  });

  it("say why an address is refused", async () => {
    const prove: Actions["prove"] = async () => ({
      ok: false,
      exitCode: 2,
      messages: [{ code: "insecure-url", level: "error", args: { url: "http://x" } }],
    });
    const { told } = await talk(["go ", "Another", "http://x", null], [go()], actions({ prove }));
    expect(told.join("\n")).toContain("plain http");
  });

  it.each([
    ["the overview", [null]],
    ["a list", ["go ", null]],
    ["an address", ["go ", "Another", null]],
    ["the tools", ["go ", "Which", null]],
    ["the last question", ["", null]],
  ])("end at once where somebody wants out at %s", async (_, script) => {
    expect((await talk(script, [place("go", [standing("a")], ["go", "yarn"])])).how).toBe("interrupted");
  });

  it("ask nothing more where nothing would be written, and leave the proof to the end", async () => {
    const { how, asked } = await talk([""], [go()], actions({ preview: async () => preview }));
    expect([how, asked.length]).toEqual(["write", 1]);
  });

  it("offer no writing where nothing can be written", async () => {
    const blocked: ChangeOutcome = {
      ...preview,
      exitCode: 5,
      messages: [{ code: "file-problem", level: "error", args: { file: "/f", why: "read-only" } }],
    };
    const { how, asked, told } = await talk(["", "Leave"], [go()], actions({ preview: async () => blocked }));
    expect([how, asked[1]?.title]).toEqual(["left", words.problems]);
    expect(told.join("\n")).toContain("/f");
    expect(asked[1]?.items.map((item) => (typeof item === "string" ? item : item.value))).toEqual(["back", "leave"]);
  });

  it("only show it where a preview is all that is wanted", async () => {
    expect(await talk([""], [go()], actions({ isDryRun: true }))).toMatchObject({ how: "shown" });
  });

  it("have nothing to go on with where all is kept", async () => {
    const { how, asked } = await talk(["go ", "Keep", ""], [go()]);
    expect([how, (asked[2]?.items[0] as Item<string> | undefined)?.name]).toEqual(["left", words.nothingYet]);
  });

  it("keep what has no good mirror, and bar what no tool is there for", async () => {
    const bad = place("go", [standing("old", "rejected")]);
    const { asked, picks } = await talk([null], [bad, place("pip", [], [])]);
    expect(picks).toEqual({ go: "keep", pip: "keep" });
    const [, first, second] = (asked[0]?.items ?? []) as Item<string>[];
    expect(first?.name).toBe(`go   ${words.noneGood}`);
    expect(second).toMatchObject({ name: `pip  ${words.blocked}`, isBarred: true });
  });
});

describe("what the wizard says", () => {
  it("is the same in both languages, with the same names in it", async () => {
    const chinese = await wizardWords("zh");
    const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    const of = (all: object) => Object.entries(all).map(([key, text]) => [key, names(text as string)]);
    expect(of(chinese)).toEqual(of(words));
    expect(Object.values(words).filter((text) => /[\u3000-\u9fff]/.test(text))).toEqual([]);
  });
});
