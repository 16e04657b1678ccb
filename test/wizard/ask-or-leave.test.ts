import { once } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { askOrLeave, type Context, hearKeys, type Left } from "../../src/wizard/ask-or-leave.ts";

type Keys = PassThrough & NodeJS.ReadStream;

function keysOf(isRemote = false): Keys {
  const input = new PassThrough() as unknown as Keys;
  hearKeys(input, isRemote);
  return input;
}

/** A prompt that takes the first `x` for an answer, and otherwise ends as Inquirer's do. */
function prompt({ input, signal }: Context): Promise<string> {
  return new Promise((resolve, reject) => {
    input.on("keypress", (_, key: { readonly name?: string }) => key.name === "x" && resolve("answered"));
    const error = Object.assign(new Error(), { name: "AbortPromptError" });
    signal.addEventListener("abort", () => reject(error));
  });
}

function ask(input: Keys, ways: readonly Left[] = ["back", "resized"]) {
  const output = new PassThrough() as unknown as NodeJS.WriteStream;
  return { output, ended: askOrLeave(prompt, { input, output, signal: new AbortController().signal }, ways) };
}

const esc = "\u001b";

describe("a prompt", () => {
  it("is left with Esc, at the end of the input, with Ctrl-D, and when the window changes", async () => {
    const input = keysOf();
    const back = ask(input);
    input.write(esc);
    expect(await back.ended).toBe("back");
    const out = ask(input);
    input.write("\u0004");
    expect(await out.ended).toBe("out");
    const resized = ask(input);
    resized.output.emit("resize");
    expect(await resized.ended).toBe("resized");
    const end = ask(input);
    input.end();
    expect(await end.ended).toBe("out");
  });

  it("is not left in a way that it has not", async () => {
    const input = keysOf();
    const asked = ask(input, []);
    const heard = once(input, "keypress");
    input.write(esc);
    expect((await heard)[1]).toMatchObject({ name: "escape" });
    asked.output.emit("resize");
    input.write("x");
    expect(await asked.ended).toEqual({ answer: "answered" });
  });

  it("takes no key for Esc that begins as it does, whole or in pieces", async () => {
    const input = keysOf();
    const asked = ask(input);
    for (const piece of [`${esc}[B`, esc, "[", "A", `${esc}OP`, `${esc}q`, "x"]) input.write(piece);
    expect(await asked.ended).toEqual({ answer: "answered" });
  });

  it("waits longer for the rest of a key that comes over a network", async () => {
    const [far, near] = [keysOf(true), keysOf()];
    const order: string[] = [];
    far.on("keypress", () => order.push("far"));
    near.on("keypress", () => order.push("near"));
    const heard = Promise.all([once(far, "keypress"), once(near, "keypress")]);
    far.write(esc);
    near.write(esc);
    await heard;
    expect(order).toEqual(["near", "far"]);
  });
});
