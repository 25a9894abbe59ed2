import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fromUhi, toUhi } from "../../src/hist/index.ts";
import { type Outcome, type ReferenceCase, runCase } from "./reference-case.ts";

const folder = process.env["CORTADO_ORACLES"] ?? resolve(import.meta.dirname, "../../../shared/oracles");

function load(name: string): unknown {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

const oracle = load("hist.json") as { cases: ReferenceCase[] } | undefined;
if (oracle === undefined) test("hist.json", (context) => context.skip(`there is no ${join(folder, "hist.json")}`));
else
  describe("hist.json", () => {
    const outcomes: Outcome[] = [];
    test.each(oracle.cases.map((c) => [c.id, c] as const))("%s", (_, reference) => {
      outcomes.push(runCase(reference));
    });

    afterAll(() => {
      const ran = outcomes.filter((o) => o.ran).length;
      const ops = outcomes.reduce((sum, o) => sum + o.ops, 0);
      const left = Object.groupBy(
        outcomes.flatMap((o) => o.left),
        (reason) => reason,
      );
      const reasons = Object.entries(left).map(([reason, all]) => `${reason} ${all?.length}`);
      console.log(
        `hist.json: ${ran} of ${outcomes.length} cases and ${ops} operations compared; left: ${reasons.join(", ")}`,
      );
      if (outcomes.length === oracle.cases.length) expect(ran).toBeGreaterThan(0);
    });
  });

const exported = load("uhi-export.json") as { [name: string]: UhiExport } | undefined;
interface UhiExport {
  readonly axes: readonly { readonly type: string; readonly circular?: boolean; readonly writer_info?: object }[];
  readonly storage: { readonly type: string };
}

/** True for what this version reads, told from the file and not from names. */
function isSupported({ axes, storage }: UhiExport): boolean {
  const grows = (a: UhiExport["axes"][number]) => JSON.stringify(a.writer_info ?? {}).includes('"growth":true');
  return (
    (storage.type === "double" || storage.type === "weighted") &&
    axes.every((a) => a.type !== "boolean" && a.circular !== true && (a.type.startsWith("category") || !grows(a)))
  );
}

if (exported === undefined)
  test("uhi-export.json", (context) => context.skip(`there is no ${join(folder, "uhi-export.json")}`));
else
  describe("uhi-export.json", () => {
    test.each(Object.entries(exported))("%s", (name, json) => {
      if (!isSupported(json)) {
        expect(() => fromUhi(json, name)).toThrow(expect.objectContaining({ fields: { code: "UnsupportedType" } }));
        return;
      }
      const again = JSON.parse(JSON.stringify(toUhi(fromUhi(json, name))));
      expect(again.storage).toEqual(json.storage);
      again.axes.forEach((axis: object, i: number) => {
        expect(json.axes[i]).toMatchObject(axis);
      });
    });

    test("some of the file is read", () => {
      const read = Object.entries(exported).filter(([, json]) => isSupported(json));
      console.log(
        `uhi-export.json: ${read.length} of ${Object.keys(exported).length} histograms read and written again`,
      );
      expect(read.length).toBeGreaterThan(0);
    });
  });
