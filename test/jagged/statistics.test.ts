import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, toList } from "../../src/jagged/index.ts";

type Call = (column: Column, options: object) => unknown;
const call = (name: string): Call => (jagged as unknown as Record<string, Call>)[name]!;

describe("pairs of columns", () => {
  const point = fc.record({
    x: fc.double({ min: -10, max: 10, noNaN: true }),
    y: fc.double({ min: -10, max: 10, noNaN: true }),
    w: fc.double({ min: 0.1, max: 2, noNaN: true }),
  });
  const lists = fc.array(fc.array(point, { minLength: 2, maxLength: 6 }), { maxLength: 5 });
  const field = (data: readonly (readonly { x: number; y: number; w: number }[])[], name: "x" | "y" | "w"): Column =>
    fromList(
      data.map((list) => list.map((p) => p[name])),
      "var * float64",
    );

  test("weighted statistics are those of repeated values where weights are whole", () => {
    const counted = fc.array(
      fc.array(fc.record({ x: fc.integer({ min: -9, max: 9 }), w: fc.integer({ min: 1, max: 4 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
    );
    fc.assert(
      fc.property(counted, (data) => {
        const column = fromList(
          data.map((l) => l.map((p) => p.x)),
          "var * int32",
        );
        const weight = fromList(
          data.map((l) => l.map((p) => p.w)),
          "var * float64",
        );
        const repeated = fromList(
          data.map((l) => l.flatMap((p) => new Array(p.w).fill(p.x))),
          "var * float64",
        );
        for (const name of ["mean", "var", "std"]) {
          const [a, b] = [call(name)(column, { axis: 1, weight }), call(name)(repeated, { axis: 1 })].map(
            (c) => toList(c as Column) as number[],
          );
          for (const [i, v] of a!.entries()) expect(v).toBeCloseTo(b![i]!, 6);
        }
        const [a, b] = [jagged.moment(column, 3, { axis: 1, weight }), jagged.moment(repeated, 3, { axis: 1 })].map(
          (c) => toList(c) as number[],
        );
        for (const [i, v] of a!.entries()) expect(v).toBeCloseTo(b![i]!, 6);
      }),
    );
  });

  test("covariance and correlation are bound to the variances", () => {
    fc.assert(
      fc.property(lists, (data) => {
        const [x, y, weight] = [field(data, "x"), field(data, "y"), field(data, "w")];
        const options = { axis: 1, weight };
        const list = (column: Column): number[] => toList(column) as number[];
        const [vx, vy] = [list(jagged.var(x, options)), list(jagged.var(y, options))];
        const [same, xy, yx] = [
          jagged.covar(x, x, options),
          jagged.covar(x, y, options),
          jagged.covar(y, x, options),
        ].map(list);
        const rho = list(jagged.corr(x, y, options));
        for (let i = 0; i < data.length; i++) {
          expect(same![i]).toBeCloseTo(vx[i]!, 9);
          expect(xy![i]).toBeCloseTo(yx![i]!, 9);
          if (vx[i]! > 1e-6 && vy[i]! > 1e-6) expect(rho[i]).toBeCloseTo(xy![i]! / Math.sqrt(vx[i]! * vy[i]!), 9);
        }
      }),
    );
  });

  test("a fit finds the line that the points lie on", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), (a, b) => {
        const xs = [
          [0, 1, 2, 5],
          [1, 3],
        ];
        const fit = jagged.linearFit(fromList(xs), fromList(xs.map((l) => l.map((x) => a + b * x))), { axis: 1 });
        for (const line of toList(fit) as { intercept: number; slope: number }[]) {
          expect(line.intercept).toBeCloseTo(a, 9);
          expect(line.slope).toBeCloseTo(b, 9);
        }
      }),
    );
    expect(jagged.linearFit(fromList([1, 2, 4]), fromList([3, 5, 9]))).toMatchObject({ intercept: 1, slope: 2 });
  });

  test("one weight a list counts for each of its values; missing pairs take no part", () => {
    const column = fromList([[1, null, 3], [], [4]], "var * ?float64");
    const weight = fromList([2, 5, 7]);
    expect(toList(jagged.mean(column, { axis: 1, weight }))).toEqual([2, Number.NaN, 4]);
    expect(jagged.mean(column, { weight })).toBe((2 * 1 + 2 * 3 + 7 * 4) / 11);
    expect(toList(jagged.mean(column, { axis: 1, weight: fromList([[1, 1, null], [], [2]]) }))).toEqual([
      1,
      Number.NaN,
      4,
    ]);
  });

  test("lists of different lengths are refused, naming the first", () => {
    expect(() => jagged.mean(fromList([[1], [2, 3]]), { axis: 1, weight: fromList([[1], [2]]) })).toThrow(
      /mean: cannot broadcast var \* float64 with var \* float64: entry 1 holds 1 and 2 elements/,
    );
    expect(() => jagged.corr(fromList([1]), fromList([1, 2]))).toThrow(/corr: .* has 2 entries, .* has 1/);
  });
});

test("softmax sums to one, keeps missing values, and does not overflow", () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.array(fc.option(fc.double({ min: -2000, max: 2000, noNaN: true })), { maxLength: 5 }))),
      (data) => {
        const column = fromList(data, "option[var * ?float64]");
        const out = toList(jagged.softmax(column)) as ((number | null)[] | null)[];
        for (const [i, list] of data.entries()) {
          expect(out[i]?.map((v) => v === null)).toEqual(list?.map((v) => v === null));
          const present = out[i]?.filter((v) => v !== null) ?? [];
          if (present.length > 0) expect(present.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        }
      },
    ),
  );
  expect(() => jagged.softmax(fromList([[1]]), { axis: 0 })).toThrow(/only axis -1 is defined/);
});
