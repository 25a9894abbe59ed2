import { expect, test } from "vitest";
import { checkOptions } from "../../src/processor/index.ts";

test("a JSON object is taken as it is", () => {
  const options = { ptMin: 30, names: ["a", null, true], deep: { x: -0.5 } };
  expect(checkOptions(options)).toBe(options);
});

const circle: Record<string, unknown> = {};
circle["self"] = { circle };

test.each([
  [null, "not null"],
  [[1], "not a list"],
  ["{}", "not the string {}"],
  [{ a: { b: [undefined] } }, "option a.b.0 is undefined"],
  [{ f: () => 1 }, "option f is a function"],
  [{ n: Infinity }, "option n is the number Infinity"],
  [{ n: 3n }, "option n is the bigint 3"],
  [{ d: new Date() }, "option d is an instance of Date"],
  [circle, "option self.circle contains itself"],
])("%o is refused", (options, message) => {
  expect(() => checkOptions(options)).toThrow(
    expect.objectContaining({ kind: "UsageError", message: expect.stringContaining(message) }),
  );
});
