import { describe, expect, test } from "vitest";
import { type AdditionTable, checkMergeable } from "../../src/accumulator/index.ts";

class Selection {
  readonly cuts: string[] = [];
}
const table: AdditionTable = { hist: { add: (a: { tag: string }) => a } };
const hist = { tag: "hist", values: new Float64Array(3), inner: () => 1 };

describe("what a processor may return", () => {
  const good: [string, unknown][] = [
    ["a number", 3],
    ["an empty record", {}],
    ["containers in containers", { a: [1, { b: new Set([1]) }], m: new Map([["x", new Float64Array(2)]]) }],
    ["a tagged value, whatever it holds", { met: hist }],
    ["null below the top", { best: null }],
    ["a string", { note: "x" }],
    ["the same object twice", ((shared) => ({ a: shared, b: shared }))({ n: 1 })],
    ["an object without a prototype", Object.assign(Object.create(null), { n: 1 })],
  ];
  test.each(good)("%s", (_, value) => expect(() => checkMergeable(value, table)).not.toThrow());
});

describe("what it may not return", () => {
  const cyclic: Record<string, unknown> = { n: 1 };
  cyclic["self"] = { again: cyclic };
  const bad: [string, unknown, string][] = [
    ["nothing", undefined, "process returned undefined"],
    ["null", null, "process returned null"],
    ["a function", () => 1, "at the result"],
    ["a function below", { cutflow: { all: function count() {} } }, "the function count at cutflow > all"],
    ["undefined below", { n: undefined }, "undefined at n"],
    ["a promise", { n: Promise.resolve(1) }, "a promise at n, which does not add up. Was an await forgotten?"],
    ["an unknown class", { sel: [new Selection()] }, "an instance of Selection at sel > 0"],
    ["a date", new Map([["when", new Date(0)]]), "an instance of Date at when"],
    ["a symbol", { s: Symbol("x") }, "a symbol at s"],
    ["a symbol key", { a: { [Symbol("x")]: 1 } }, "a with the key Symbol(x)"],
    ["an object as a key", { m: new Map([[{}, 1]]) }, "a map at m with a key"],
    ["a circle", cyclic, "containing itself"],
    ["bytes without a type", { b: new ArrayBuffer(2) }, "an instance of ArrayBuffer at b"],
  ];
  test.each(bad)("%s", (_, value, message) => {
    expect(() => checkMergeable(value, table)).toThrow(
      expect.objectContaining({
        kind: "UserError",
        fields: { code: "BadResult" },
        message: expect.stringContaining(message),
      }),
    );
  });
});
