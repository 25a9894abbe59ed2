import { expect, test } from "vitest";
import { userLine } from "../../src/processor/index.ts";

const own = new URL("../../src/", import.meta.url).pathname;

function errorWith(frames: readonly string[]): Error {
  const error = new Error("message (with:1:2) at x");
  error.stack = `Error: ${error.message}\n${frames.map((f) => `    at ${f}`).join("\n")}`;
  return error;
}

test("the innermost frame that is neither cortado's nor Node's nor generated", () => {
  const generated = `Root.get pt (eval at makeClass (file://${own}events/cursor.ts:60:10), <anonymous>:11:63)`;
  const frames = [
    generated,
    `Store.unready (file://${own}events/store.ts:105:25)`,
    "Array.map (<anonymous>)",
    "new Promise (<anonymous>)",
    "node:internal/process/task_queues:104:5",
    "async file:///home/me/my%20analysis/met.ts?v=2:14:39",
    "file:///home/me/other.ts:1:1",
  ];
  expect(userLine(errorWith(frames))).toBe("/home/me/my analysis/met.ts:14:39");
  expect(userLine(errorWith(["P.process (/home/me/met.ts:3:5)"]))).toBe("/home/me/met.ts:3:5");
  expect(userLine(errorWith(frames.slice(0, 5)))).toBeUndefined();
  expect(userLine("thrown")).toBeUndefined();
});

test("a real error of this file", () => {
  expect(userLine(new Error("here"))).toMatch(/user-line\.test\.ts:\d+:\d+$/);
});
