import { expect, test } from "vitest";
import { clipped, facts, someOf, table } from "../../src/cli/table.ts";

test("a table is aligned, numbers to the right, without trailing blanks", () => {
  const text = table(
    [{ heading: "query" }, { heading: "events", align: "right" }, { heading: "columns" }],
    [
      ["q1", "200,000", "MET_pt"],
      ["q10", "7", ""],
      ["η", "1"],
    ],
  );
  expect(text).toBe(
    [
      "query   events  columns",
      "─────  ───────  ───────",
      "q1     200,000  MET_pt",
      "q10          7",
      "η            1",
    ].join("\n"),
  );
});

test("facts align their values, also those of several lines", () => {
  expect(
    facts(
      [
        ["file", "a.parquet"],
        ["line", "m.ts:1:2\n  code"],
      ],
      "  ",
    ),
  ).toBe("  file  a.parquet\n  line  m.ts:1:2\n          code");
});

test("long lists say how much they leave out", () => {
  expect(someOf(["a", "b"], 2)).toBe("a, b");
  expect(someOf(["a", "b", "c"], 2)).toBe("a, b, … (3 in all)");
});

test("a line that is too long is cut between words", () => {
  expect(clipped("one two three", 13)).toBe("one two three");
  expect(clipped("one two three", 12)).toBe("one two …");
  expect(clipped("one two three", 5)).toBe("one …");
  for (let width = 4; width < 14; width++)
    expect(clipped("one two three", width).length).toBeLessThanOrEqual(width + 1);
});
