/** The operations of the oracle on cases of our own, which test/fixtures/make-tools.py had coffea answer. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ToolsCase, type ToolsInputs, toolsOperations } from "./tools-oracle-operations.ts";

const file = join(import.meta.dirname, "../fixtures/tools-cases.json");
const { cases, inputs } = JSON.parse(readFileSync(file, "utf8")) as { cases: ToolsCase[]; inputs: ToolsInputs };

test.each(cases.map((c) => [c.id, c] as const))("%s", (_, c) => {
  expect(toolsOperations).toHaveProperty([c.op]);
  toolsOperations[c.op]!(c, inputs);
});
