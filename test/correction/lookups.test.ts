import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  bTagScaleFactor,
  type Correction,
  correctJets,
  denseLookup,
  jetCorrection,
  jetCorrections,
  jetScaleFactor,
  jetUncertainty,
  jetUncertaintySources,
  rochester,
} from "../../src/correction/index.ts";
import { type Column, fromList, toList } from "../../src/jagged/index.ts";

interface Part {
  readonly text: string;
  readonly inputs: Readonly<Record<string, number[]>>;
  readonly answers: Readonly<Record<string, number[]>>;
}
interface Jets {
  readonly texts: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, number[]>>;
  readonly answers: Readonly<Record<string, { readonly signature: string[]; readonly values: unknown[] }>>;
}

/** Made by make-lookups.py: our own texts, and what coffea answers. */
const made = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/lookups.json"), "utf8")) as {
  readonly jets: Jets;
  readonly muons: Part;
  readonly btag: Part;
};

const answer = (one: Correction, inputs: Readonly<Record<string, number[]>>): number[] =>
  toList(one.evaluate(...one.inputs.map(({ name }) => inputs[name]!)) as Column) as number[];

function expectClose(got: readonly number[], expected: readonly number[], relative: number): void {
  expect(got.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    if (!(Math.abs(got[i]! - value) <= relative * Math.abs(value))) expect.fail(`${i}: ${got[i]}, expected ${value}`);
}

describe("jet energy texts answer as coffea does", () => {
  const { texts, inputs, answers } = made.jets;
  test.each(Object.keys(texts))("%s", (name) => {
    const { signature, values } = answers[name]!;
    const columns = (pick: number): number[] => (values as number[][]).map((row) => row[pick]!);
    if (name.endsWith(".jec.txt")) {
      const correction = jetCorrection(texts[name]!);
      expect(correction.inputs.map((input) => input.name)).toEqual(signature);
      expectClose(answer(correction, inputs), values as number[], 1e-6);
    } else if (name.endsWith(".junc.txt")) {
      const { up, down } = jetUncertainty(texts[name]!);
      expectClose(answer(up, inputs), columns(0), 1e-6);
      expectClose(answer(down, inputs), columns(1), 1e-6);
    } else {
      const { central, up, down } = jetScaleFactor(texts[name]!);
      expectClose(answer(central, inputs), columns(0), 1e-6);
      expectClose(answer(up, inputs), columns(1), 1e-6);
      expectClose(answer(down, inputs), columns(2), 1e-6);
    }
  });

  test("levels are applied one after the other, and outside of the bins nothing is corrected", () => {
    const [first, second] = Object.keys(texts).map((name) => texts[name]!);
    const levels = [jetCorrection(first!), jetCorrection(second!)];
    const total = jetCorrections(levels);
    expect(total.inputs.map(({ name }) => name)).toEqual(["JetEta", "JetPt", "JetA", "Rho", "JetPhi"]);
    const one = levels[0]!.evaluate(0.5, 50, 0.5, 20);
    expect(total.evaluate(0.5, 50, 0.5, 20, 1)).toBe(one * levels[1]!.evaluate(0.5, 1, 50 * one));
    expect(levels[0]!.evaluate(5.01, 50, 0.5, 20)).toBe(1);
    expect(levels[0]!.evaluate(5, 50, 0.5, 20)).not.toBe(1);
  });

  test("a file that is none says why", () => {
    expect(() => jetCorrection("1 2 3")).toThrow('jet energy text: a header in braces is expected, not "1 2 3"');
    expect(() => jetCorrection("{1 JetEta 1 JetPt [0]*x Correction L1}\n0 1 3 0 9 1\n2 3 3 0 9 1\n")).toThrow(
      "bins of JetEta leave a gap or overlap: one ends at 1, the next begins at 2",
    );
    expect(() => jetCorrection("{1 JetEta 1 JetPt [0]*ceil(x) Correction L1}\n0 1 3 0 9 1\n")).toThrow(
      /there is no ceil/,
    );
    const sources = '[Scale]\n{1 JetEta 1 JetPt "" Correction Uncertainty}\n-5 5 6 10 0.1 0.2 20 0.1 0.4\n[Time]\n';
    expect(jetUncertaintySources(sources)).toEqual(["Scale", "Time"]);
    expect(jetUncertainty(sources, "Scale").up.evaluate(0, 15)).toBeCloseTo(1.3, 6);
    expect(() => jetUncertainty(sources)).toThrow("it has the sources Scale, Time; name one");
  });
});

test("muon momentum corrections are those of coffea", () => {
  const set = rochester(made.muons.text);
  for (const [name, values] of Object.entries(made.muons.answers))
    expectClose(answer(set.get(name), made.muons.inputs), values, 1e-9);
  expect(() => set.get("kScaleDt")).toThrow('there is no correction "kScaleDt". Nearest: kScaleDT');
  expect(() => rochester("NSET 1\n0 0 Q 1")).toThrow("Rochester text, line 2");
});

test("b-tag tables are those of coffea", () => {
  for (const [key, values] of Object.entries(made.btag.answers)) {
    const [point, systematic] = key.split(" ") as ["medium", string];
    const sf = bTagScaleFactor(made.btag.text, point);
    const columns = sf.inputs.slice(1).map(({ name }) => made.btag.inputs[name]!);
    expectClose(toList(sf.evaluate(systematic, ...columns) as Column) as number[], values, 1e-12);
  }
  const sf = bTagScaleFactor(made.btag.text, "medium");
  expect(() => sf.evaluate("central", 3, 0, 50)).toThrow("there is no value for flavour 3; it knows 0, 4, 5");
  expect(() => bTagScaleFactor(made.btag.text, "medium", { methods: ["mujets", "comb", "incl"] })).toThrow(
    /no method "mujets"/,
  );
  expect(() => bTagScaleFactor("a;b\n", "loose")).toThrow(/its columns must be OperatingPoint/);
});

test("a table of numbers: the nearest bin outside, the upper edge in the last, NaN in the last", () => {
  const one = denseLookup([1, 2, 3], [0, 10, 20, 30], { name: "trigger", inputs: ["pt"] });
  expect([-5, 0, 10, 29, 30, 99, Number.NaN].map((x) => one.evaluate(x))).toEqual([1, 1, 2, 3, 3, 3, 3]);
  const two = denseLookup([[1, 2], [3, 4]], [[0, 1, 2], [0, 1, 2]]); // biome-ignore format: a table
  expect(toList(two.evaluate(fromList([[0, 1], []], "var * float64"), 1.5))).toEqual([[2, 4], []]);
  expect(toList(one.evaluate([]) as Column)).toEqual([]);
  expect(() => denseLookup([1], [0, 10, 5])).toThrow("the edges of x must be two or more that rise, not 0 10 5");
  expect(() => denseLookup([1, 2], [0, 10])).toThrow("2 values for the 1 bins of x");
});

test("corrected jets keep the type of what came in, and name what they lack", () => {
  const jets = {
    ptRaw: fromList([[50], [], [30, 20]], "var * float32"),
    massRaw: fromList([[5], [], [3, 2]], "var * float32"),
  };
  const eta = fromList([[0.5], [], [1, -1]], "var * float32");
  const { texts } = made.jets;
  const names = Object.keys(texts);
  const uncertainties = { Total: jetUncertainty(texts[names[2]!]!) };
  const got = correctJets({ ...jets, JetEta: eta }, { uncertainties });
  expect(toList(got.pt)).toEqual([[50], [], [30, 20]]);
  expect(Object.keys(got.variations)).toEqual(["JES_Total_up", "JES_Total_down"]);
  const up = got.variations["JES_Total_up"]!.pt;
  expect(up.kind === "list" && up.content.kind === "primitive" && up.content.dtype).toBe("float32");
  expect((toList(up) as number[][])[0]![0]).toBeCloseTo(50 * uncertainties.Total.up.evaluate(0.5, 50), 4);
  expect(() => correctJets({ ...jets, JetEta: eta }, { correction: jetCorrection(texts[names[0]!]!) })).toThrow(
    "L1FastJet needs the column JetA of the jets",
  );
});
