import { expect, test } from "vitest";
import { type Axis, axis, type FillValue, Hist, type NumericOptions, type StorageKind } from "../../src/hist/index.ts";
import { fromList } from "../../src/jagged/index.ts";

/** Values inside, on edges, just beside them, and far outside. */
const rows = 5003;
const odd = [
  Number.NaN,
  Infinity,
  -Infinity,
  -0,
  5e-324,
  1e300,
  -1e300,
  0.1,
  0.3,
  4,
  3.9999999999999996,
  -2,
  1e-20,
  -1e-20,
];
const x = Float64Array.from({ length: rows }, (_, i) =>
  i % 9 === 0 ? odd[(i / 9) % odd.length]! : i % 4 === 0 ? (i % 71) / 8 - 3 : ((i * 7919) % 10007) / 1200 - 3,
);
const y = Float64Array.from(x, (_, i) => ((i * 31) % 1009) / 500 - 0.1);
const weight = Float64Array.from(x, (_, i) => (i % 7) - 1);

const ends: NumericOptions[] = [{}, { flow: false }, { underflow: false }, { overflow: false }];
const axes: Axis[] = [
  ...ends.flatMap((o) => [axis.regular(7, -2, 4, o), axis.regular(3, 4, 0.1, o), axis.integer(-2, 4, o)]),
  ...ends.flatMap((o) => [axis.variable([-2, -1e-20, 0.1, 0.3, 4], o), axis.variable([-1e300, 0, 1e-300], o)]),
  axis.regular(4, -2, 4, { circular: true }),
  axis.variable([-2, 0.3, 1, 4], { circular: true }),
  axis.integer(-2, 4, { circular: true }),
  axis.regular(5, 0.1, 100, { transform: "log" }),
  axis.regular(5, 0, 9, { transform: "sqrt" }),
  axis.regular(5, 0, 2, { transform: { pow: 3 } }),
];

/** Bins each row by itself, as one value for all rows: without lanes, guides or blocks. */
function oneByOne(make: () => Hist, values: readonly ArrayLike<number>[], weights?: ArrayLike<number>): Hist {
  const hist = make();
  for (let i = 0; i < values[0]!.length; i++)
    hist.fill(
      values.map((column) => column[i]!),
      weights && { weight: weights[i]! },
    );
  return hist;
}

const kinds: StorageKind[] = ["double", "int64", "weight"];
test.each(axes.flatMap((a) => kinds.map((kind) => [a, kind] as const)))("many rows on %o, %s", (a, storage) => {
  const make = (): Hist => Hist.of(a, { storage });
  const [all, weighted] = [oneByOne(make, [x]), oneByOne(make, [x], weight)];
  expect(make().fill([x])).toStrictEqual(all);
  expect(make().fill([x], { weight })).toStrictEqual(weighted);
  expect(make().fill([x], { weight: Int8Array.from(weight) })).toStrictEqual(weighted);
  const some = Float32Array.from(x);
  expect(make().fill([some])).toStrictEqual(oneByOne(make, [some]));
});

test("several axes, few cells and many, whole and missing rows", () => {
  for (const [a, b] of [
    [axis.regular(7, -2, 4), axis.regular(5, 0, 2)],
    [axis.regular(70, -2, 4, { flow: false }), axis.variable([0, 0.5, 2])],
    [axis.integer(-2, 4), axis.regular(900, 0, 2, { underflow: false })],
  ] as [Axis, Axis][]) {
    const make = (): Hist => Hist.of(a, b, { storage: "weight" });
    const expected = oneByOne(make, [x, y], weight);
    expect(make().fill([x, y], { weight })).toStrictEqual(expected);
    const kept = Array.from(x, (_, i) => i % 3 !== 0);
    const holes = fromList(
      Array.from(y, (value, i) => (kept[i] ? value : null)),
      "?float64",
    );
    const left = [x, y].map((column) => column.filter((_, i) => kept[i]));
    expect(make().fill([x, holes], { weight })).toStrictEqual(
      oneByOne(
        make,
        left,
        weight.filter((_, i) => kept[i]),
      ),
    );
  }
});

test("beside axes with one cell for all rows, and columns repeated for the elements of lists", () => {
  const make = (): Hist => Hist.of(axis.category("d"), axis.regular(7, -2, 4, { name: "x" }), { storage: "weight" });
  const names = ["a", "b", "c"];
  const whole = make();
  for (const d of names) whole.fill({ d, x, weight });
  for (const d of names) {
    const alone = Hist.of(axis.regular(7, -2, 4, { name: "x" }), { storage: "weight" }).fill({ x, weight });
    expect(whole.at({ d })).toStrictEqual(alone);
  }
  const nested = Array.from({ length: 1000 }, (_, i) => [...x.subarray(5 * i, 5 * i + (i % 6))]);
  const lists = fromList(nested);
  const repeated = (column: ArrayLike<number>): number[] => nested.flatMap((list, i) => list.map(() => column[i]!));
  const events = (column: Float64Array): FillValue => Float32Array.from(column.subarray(0, 1000));
  const two = (): Hist => Hist.of(axis.regular(7, -2, 4), axis.regular(5, 0, 2), { storage: "weight" });
  expect(two().fill([lists, events(y)], { weight: events(weight) })).toStrictEqual(
    oneByOne(two, [nested.flat(), repeated(Float32Array.from(y))], repeated(weight)),
  );
});

test("the sums of weights of one fill are those of even and odd rows", () => {
  const fractions = Float64Array.from(x, (_, i) => 0.1 * ((i * 37) % 101));
  const hist = Hist.of(axis.regular(1, -1e9, 1e9, { flow: false }), { storage: "weight" });
  const values = Float64Array.from(fractions, (_, i) => i);
  hist.fill([values], { weight: fractions });
  const lane = (first: number, power: number): number => {
    let sum = 0;
    for (let i = first; i < rows; i += 2) sum += fractions[i]! ** power;
    return sum;
  };
  expect(hist.values()[0]).toBe(lane(0, 1) + lane(1, 1));
  expect(hist.variances()![0]).toBeCloseTo(lane(0, 2) + lane(1, 2), 6);
});
