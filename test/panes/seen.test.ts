import { describe, expect, it } from "vitest";
import { seen } from "./seen.ts";

const coded = (text: string) => text.replace(/<([\d;]*)>/g, "\u001b[$1m");

describe("what is seen of a screen", () => {
  it.each([
    ["codes that take all away, or one thing", "<1>a<0>b<1>c<22>d<32>e<39>f<>g", "‹1›a‹›b‹1›c‹›d‹32›e‹›fg"],
    ["codes in one sequence, or one after another", "<1;32>a<0><32><1>b", "‹1;32›ab‹›"],
    ["what goes on over the end of a line", "<2>a\nb<0>\nc", "‹2›a‹›\n‹2›b‹›\nc"],
    ["what ends only at the next line", "<2>a\n<0>b", "‹2›a‹›\nb"],
    ["blanks, which have no colour", "<1>a <0> b <32> <1>c<0>", "‹1›a‹›  b  ‹1;32›c‹›"],
    ["blanks between what looks the same", "<2>a<0>  <2>b<0> ", "‹2›a  b‹› "],
    ["blanks that do show", "<4>a <24> <7> <27>b", "‹4›a ‹› ‹7› ‹›b"],
    [
      "one colour in the place of another, and on another ground",
      "<31>a<32>b<49;92>c<41>d",
      "‹31›a‹›‹32›b‹›‹92›c‹›‹41;92›d‹›",
    ],
    [
      "colours of 256 and of all",
      "<38;5;1>a<38;2;1;2;3;1>b<48;5;31>c<39;49>d",
      "‹38;5;1›a‹›‹1;38;2;1;2;3›b‹›‹1;38;2;1;2;3;48;5;31›c‹›‹1›d‹›",
    ],
    ["codes without anything between them", "<1><0>a<32><39><2><22>b", "ab"],
  ])("is the same for %s", (_, sent, text) => {
    expect(seen(coded(sent))).toBe(text);
  });
});
