import { expect, test } from "vitest";
import { columnAccumulator } from "../../src/accumulator/index.ts";
import { howToGoOn, runSummary, sparkline } from "../../src/cli/summary.ts";
import { axis, Hist } from "../../src/hist/index.ts";
import { PackedSelection } from "../../src/selection/index.ts";
import { range, runResult } from "./run-result.ts";

test("a complete run: what was done, what was read, every value", () => {
  const met = Hist.of(axis.regular(8, 0, 80, { name: "met", label: "MET [GeV]" })).fill({ met: [1, 1, 1, 1, 55, 99] });
  const result = {
    met,
    cutflow: { all: 1234567, kept: 0.25 },
    sets: new Set([1, 2]),
    list: ["x"],
    text: "yes",
    none: null,
  };
  expect(runSummary(runResult(result)).split("\n")).toEqual([
    "complete  100 events in 1 chunk of 1 file, 0.5 s (200/s, 2 workers)",
    "read      1.23 kB in 1 column: MET_pt",
    "",
    "result",
    "  met           █    ▂    6 entries, 0 to 80 MET [GeV]",
    "  cutflow.all   1,234,567",
    "  cutflow.kept  0.25",
    "  sets          set of 2",
    "  list          list of 1",
    "  text          yes",
    "  none          null",
  ]);
});

test("histograms filled with weights that are no numbers are told", () => {
  const met = Hist.of(axis.regular(2, 0, 2, { name: "met" })).fill({
    met: [0, 1, 1],
    weight: [1, Number.NaN, Infinity],
  });
  expect(runSummary(runResult({ deep: { met } }))).toContain(
    "deep.met: 2 weights not finite, nor the bins filled with them",
  );
  expect(runSummary(runResult({ met: Hist.of(axis.regular(1, 0, 1)) }))).not.toContain("not finite");
});

test("cuts are tables, a column says how long it is", () => {
  const cutflow = new PackedSelection().add("met", [true, false]).cutflow("met");
  const lines = runSummary(runResult({ cutflow, met: columnAccumulator(Float64Array.of(1, 2, 3)) })).split("\n");
  expect(lines.slice(4)).toEqual([
    "  cutflow  cut      events alone  events  of previous  of initial",
    "           ───────  ────────────  ──────  ───────────  ──────────",
    "           initial             2       2                  100.0 %",
    "           met                 1       1       50.0 %      50.0 %",
    "  met      column of 3",
  ]);
});

test("what was lost is named, neighbouring pending ranges together", () => {
  const error = { name: "FormatError", kind: "FormatError" as const, message: "not a Parquet file\nsecond line" };
  const { report } = runResult(1);
  const text = runSummary(
    runResult(undefined, {
      status: "cancelled",
      report: {
        ...report,
        skipped: [{ range: range(0, 0, "b.parquet"), attempts: 3, error, entries: 0 }],
        pending: [range(0, 10), range(10, 20), range(30, 40), range(0, 5, "c.parquet")],
        outputs: [{ file: "/far/muons.parquet", state: "not written" }],
      },
    }),
  );
  expect(text).toContain("skipped data: b.parquet, events 0 to 0 after 3 attempts: FormatError: not a Parquet file\n");
  expect(text).toContain(
    "pending: 35 events\n  data: a.parquet, events 0 to 20\n  data: a.parquet, events 30 to 40\n  data: c.parquet, events 0 to 5",
  );
  expect(text).toContain("not written /far/muons.parquet: the run is cancelled");
  expect(text).not.toContain("result\n");
  expect(howToGoOn(runResult(1))).toMatch(/^interrupted: what 100 events gave is above/);
});

test("many values are cut, with their number", () => {
  const text = runSummary(runResult(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, i]))));
  expect(text).toMatch(/k39 {2}39\n {2}… and 10 more values$/);
});

test("a line of blocks", () => {
  expect(sparkline([0, 1, 8, 4], 4)).toBe(" ▁█▄");
  expect(sparkline([0.5, 0.5, 8, 8], 2)).toBe("▁█");
  expect(sparkline([0, 0], 2)).toBe("  ");
  expect(sparkline([-1, 2], 2)).toBe(" █");
  expect(
    [
      ...sparkline(
        Array.from({ length: 1000 }, () => 1),
        40,
      ),
    ].length,
  ).toBeLessThanOrEqual(40);
});
