import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type ToolsCase, type ToolsInputs, toolsOperations } from "./tools-oracle-operations.ts";

const folder = process.env["CORTADO_ORACLES"] ?? resolve(import.meta.dirname, "../../../shared/oracles");
const file = join(folder, "tools.json");

if (!existsSync(file)) test("tools.json", (context) => context.skip(`there is no ${file}`));
else
  describe("tools.json", () => {
    const { cases, inputs } = JSON.parse(readFileSync(file, "utf8")) as { cases: ToolsCase[]; inputs: ToolsInputs };

    test.each(cases.map((c) => [c.id, c] as const))("%s", (_, c) => {
      const operation = toolsOperations[c.op];
      if (operation === undefined) throw new Error(`tools.json has an operation that this test does not know: ${c.op}`);
      operation(c, inputs);
    });

    test("there are cases", () => expect(cases.length).toBeGreaterThan(0));
  });
