import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeAll } from "../../src/accumulator/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { additions } from "../../src/processor/additions.ts";
import { type EventNumbers, Weights } from "../../src/selection/index.ts";

const size = 6;
const factor = fc.array(fc.double({ min: 0.25, max: 4, noNaN: true }), { minLength: size, maxLength: size });
const product = (...factors: readonly (readonly number[])[]): number[] =>
  Array.from({ length: size }, (_, i) => factors.reduce((all, f) => all * f[i]!, 1));
function expectClose(ours: Float64Array, expected: readonly number[]): void {
  expect(ours.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(ours[i]! - value)).toBeLessThanOrEqual(1e-14 * value);
}

/** Lazy values, as `events.genWeight` is, of one selection of events. */
const lazy = (values: readonly number[], alignment: object): EventNumbers => ({
  alignment,
  toColumn: () => fromList(values, "float32"),
});

describe("products", () => {
  test("a variation replaces one factor, all others stay", () =>
    fc.assert(
      fc.property(factor, factor, factor, factor, factor, (a, b, up, down, c) => {
        const weights = new Weights(size).add("a", a).add("b", b, up, down).add("c", c);
        expectClose(weights.weight(), product(a, b, c));
        expectClose(weights.weight("bUp"), product(a, up, c));
        expectClose(weights.weight("bDown"), product(a, down, c));
        const missing = new Weights().add("b", b, up);
        expectClose(
          missing.weight("bDown"),
          product(
            b,
            b,
            up.map((u) => 1 / u),
          ),
        );
      }),
    ));

  test("several variations of one weight are those of as many weights that are 1 otherwise", () =>
    fc.assert(
      fc.property(factor, factor, factor, factor, (a, up, down, up2) => {
        const many = new Weights(size).addMultivariation("b", a, ["x", "y"], [up, up2], [down, null]);
        expect(many.variations).toEqual(["b_xUp", "b_xDown", "b_yUp", "b_yDown"]);
        expectClose(many.weight("b_xDown"), down);
        expectClose(many.weight("b_yUp"), up2);
        expectClose(
          many.weight("b_yDown"),
          product(
            a,
            a,
            up2.map((u) => 1 / u),
          ),
        );
      }),
    ));

  test("nothing that goes in or comes out is shared", () => {
    const [a, up, down] = [Float64Array.of(1, 2, 0), Float64Array.of(2, 3, 4), Float64Array.of(0.5, 1, 0)];
    const weights = new Weights(null, { storeIndividual: true }).add("a", a, up, down, { shift: true });
    expect([a, up, down]).toEqual([Float64Array.of(1, 2, 0), Float64Array.of(2, 3, 4), Float64Array.of(0.5, 1, 0)]);
    for (const out of [weights.weight(), weights.weight("aUp"), weights.partialWeight({ include: ["a"] })]) out.fill(9);
    a.fill(7);
    expect(weights.weight()).toEqual(Float64Array.of(1, 2, 0));
    expect(weights.weight("aUp")).toEqual(Float64Array.of(3, 5, 0));
    expect(weights.weight("aDown")).toEqual(Float64Array.of(0.5, 1, 0));
    expect(weights.partialWeight({ exclude: [] })).toEqual(Float64Array.of(1, 2, 0));
  });

  test("columns, lazy ones, 64-bit integers and one number for all events", () => {
    const events = {};
    const weights = new Weights()
      .add("gen", lazy([0.5, 2], events))
      .add("sign", BigInt64Array.of(1n, -1n))
      .add("pileup", fromList([3, null], "?float64"))
      .add("xsec", 10, 11, null)
      .add("other", lazy([1, 1], events));
    expect(weights.weight()).toEqual(Float64Array.of(15, -20));
    expect(weights.weight("xsecUp")).toEqual(Float64Array.of(16.5, -22));
    expect(weights.names).toEqual(["gen", "sign", "pileup", "xsec", "other"]);
    expect(new Weights(3).weight()).toEqual(Float64Array.of(1, 1, 1));
    expect(weights.size).toBe(2);
  });

  test("5 % up and down of 40 events are 42 and 38", () => {
    const weights = new Weights(40).add("sf", 1, 1.05, 0.95);
    const sum = (name?: string): number => weights.weight(name).reduce((a, b) => a + b);
    expect([sum(), sum("sfUp"), sum("sfDown")].map((x) => Number(x.toFixed(12)))).toEqual([40, 42, 38]);
  });

  test("a distance that is missing is none", () => {
    const weights = new Weights(2).add("a", [1, 2], fromList([0.5, null], "?float64"), null, { shift: true });
    expect(weights.weight("aUp")).toEqual(Float64Array.of(1.5, 2));
  });
});

test("statistics of chunks add up to those of all events", () =>
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: -9, max: 9 })), { minLength: 1 }), (chunks) => {
      const of = (w: readonly number[]) => new Weights().add("a", w).weightStatistics;
      expect(
        mergeAll(
          chunks.map((w) => structuredClone(of(w))),
          additions,
        ),
      ).toEqual(of(chunks.flat()));
    }),
  ));

describe("mistakes", () => {
  const events = {};
  const weights = (): Weights => new Weights(2).add("a", [1, 2], [2, 3]).add("lazy", lazy([1, 1], events));
  const cases: [string, () => unknown, string][] = [
    ["a name twice", () => weights().add("a", [1, 1]), 'there is a weight "a" already'],
    ["a name that ends in Up", () => weights().add("sfUp", [1, 1]), 'call it "sf" and give up and down to add'],
    ["a modifier that ends in Down", () => weights().addMultivariation("b", 1, ["xDown"], [1], [1]), 'call it "x"'],
    [
      "one variation twice",
      () => weights().add("b_x", 1, 1).addMultivariation("b", 1, ["x"], [1], [1]),
      '"b_xUp" already',
    ],
    [
      "lists of other lengths",
      () => weights().addMultivariation("b", 1, ["x", "y"], [1], [1]),
      "2 modifier names, but 1 up",
    ],
    ["another length", () => weights().add("b", [1, 2, 3]), 'weight "b" has 3 values for 2 events'],
    ["another length of Up", () => weights().add("b", 1, [1, 2, 3]), 'weight "bUp" has 3 values for 2 events'],
    ["other events", () => weights().add("b", lazy([1, 1], {})), 'weight "b" is of other events'],
    [
      "lists",
      () => weights().add("b", fromList([[1], []], "var * float32")),
      'weight "b" is var * float32, not one value',
    ],
    ["strings", () => weights().add("b", ["1", "2"] as never), 'weight "b" has 1 at 0, not a number'],
    ["nothing", () => weights().add("b", undefined as never), 'weight "b" is undefined'],
    ["an unknown variation", () => weights().weight("aup"), 'no variation "aup" of the weights. Nearest: aUp'],
    [
      "a partial weight that was not kept",
      () => weights().partialWeight({ include: ["a"] }),
      "{ storeIndividual: true }",
    ],
    ["one number without a size", () => new Weights().add("a", 2), "new Weights(events.length)"],
    ["no size at all", () => new Weights().weight(), "the number of events is not known"],
    ["a size that is none", () => new Weights(-1), "-1 is not a number of events"],
    ["an infinite Down", () => new Weights(2).add("a", [1, 1], [1, 0]).weight("aDown"), "the Up of event 1 is 0"],
  ];
  test.each(cases)("%s", (_, wrong, message) => expect(wrong).toThrow(message));

  test("a refused weight leaves everything as it was", () => {
    const before = weights();
    expect(() => before.add("b", [1, 1], [1, 2, 3])).toThrow("values for 2 events");
    expect([before.names, before.variations]).toEqual([
      ["a", "lazy"],
      ["aUp", "aDown"],
    ]);
    expect(before.weight()).toEqual(Float64Array.of(1, 2));
    const empty = new Weights();
    expect(() => empty.add("a", [1, 2], [1])).toThrow("values for 2 events");
    expect(empty.add("a", [1]).size).toBe(1);
  });

  test("a Down of an event whose weight is 0 is 0, whatever its Up", () =>
    expect(new Weights(2).add("a", [0, 2], [0, 4]).weight("aDown")).toEqual(Float64Array.of(0, 1)));
});
