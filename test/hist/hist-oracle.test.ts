import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fromUhi, toUhi } from "../../src/hist/index.ts";
import { type ReferenceCase, runCase } from "./reference-case.ts";
import { close } from "./reference-state.ts";

const folder = process.env["CORTADO_ORACLES"] ?? resolve(import.meta.dirname, "../../../shared/oracles");

function load(name: string): unknown {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

const oracle = load("hist.json") as { cases: ReferenceCase[] } | undefined;
if (oracle === undefined) test("hist.json", (context) => context.skip(`there is no ${join(folder, "hist.json")}`));
else
  describe("hist.json", () => {
    let compared = 0;
    test.each(oracle.cases.map((c) => [c.id, c] as const))("%s", (_, reference) => {
      compared += runCase(reference);
    });

    afterAll(() => console.log(`hist.json: ${compared} states, operations and limits compared`));
  });

const exported = load("uhi-export.json") as { [name: string]: UhiExport } | undefined;
interface UhiExport {
  readonly axes: readonly object[];
  readonly storage: { readonly type: string; readonly [array: string]: unknown };
}

if (exported === undefined)
  test("uhi-export.json", (context) => context.skip(`there is no ${join(folder, "uhi-export.json")}`));
else
  describe("uhi-export.json", () => {
    test.each(Object.entries(exported))("%s is read and written back equal", (name, json) => {
      const again = JSON.parse(JSON.stringify(toUhi(fromUhi(json, name)))) as UhiExport;
      expect(again.axes).toEqual(json.axes);
      const { type, ...arrays } = json.storage;
      expect(again.storage.type).toBe(type);
      for (const [array, cells] of Object.entries(arrays))
        close(flat(again.storage[array]), cells, type.endsWith("mean"));
    });
  });

const flat = (nested: unknown): number[] => [nested].flat(9) as number[];
