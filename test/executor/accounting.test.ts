import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAccounting } from "../../src/executor/accounting.ts";
import type { Range } from "../../src/executor/index.ts";

const range = (start: number, stop: number, filename = "a"): Range => ({ dataset: "x", filename, start, stop });
const lost = (r: Range): { range: Range; attempts: number; error: { name: string; message: string } } => ({
  range: r,
  attempts: 1,
  error: { name: "Error", message: "" },
});
const nothing = { completed: [], skipped: [], failed: [], pending: [] };
const planned = [range(0, 10), range(10, 20), range(0, 0, "empty"), range(0, 5, "b")];

test("every planned event in one list, whole or cut, adds up", () => {
  checkAccounting([], nothing);
  checkAccounting(planned, {
    completed: [range(0, 5, "b"), range(10, 15), range(0, 0, "empty")],
    failed: [lost(range(15, 20))],
    skipped: [{ ...lost(range(0, 3)), entries: 3 }],
    pending: [range(3, 10)],
  });
});

test.each([
  ["an event is missing", [range(0, 9), range(10, 20), range(0, 0, "empty"), range(0, 5, "b")]],
  ["an event is there twice", [range(0, 11), range(10, 20), range(0, 0, "empty"), range(0, 5, "b")]],
  ["a range is there twice", [...planned, range(0, 10)]],
  ["an empty range is missing", [range(0, 10), range(10, 20), range(0, 5, "b")]],
  ["an empty range is there twice", [...planned, range(0, 0, "empty")]],
  ["a file was not asked for", [...planned, range(0, 5, "c")]],
  ["a range crosses the plan's", [range(0, 20), range(0, 0, "empty"), range(0, 5, "b")]],
])("%s", (_, completed) => {
  expect(() => checkAccounting(planned, { ...nothing, completed })).toThrow(
    expect.objectContaining({ kind: "InternalError", fields: expect.objectContaining({ code: "Accounting" }) }),
  );
});

test("any way to cut and deal out a file adds up, and leaving one piece out never does", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 8 }), fc.nat(), (cuts, pick) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), 100];
      const pieces = edges.slice(1).map((stop, i) => range(edges[i]!, stop));
      const dealt = {
        ...nothing,
        completed: pieces.filter((_, i) => i % 2 === 0),
        pending: pieces.filter((_, i) => i % 2),
      };
      checkAccounting([range(0, 100)], dealt);
      const without = pieces.filter((_, i) => i !== pick % pieces.length);
      expect(() => checkAccounting([range(0, 100)], { ...nothing, completed: without })).toThrow(/do not add up/);
    }),
  );
});
