import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ReferenceCase, runCase } from "./reference-case.ts";

/** Made by test/fixtures/make-hist.py with Python's hist. */
const file = join(import.meta.dirname, "../fixtures/hist-cases.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: ReferenceCase[] };

test.each(cases.map((c) => [c.id, c] as const))("%s is what Python's hist has", (_, reference) => {
  expect(runCase(reference)).toBeGreaterThan(reference.ops?.length ?? 0);
});
