import { describe, expect, test } from "vitest";
import type { Events, List, LorentzItem } from "../../src/events/index.ts";
import type { ColumnSource } from "../../src/jagged/index.ts";
import { toList } from "../../src/jagged/index.ts";
import { eventsOf } from "./chunk-of.ts";

interface Event {
  readonly Jet: List<
    LorentzItem & { readonly pt: number; readonly eta: number; readonly jetId: number; readonly tight: boolean }
  >;
  readonly Muon: List<LorentzItem & { readonly pt: number }>;
  readonly MET: { readonly pt: number };
  readonly run: number;
}

const events: Events<Event> = eventsOf<Event>(
  {
    Jet_pt: [[50, 40, 20], [], [35, 31], [10]],
    Jet_eta: [[0, 1, -2.1], [], [0.5, 2.5], [3]],
    Jet_jetId: [[6, 2, 0], [], [4, 6], [1]],
    Jet_tight: [[true, false, true], [], [true, true], [false]],
    Muon_pt: [[30], [25, 24], [], [5]],
    MET_pt: [10, 20, 30, 40],
    run: [1, 1, 2, 2],
  },
  {
    Jet_pt: "var * float32",
    Jet_eta: "var * float32",
    Jet_jetId: "var * int32",
    Jet_tight: "var * bool",
    Muon_pt: "var * float32",
    MET_pt: "float32",
    run: "uint32",
  },
);
const values = (text: string, of: Events<Event> = events): unknown[] =>
  toList((of.column(text) as ColumnSource).toColumn());

describe("an expression", () => {
  test.each([
    ["MET.pt", [10, 20, 30, 40]],
    ["MET.pt * 2 + run", [21, 41, 62, 82]],
    ["Jet.pt", [[50, 40, 20], [], [35, 31], [10]]],
    ["Jet.pt[Jet.pt > 30]", [[50, 40], [], [35, 31], []]],
    ["sum(Jet.pt[Jet.pt > 30 & abs(Jet.eta) < 2.4])", [90, 0, 35, 0]],
    ["Jet[Jet.pt > 30].eta", [[0, 1], [], [0.5, 2.5], []]],
    ["num(Jet)", [3, 0, 2, 1]],
    ["num(Jet[Jet.tight])", [2, 0, 2, 0]],
    ["sum(Jet.tight)", [2, 0, 2, 0]],
    ["any(Jet.pt > 45) or run == 2", [true, false, true, true]],
    ["all(Jet.tight)", [false, true, true, false]],
    ["not any(Jet.tight)", [false, true, false, true]],
    ["Jet.jetId & 4", [[4, 0, 0], [], [4, 4], [0]]],
    ["num(Jet[(Jet.jetId & 4) != 0])", [1, 0, 2, 0]],
    ["max(Jet.pt)", [[50], [], [35], [10]]],
    ["max(Jet.pt) > 30", [[true], [], [true], [false]]],
    ["Jet.pt / MET.pt > 2", [[true, true, false], [], [false, false], [false]]],
    ["Jet.pt[Jet.pt > MET.pt]", [[50, 40, 20], [], [35, 31], []]],
    ["MET.pt > 15 ? run : -1", [-1, 1, 2, 2]],
    ["maximum(MET.pt, 25) ^ 2", [625, 625, 900, 1600]],
    ["-sum(Muon.pt) + sum(Jet.pt)", [80, -49, 66, 5]],
  ])("%s", (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test("keeps float32 as NumPy does, and rounds literals beside it", () => {
    expect(values("sum(Jet.eta == -2.1)")).toEqual([1, 0, 0, 0]);
    expect(values("num(Jet[abs(Jet.eta) < 2.1])")).toEqual([2, 0, 1, 0]);
    expect(values("MET.pt * 1.1")).toEqual([10, 20, 30, 40].map((x) => Math.fround(x * Math.fround(1.1))));
  });

  test("knows definitions and follows filters, which may be expressions too", () => {
    const selected = events.define({ nJets: (e) => e.Jet.length }).filter("nJets >= 2 and MET.pt > 15");
    expect(selected.length).toBe(1);
    expect(toList(selected.column("Jet.pt + nJets").toColumn())).toEqual([[37, 33]]);
  });
});

describe("a mistake", () => {
  test.each([
    ["sum(Jet.ptt)", /Jet has no "ptt"\. Nearest: pt.*\nsum\(Jet\.ptt\)\n {7,8}\^/],
    ["sum(Jets.pt)", /events have no "Jets"\. Nearest: Jet.*\nsum\(Jets\.pt\)\n {4}\^/],
    ["summ(Jet.pt)", /no function "summ"\. Nearest: sum.*\nsumm\(Jet\.pt\)\n\^/],
    ["sum(Jet.pt[Jet.pt > 30)", /expected.*\nsum\(Jet\.pt\[Jet\.pt > 30\)\n {21,22}\^/i],
    ["Jet.pt + Muon.pt", /lists of Jet and Muon have different lengths/],
    ["Jet.pt[Jet.pt > 1] + Jet.pt", /differently filtered lists of Jet/],
    ["Jet.pt[Jet.jetId]", /need a condition/],
    ["Jet", /objects, not values/],
    ["MET", /an object, not a value/],
    ["max(1, 2)", /takes one list/],
    ["sqrt(1, 2)", /sqrt takes 1 argument, not 2/],
    ["Jet.pt & true", /needs conditions on both sides/],
  ])("%s", (text, message) => {
    expect(() => values(text)).toThrow(message);
  });

  test("a list as a condition on the event", () => {
    expect(() => events.filter("Jet.pt > 30").length).toThrow(/take any\(...\) or all\(...\)/);
  });
});
