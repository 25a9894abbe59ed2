/** docs/names.md has every name of the oracles, and only names that exist. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import * as jagged from "../src/jagged/index.ts";
import * as vector from "../src/vector/columns.ts";

const root = resolve(import.meta.dirname, "..");
const oracles = process.env["CORTADO_ORACLES"] ?? join(root, "../shared/oracles");

/** The code in the two columns of the table under a heading. */
function table(heading: string): readonly [string[], string[]] {
  const page = readFileSync(join(root, "docs/names.md"), "utf8");
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`))!;
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  const code = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1]!);
  return [1, 2].map((c) => rows.flatMap((row) => code(row.split(" | ")[c - 1]!))) as [string[], string[]];
}

const families = [
  ["jagged", "awkward", jagged],
  ["vector", "vector", vector],
] as const;

test.each(families)("every name beside those of %s exists", (_, heading, exports) => {
  const ours = table(heading)[1].map((code) => /^(\w+)(?:\(|$)/.exec(code)?.[1]);
  const names = ours.filter((name) => name !== undefined);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) expect(Object.keys(exports)).toContain(name);
});

for (const [family, heading] of families) {
  const file = join(oracles, `${family}.json`);
  test.skipIf(!existsSync(file))(
    `every operation of ${family}.json is in the table${existsSync(file) ? "" : ` [skipped: ${file} is missing]`}`,
    () => {
      const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: { op: string }[] };
      const ops = [...new Set(cases.map(({ op }) => op))];
      expect(ops.length).toBeGreaterThan(20);
      expect(ops.filter((op) => !table(heading)[0].includes(op))).toEqual([]);
    },
  );
}
