import { expect } from "vitest";
import { fromList } from "../../src/jagged/index.ts";
import { type EventNumbers, type PartialWeight, Weights, weightStatisticsAddition } from "../../src/selection/index.ts";
import type { Fields, Operation, ToolsCase, ToolsInputs } from "./tools-oracle-operations.ts";

/** Cases that only name what is wrong, by id: what to do then, and what is said. */
const mistakes: Readonly<Record<string, readonly [(a: EventNumbers) => unknown, string]>> = {
  "weights-multivariation-up-only": [
    (a) => new Weights().addMultivariation("b", a, ["x"], [a], undefined as never),
    "a list of up and a list of down weights are needed",
  ],
  "weights-name-up": [(a) => new Weights().add("aUp", a), "would look like a variation"],
  "weights-name-down": [(a) => new Weights().add("aDown", a), "would look like a variation"],
  "weights-duplicate": [(a) => new Weights().add("a", a).add("a", a), "already"],
  "weights-wrong-length": [(a) => new Weights().add("a", a).add("b", [1, 2]), "2 values for"],
  "weights-unknown-modifier": [(a) => new Weights().add("a", a).weight("zzzUp"), "no variation"],
  "weights-partial-without-store": [
    (a) => new Weights().add("a", a).partialWeight({ include: ["a"] }),
    "storeIndividual",
  ],
};

export const weights: Operation = (c, inputs) => {
  if (c.id === "weights-statistics-add") return statisticsAdd(c);
  if (c.id === "weights-empty") return sameStatistics(new Weights(0).add("a", []).weightStatistics, c["statistics"]);
  if (c["error"] !== undefined) {
    const mistake = mistakes[c.id];
    if (mistake === undefined) throw new Error(`${c.id} is a mistake that this test does not know`);
    const [wrong, message] = mistake;
    expect(() => wrong(arrayOf("a", inputs))).toThrow(message);
    return;
  }
  const made = new Weights(inputs.weights["a"]!.length, { storeIndividual: c["partial"] !== undefined });
  for (const call of c["calls"] as Call[]) make(made, call, inputs);
  expect([...made.variations].sort()).toEqual(c["variations"]);
  close(made.weight(), c["weight"]);
  for (const [name, expected] of Object.entries(c["modified"] as Fields)) close(made.weight(name), expected);
  sameStatistics(made.weightStatistics, c["statistics"]);
  for (const { args, result } of (c["partial"] ?? []) as { args: PartialWeight; result: Fields }[])
    if ("error" in result) expect(() => made.partialWeight(args)).toThrow(/modifier|variation|varies|either/);
    else close(made.partialWeight(args), result);
};

interface Call {
  readonly method: string;
  readonly name: string;
  readonly args: Fields;
}

function make(made: Weights, { method, name, args }: Call, inputs: ToolsInputs): void {
  const one = (key: string): EventNumbers | null =>
    args[key] === undefined ? null : arrayOf(args[key] as string, inputs);
  const many = (key: string): EventNumbers[] => (args[key] as string[]).map((array) => arrayOf(array, inputs));
  const shift = { shift: args["shift"] === true };
  if (method === "add") made.add(name, one("weight")!, one("weightUp"), one("weightDown"), shift);
  else if (method === "add_multivariation")
    made.addMultivariation(
      name,
      one("weight")!,
      args["modifierNames"] as string[],
      many("weightsUp"),
      many("weightsDown"),
      shift,
    );
  else throw new Error(`unknown method ${method}`);
}

/** `"b"`, or `"a with entries 0, 4, 8 masked"`. */
function arrayOf(name: string, { weights: arrays }: ToolsInputs): EventNumbers {
  const [, array, masked] = /^(\w+)(?: with entries ([\d, ]+) masked)?$/.exec(name)!;
  const values = arrays[array!]!;
  if (masked === undefined) return Float64Array.from(values);
  const missing = masked.split(",").map(Number);
  return fromList(
    values.map((value, i) => (missing.includes(i) ? null : value)),
    "?float64",
  );
}

function statisticsAdd(c: ToolsCase): void {
  const tagged = (fields: unknown) => ({ tag: "weightStatistics", ...decoded(fields) });
  const items = (c["inputs"] as unknown[]).map(tagged);
  const add = (a: unknown, b: unknown) => weightStatisticsAddition.add(a as never, b as never);
  expect(items.reduce(add)).toEqual(tagged(c["result"]));
  expect([...items, tagged(c["identity"])].reduce(add)).toEqual(tagged(c["result"]));
  expect(new Weights(0).add("a", []).weightStatistics["a"]).toEqual(tagged(c["identity"]));
}

function sameStatistics(ours: Weights["weightStatistics"], expected: unknown): void {
  expect(Object.keys(ours)).toEqual(Object.keys(expected as Fields));
  for (const [name, fields] of Object.entries(expected as Record<string, Fields>))
    for (const [field, value] of Object.entries(decoded(fields)))
      close([(ours[name] as unknown as Record<string, number>)[field]!], [value]);
}

const decoded = (fields: unknown): Record<string, number> =>
  Object.fromEntries(Object.entries(fields as Fields).map(([key, value]) => [key, number(value)]));

const number = (value: unknown): number =>
  typeof value === "number"
    ? value
    : ({ nan: Number.NaN, inf: Infinity, "-inf": -Infinity } as Record<string, number>)[String(value)]!;

/** Equal to a relative 1e-12, as the file says; `expected` is a list or a typed value. */
export function close(ours: ArrayLike<number>, expected: unknown): void {
  const values = (Array.isArray(expected) ? expected : (expected as { data: unknown[] }).data).map(number);
  expect(ours.length).toBe(values.length);
  values.forEach((value, i) => {
    const same = Object.is(ours[i], value) || Math.abs(ours[i]! - value) <= 1e-12 * Math.abs(value);
    if (!same) expect.fail(`entry ${i}: ${ours[i]}, not ${value}`);
  });
}
