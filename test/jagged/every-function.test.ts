/**
 * Every function that is exported, on random lists with missing lists, missing values, NaN and empty lists, whole and as part of a
 * longer column, beside what it means on nested arrays. The other property tests here go deeper: dtypes, axes, records, depth.
 * Long because it is a table.
 */
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, slice, toList } from "../../src/jagged/index.ts";
import { agrees, type Element, type Events, each, pairs, triples, type } from "./nested-model.ts";

type Model = readonly [operate: (column: Column) => unknown, model: (data: Events) => unknown];

const present = (l: readonly Element[]): number[] => l.filter((v) => v !== null);
const value = <T>(f: (v: number, i: number) => T): ((data: Events) => unknown) =>
  each((l) => l.map((v, i) => (v === null ? null : f(v, i))));
const lists = (d: Events): Element[][] => d.filter((l) => l !== null);
const reversed = (c: Column): Column => jagged.at(c, slice(), slice(null, null, -1));
const filled = (c: Column): Column => jagged.fillNone(jagged.fillNone(c, [], { axis: 0 }), 0, { axis: 1 });
const withZeros = (d: Events): number[][] => d.map((l) => (l ?? []).map((v) => v ?? 0));
const axis1 = { axis: 1 };

/** Values as plain arrays, 64-bit integers as numbers, rounding apart; what is not finite as a word. */
function rounded(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(rounded);
  if (typeof of === "bigint") return Number(of);
  if (typeof of === "number") return Number.isFinite(of) ? Math.round(of * 1e9) / 1e9 + 0 : "not finite";
  if (typeof of === "object" && of !== null)
    return Object.fromEntries(Object.entries(of).map(([name, v]) => [name, rounded(v)]));
  return of;
}

/** A reduction of each list: of what is there. */
const reduced = (
  operation: (column: Column, options: { readonly axis: number }) => Column,
  model: (values: number[], places: number[]) => unknown,
): Model => [
  (c) => rounded(toList(operation(c, axis1))),
  (d) =>
    rounded(
      each((l) => {
        const places = [...l.keys()].filter((i) => l[i] !== null);
        return model(
          places.map((i) => l[i]!),
          places,
        );
      })(d),
    ),
];
const withoutNaN =
  (model: (values: number[], places: number[]) => unknown) =>
  (values: number[], places: number[]): unknown => {
    const kept = [...values.keys()].filter((k) => !Number.isNaN(values[k]));
    return model(
      kept.map((k) => values[k]!),
      kept.map((k) => places[k]!),
    );
  };
const orMissing =
  (model: (values: number[]) => unknown) =>
  (values: number[]): unknown =>
    values.length === 0 ? null : model(values);
const best =
  (sign: 1 | -1) =>
  (values: number[], places: number[]): number | null =>
    values.length === 0 ? null : places[values.reduce((w, v, k) => (sign * v > sign * values[w]! ? k : w), 0)]!;
const extreme =
  (sign: 1 | -1) =>
  (values: number[]): number | null =>
    values.length === 0
      ? null
      : sign * Math.max(-Infinity, ...values.filter((v) => !Number.isNaN(v)).map((v) => sign * v));
const sum = (values: number[]): number => values.reduce((t, v) => t + v, 0);
const prod = (values: number[]): number => values.reduce((t, v) => t * v, 1);
const mean = (values: number[]): number => sum(values) / values.length;
const spread = (values: number[], others = values): number =>
  mean(values.map((v, k) => (v - mean(values)) * (others[k]! - mean(others))));
const fit = (x: number[], y: number[]): object => {
  const [n, sxx] = [x.length, sum(x.map((v) => v * v))];
  const delta = n * sxx - sum(x) ** 2;
  const sxy = sum(x.map((v, k) => v * y[k]!));
  return {
    intercept: (sum(y) * sxx - sum(x) * sxy) / delta,
    slope: (n * sxy - sum(x) * sum(y)) / delta,
    intercept_error: Math.sqrt(sxx / delta),
    slope_error: Math.sqrt(n / delta),
  };
};
const risingNaNFirst = (a: Element, b: Element): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a - b;
};
const runs = (l: readonly Element[]): Element[][] => {
  const groups: Element[][] = [];
  for (const v of l)
    if (groups.length > 0 && groups.at(-1)![0] === v) groups.at(-1)!.push(v);
    else groups.push([v]);
  return groups;
};
const unary = (operation: (c: Column) => Column, f: (v: number) => unknown): Model => [
  (c) => rounded(toList(operation(c))),
  (d) => rounded(value((v) => f(v))(d)),
];
/** With the place in the list as the other operand. */
const binary = (operation: (a: Column, b: Column) => Column, f: (v: number, i: number) => unknown): Model => [
  (c) => rounded(toList(operation(c, jagged.localIndex(c)))),
  (d) => rounded(value(f)(d)),
];
const logical = (operation: (a: Column, b: Column) => Column, f: (a: boolean, b: boolean) => boolean): Model => [
  (c) => operation(jagged.greater(c, 0), jagged.less(c, 3)),
  value((v) => f(v > 0, v < 3)),
];
const records = (c: Column): Column => jagged.zip({ x: c, i: jagged.localIndex(c) });
const product = (l: Element[]): [Element, Element][] =>
  l.flatMap((a) => l.toReversed().map((b): [Element, Element] => [a, b]));
const halfEven = (v: number): number => (Math.abs(v % 1) === 0.5 ? 2 * Math.round(v / 2) : Math.round(v));

const models: Readonly<Record<string, Model>> = {
  absolute: unary(jagged.absolute, Math.abs),
  add: binary(jagged.add, (v, i) => v + i),
  all: reduced(jagged.all, (values) => values.every((v) => v !== 0)),
  almostEqual: [
    (c) => jagged.almostEqual(c, reversed(c), { equalNan: true }),
    (d) => isDeepStrictEqual(d, each((l) => l.toReversed())(d)),
  ],
  and: logical(jagged.and, (a, b) => a && b),
  any: reduced(jagged.any, (values) => values.some((v) => v !== 0)),
  arccos: unary(jagged.arccos, Math.acos),
  arccosh: unary(jagged.arccosh, Math.acosh),
  arcsin: unary(jagged.arcsin, Math.asin),
  arcsinh: unary(jagged.arcsinh, Math.asinh),
  arctan: unary(jagged.arctan, Math.atan),
  arctan2: binary(jagged.arctan2, Math.atan2),
  arctanh: unary(jagged.arctanh, Math.atanh),
  argcartesian: [(c) => jagged.argcartesian([c, c]), each((l) => l.flatMap((_, i) => l.map((__, j) => [i, j])))],
  argcombinations: [(c) => jagged.argcombinations(c, 2), each((l) => pairs([...l.keys()]))],
  argmax: reduced(jagged.argmax, best(1)),
  argmin: reduced(jagged.argmin, best(-1)),
  argsort: [(c) => jagged.argsort(c), each((l) => [...l.keys()].sort((i, j) => risingNaNFirst(l[i]!, l[j]!)))],
  arrayEqual: [
    (c) => jagged.arrayEqual(c, reversed(c), { equalNan: true }),
    (d) => isDeepStrictEqual(d, each((l) => l.toReversed())(d)),
  ],
  at: [(c) => jagged.at(c, jagged.greater(c, 0)), each((l) => l.filter((v) => v === null || v > 0))],
  broadcastArrays: [
    (c) => jagged.broadcastArrays(jagged.num(c), c).map((column) => toList(column)),
    (d) => [each((l) => l.map((v) => (v === null ? null : l.length)))(d), d],
  ],
  cartesian: [(c) => jagged.cartesian([c, reversed(c)]), each(product)],
  ceil: unary(jagged.ceil, Math.ceil),
  combinations: [(c) => jagged.combinations(c, 3), each(triples)],
  concatenate: [(c) => jagged.concatenate([c, c], axis1), (d) => d.map((l) => [...(l ?? []), ...(l ?? [])])],
  corr: reduced(
    (c, options) => jagged.corr(jagged.localIndex(c), c, options),
    (y, x) => spread(x, y) / Math.sqrt(spread(x) * spread(y)),
  ),
  cos: unary(jagged.cos, Math.cos),
  cosh: unary(jagged.cosh, Math.cosh),
  count: reduced(jagged.count, (values) => values.length),
  countNonzero: reduced(jagged.countNonzero, (values) => values.filter((v) => v !== 0).length),
  covar: reduced(
    (c, options) => jagged.covar(jagged.localIndex(c), c, options),
    (y, x) => spread(x, y),
  ),
  divide: binary(jagged.divide, (v, i) => v / i),
  dropNone: [(c) => jagged.dropNone(c), (d) => lists(d).map(present)],
  equal: binary(jagged.equal, (v, i) => v === i),
  exp: unary(jagged.exp, Math.exp),
  expm1: unary(jagged.expm1, Math.expm1),
  fields: [(c) => jagged.fields(records(c)), () => ["x", "i"]],
  fillNone: [(c) => jagged.fillNone(c, -1.5), each((l) => l.map((v) => v ?? -1.5))],
  firsts: [(c) => jagged.firsts(c), (d) => d.map((l) => l?.[0] ?? null)],
  flatten: [(c) => jagged.flatten(c), (d) => lists(d).flat()],
  floor: unary(jagged.floor, Math.floor),
  floorDivide: [(c) => jagged.floorDivide(c, 2), value((v) => Math.floor(v / 2))],
  fromList: [(c) => fromList(toList(c), type), (d) => d],
  fromRegular: [
    (c) => jagged.fromRegular(jagged.toRegular(jagged.at(c, slice(), jagged.newaxis)), axis1),
    (d) => d.map((l) => [l]),
  ],
  fullLike: [(c) => jagged.fullLike(c, 7), value(() => 7)],
  greater: binary(jagged.greater, (v, i) => v > i),
  greaterEqual: binary(jagged.greaterEqual, (v, i) => v >= i),
  hypot: binary(jagged.hypot, Math.hypot),
  invert: [(c) => jagged.invert(jagged.greater(c, 0)), value((v) => !(v > 0))],
  isNone: [(c) => jagged.isNone(c, axis1), each((l) => l.map((v) => v === null))],
  isValid: [(c) => Array.from({ length: c.length }, (_, i) => jagged.isValid(c, i)), (d) => d.map((l) => l !== null)],
  isclose: [
    (c) => jagged.isclose(c, jagged.add(c, jagged.localIndex(c)), { atol: 1.5, rtol: 0, equalNan: true }),
    value((v, i) => i < 2 || Number.isNaN(v)),
  ],
  isfinite: unary(jagged.isfinite, Number.isFinite),
  isinf: [(c) => jagged.isinf(jagged.divide(c, 0)), value((v) => v !== 0 && !Number.isNaN(v))],
  isnan: unary(jagged.isnan, Number.isNaN),
  less: binary(jagged.less, (v, i) => v < i),
  lessEqual: binary(jagged.lessEqual, (v, i) => v <= i),
  linearFit: [
    (c) => rounded(toList(jagged.linearFit(jagged.localIndex(c), c, axis1))),
    (d) =>
      d.map((l) => {
        if (l === null) return { intercept: null, slope: null, intercept_error: null, slope_error: null };
        const places = [...l.keys()].filter((i) => l[i] !== null);
        return rounded(fit(places, present(l)));
      }),
  ],
  localIndex: [(c) => jagged.localIndex(c), each((l) => l.map((_, i) => i))],
  log: unary(jagged.log, Math.log),
  log10: unary(jagged.log10, Math.log10),
  log1p: unary(jagged.log1p, Math.log1p),
  mask: [(c) => jagged.mask(c, jagged.greater(c, 0)), each((l) => l.map((v) => (v !== null && v > 0 ? v : null)))],
  max: reduced(jagged.max, extreme(1)),
  maximum: binary(jagged.maximum, Math.max),
  mean: reduced(jagged.mean, mean),
  min: reduced(jagged.min, extreme(-1)),
  minimum: binary(jagged.minimum, Math.min),
  mod: [(c) => jagged.mod(c, 2), value((v) => v - 2 * Math.floor(v / 2))],
  moment: reduced(
    (c, options) => jagged.moment(c, 2, options),
    (values) => mean(values.map((v) => v * v)),
  ),
  multiply: binary(jagged.multiply, (v, i) => v * i),
  nanToNone: [(c) => jagged.nanToNone(c), each((l) => l.map((v) => (Number.isNaN(v) ? null : v)))],
  nanToNum: [(c) => jagged.nanToNum(c, { nan: 2 }), value((v) => (Number.isNaN(v) ? 2 : v))],
  nanargmax: reduced(jagged.nanargmax, withoutNaN(best(1) as never)),
  nanargmin: reduced(jagged.nanargmin, withoutNaN(best(-1) as never)),
  nanmax: reduced(jagged.nanmax, withoutNaN(extreme(1))),
  nanmean: reduced(jagged.nanmean, withoutNaN(orMissing(mean))),
  nanmin: reduced(jagged.nanmin, withoutNaN(extreme(-1))),
  nanprod: reduced(jagged.nanprod, withoutNaN(prod)),
  nanstd: reduced(jagged.nanstd, withoutNaN(orMissing((values) => Math.sqrt(spread(values))))),
  nansum: reduced(jagged.nansum, withoutNaN(sum)),
  nanvar: reduced(jagged.nanvar, withoutNaN(orMissing((values) => spread(values)))),
  negative: unary(jagged.negative, (v) => -v),
  notEqual: binary(jagged.notEqual, (v, i) => v !== i),
  num: [(c) => jagged.num(c), each((l) => l.length)],
  onesLike: [(c) => jagged.onesLike(c), value(() => 1)],
  or: logical(jagged.or, (a, b) => a || b),
  padNone: [(c) => jagged.padNone(c, 3), each((l) => [...l, ...Array<null>(Math.max(0, 3 - l.length)).fill(null)])],
  parseColumnType: [(c) => jagged.parseColumnType(`${c.length} * ${type}`).length, (d) => d.length],
  pick: [
    (c) => jagged.pick(c, jagged.argmax(c, axis1)),
    each((l) => {
      const places = [...l.keys()].filter((i) => l[i] !== null);
      return l[best(1)(present(l), places) ?? -1] ?? null;
    }),
  ],
  power: [(c) => jagged.power(c, 2), value((v) => v ** 2)],
  prod: reduced(jagged.prod, prod),
  ptp: reduced(
    jagged.ptp,
    orMissing((values) => extreme(1)(values)! - extreme(-1)(values)!),
  ),
  ravel: [(c) => jagged.ravel(c), (d) => lists(d).flat()],
  rint: unary(jagged.rint, halfEven),
  runLengths: [(c) => jagged.runLengths(c), each((l) => runs(l).map((g) => g.length))],
  sign: unary(jagged.sign, Math.sign),
  sin: unary(jagged.sin, Math.sin),
  singletons: [(c) => jagged.singletons(c), (d) => d.map((l) => (l === null ? [] : [l]))],
  sinh: unary(jagged.sinh, Math.sinh),
  slice: [
    (c) => jagged.at(c, slice(1, -1), slice(null, null, 2)),
    (d) => each((l) => l.filter((_, i) => i % 2 === 0))(d.slice(1, -1)),
  ],
  softmax: [
    (c) => rounded(toList(jagged.softmax(c))),
    (d) =>
      rounded(
        each((l) => {
          const all = sum(present(l).map(Math.exp));
          return l.map((v) => (v === null ? null : Math.exp(v) / all));
        })(d),
      ),
  ],
  sort: [(c) => jagged.sort(c), each((l) => l.toSorted(risingNaNFirst))],
  sqrt: unary(jagged.sqrt, Math.sqrt),
  std: reduced(jagged.std, (values) => Math.sqrt(spread(values))),
  subtract: binary(jagged.subtract, (v, i) => v - i),
  sum: reduced(jagged.sum, sum),
  tan: unary(jagged.tan, Math.tan),
  tanh: unary(jagged.tanh, Math.tanh),
  toList: [(c) => toList(c), (d) => d],
  toRegular: [(c) => jagged.toRegular(jagged.padNone(c, 2, { clip: true })), each((l) => [l[0] ?? null, l[1] ?? null])],
  toTypedArray: [(c) => [...jagged.toTypedArray(jagged.flatten(filled(c)))], (d) => withZeros(d).flat()],
  trunc: unary(jagged.trunc, Math.trunc),
  truthValue: [
    (c) => jagged.truthValue(fromList([jagged.any(jagged.greater(c, 3))], "bool")),
    (d) => lists(d).some((l) => present(l).some((v) => v > 3)),
  ],
  typeName: [(c) => jagged.typeName(fromList(toList(c), type)), (d) => namedType(d)],
  unflatten: [(c) => jagged.unflatten(c, jagged.runLengths(c), axis1), each(runs)],
  unzip: [(c) => jagged.unzip(records(c)).map((column) => toList(column)), (d) => [d, each((l) => [...l.keys()])(d)]],
  valuesAstype: [(c) => jagged.valuesAstype(c, "bool"), value((v) => v !== 0)],
  var: reduced(jagged.var, (values) => spread(values)),
  where: [
    (c) => jagged.where(jagged.greater(filled(c), 0), filled(c), -9),
    (d) => withZeros(d).map((l) => l.map((v) => (v > 0 ? v : -9))),
  ],
  withField: [(c) => jagged.withField(jagged.zip({ x: c }), 3, "y"), each((l) => l.map((x) => ({ x, y: 3 })))],
  withName: [(c) => jagged.withName(jagged.zip({ x: c }), "Jet"), each((l) => l.map((x) => ({ x })))],
  withoutField: [(c) => jagged.withoutField(records(c), "i"), each((l) => l.map((x) => ({ x })))],
  xor: logical(jagged.xor, (a, b) => a !== b),
  zerosLike: [(c) => jagged.zerosLike(c), value(() => 0)],
  zip: [(c) => records(c), each((l) => l.map((x, i) => ({ x, i })))],
};

/** A column has an option where something is missing. */
function namedType(d: Events): string {
  const list = `var * ${lists(d).flat().includes(null) ? "?" : ""}float64`;
  return d.includes(null) ? `option[${list}]` : list;
}

test("every exported function has a model on nested arrays", () => {
  const functions = Object.entries(jagged).filter(([, exported]) => typeof exported === "function");
  expect(Object.keys(models).sort()).toEqual(functions.map(([name]) => name).sort());
});

test.each(Object.entries(models))("%s", (_, [operate, model]) => {
  agrees(operate, model);
});
