import { describe, expect, test } from "vitest";
import { type Column, fromList, toList, typeName } from "../../src/jagged/index.ts";
import {
  add,
  between,
  clean,
  combinationSums,
  property,
  scale,
  sortByPt,
  sum,
  toSystem,
  unit,
  vectors,
} from "../../src/vector/index.ts";

const column = (...values: number[]): Column => fromList(values, "float64");
const lists = (values: readonly (readonly number[] | null)[], type = "option[var * float64]"): Column =>
  fromList(values, type);

describe("construction", () => {
  test.each([
    [{ pt: 1, rho: 1, eta: 1, phi: 1, mass: 1 }, "pt and rho are the same coordinate"],
    [{ x: 1, px: 1, y: 1, z: 1, t: 1 }, "x and px are the same coordinate"],
    [{ pt: 1, eta: 1, phi: 1, E: 1, energy: 1 }, "energy and E are the same coordinate"],
    [{ pt: 1, eta: 1, phi: 1, mass: 1, energy: 1 }, "energy and mass both give the energy"],
    [{ pt: 1, eta: 1, z: 1, phi: 1 }, "z and eta both give the direction along the beam"],
    [{ pt: 1, x: 1, y: 1, phi: 1 }, "x, y and pt, phi both give the transverse plane"],
    [{ x: 1, z: 1 }, "x needs y or py beside it"],
    [{ pt: 1, eta: 1 }, "pt needs phi beside it"],
    [{ pt: 1, phi: 1, mass: 1 }, "mass needs eta or z beside it"],
    [{ eta: 1, mass: 1 }, "x and y, or pt and phi, are missing"],
  ])("of %o is refused", (fields, message) => {
    const columns = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, column(value)]));
    expect(() => vectors(columns)).toThrow(`vectors: ${message}`);
  });

  test("takes aliases, a number for all, and lists; names the columns that do not fit", () => {
    const muons = vectors({ pt: lists([[3], []]), eta: lists([[0], []]), phi: lists([[0], []]), m: 4 });
    expect(toList(property(muons, "energy"))).toEqual([[5], []]);
    expect(() => vectors({ pt: lists([[3], []]), phi: lists([[], [3]]) })).toThrow(
      /vectors: pt and phi: list 0 has 1 and 0 elements/,
    );
    expect(() => vectors({ pt: lists([[3]]), phi: column(1) })).toThrow(/phi is float64: all must be nested alike/);
    expect(() => vectors({ pt: 1, phi: 2 })).toThrow("at least one of the coordinates must be a column");
    expect(() => property(column(1), "pt")).toThrow(/float64 is no column of vectors/);
    expect(() => vectors({ pt: fromList([true], "bool"), phi: column(1) })).toThrow(
      "coordinate pt is bool, not a number",
    );
  });
});

describe("shapes", () => {
  const met = vectors({ pt: column(10, 20), phi: column(0, 1) });
  const muons = vectors({ pt: lists([[1, 2], [3]]), eta: lists([[0, 0], [0]]), phi: lists([[0, 0], [1]]), mass: 0 });

  test("an event-level operand is repeated for the objects of its event", () => {
    const sums = add(toSystem(muons, ["x", "y"]), met);
    const pts = toList(property(sums, "pt")) as number[][];
    expect(pts.map((list) => list.map((pt) => Math.round(pt * 1e9) / 1e9))).toEqual([[11, 12], [23]]);
    expect(toList(between(met, muons, "transverseMass"))).toEqual([[0, 0], [0]]);
    expect(toList(property(scale(muons, column(2, 3)), "pt"))).toEqual([[2, 4], [9]]);
  });

  test("unequal components need a conversion", () => {
    expect(() => add(muons, met)).toThrow(
      "add: vectors of 4 components (pt, eta, phi, mass) and 2 (pt, phi); convert one of them first",
    );
    expect(() => property(met, "mass")).toThrow('property "mass": eta or z is missing; the vectors have pt, phi');
    expect(() => property(met, "mas" as "mass")).toThrow('a vector has no property "mas". Nearest: mass');
    expect(() => toSystem(muons, ["x", "phi"])).toThrow("x, phi is no system of coordinates");
  });

  test("missing events and lists make missing lists, missing vectors missing numbers", () => {
    const some = vectors({ pt: fromList([null, 20], "?float64"), phi: column(0, 1) });
    expect(toList(between(muons, some, "deltaPhi"))).toEqual([null, [0]]);
    expect(toList(between(some, muons, "deltaPhi"))).toEqual([null, [0]]);
    const gaps = vectors({ pt: lists([null, [3]]), eta: lists([null, [0]]), phi: lists([null, [1]]), mass: 0 });
    expect(toList(between(muons, gaps, "deltaR"))).toEqual([null, [0]]);
  });

  test("lists of one size are of any size once objects are dropped or combined", () => {
    const type = "1 * 3 * {pt: float64, eta: float64, phi: float64, mass: float64}";
    const three = fromList([[0, 1, 2].map((eta) => ({ pt: 1, eta, phi: 0, mass: 0 }))], type);
    expect(typeName(three)).toMatch(/^3 \*/);
    expect(typeName(combinationSums(three, 2))).toMatch(/^var \*/);
    expect(typeName(clean(three, three, { threshold: 1 }))).toMatch(/^var \*/);
    expect(typeName(property(three, "x"))).toBe("3 * float64");
    expect(toList(property(sum(three), "eta"))).toHaveLength(1);
  });

  test("a stored mass says whether a vector is timelike, however fast it is; without a finite energy nothing does", () => {
    const pt = column(50, 1e7, 50, Number.NaN);
    const some = vectors({ pt, eta: 1, phi: 7, mass: column(0, 0.1, -1, 1) });
    expect(toList(property(some, "isLightlike"))).toEqual([true, false, false, false]);
    expect(toList(property(some, "isTimelike"))).toEqual([false, true, false, false]);
    expect(toList(property(some, "isSpacelike"))).toEqual([false, false, true, false]);
  });

  test("results keep the offsets of their input, float32 and nothing else is changed", () => {
    const type = "var * {pt: float32, eta: float32, phi: float32, mass: float32, tag: string}";
    const jets = fromList(
      [
        [
          { pt: 1, eta: 0, phi: 7, mass: 0, tag: "soft" },
          { pt: 9, eta: 1, phi: 0, mass: 2, tag: "hard" },
        ],
        [],
      ],
      type,
    );
    const before = JSON.stringify(toList(jets));
    const pt = property(jets, "energy");
    expect(pt.kind === "list" && jets.kind === "list" && pt.offsets === jets.offsets).toBe(true);
    expect(pt.kind === "list" && pt.content.kind === "primitive" && pt.content.dtype).toBe("float32");
    expect(toList(property(jets, "phi"))).toEqual([[7, 0], []]);
    expect(toList(sortByPt(jets))).toMatchObject([[{ tag: "hard" }, { tag: "soft" }], []]);
    expect(toList(clean(jets, jets, { threshold: 0.1 }))).toEqual([[], []]);
    expect(toList(property(unit(jets), "mass"))).toEqual([[1, 1], []]);
    expect(JSON.stringify(toList(jets))).toBe(before);
  });
});
