import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cortado, root } from "./spawn.ts";

// Inside the checkout, so that the compiler finds "cortado" by name.
mkdirSync(join(root, "out"), { recursive: true });
const folder = mkdtempSync(join(root, "out/types-test-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  expect((await cortado("generate", "datasets/adl.ts", "--events", "100", "--out", at("a.parquet"))).code).toBe(0);
});

function compile(file: string): { status: number | null; stdout: string } {
  const compilerOptions = { isolatedDeclarations: false, declaration: false };
  writeFileSync(
    at("tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions, include: [file] }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "--pretty", "false", "-p", folder], { cwd: root, encoding: "utf8" });
}

test("types on standard output or in a file; with them a misspelt column does not compile", async () => {
  const [printed, written] = await Promise.all([
    cortado("types", at("a.parquet")),
    cortado("types", at("a.parquet"), "--out", at("events.d.ts")),
  ]);
  expect([printed.code, written.code, written.stdout]).toEqual([0, 0, ""]);
  expect(printed.stdout).toBe(readFileSync(at("events.d.ts"), "utf8"));
  expect(printed.stdout).toContain(`from "cortado"`);
  const processor = (column: string): string => `import type { Events } from "./events.d.ts";
    export default (events: Events) => ({ n: events.filter((e) => e.Jet.any((j) => j.${column} > 30)).length });`;
  writeFileSync(at("right.ts"), processor("pt"));
  writeFileSync(at("wrong.ts"), processor("ptt"));
  const [right, wrong] = [compile("right.ts"), compile("wrong.ts")];
  expect(right.stdout).toBe("");
  expect(right.status).toBe(0);
  expect(wrong.stdout).toMatch(/wrong\.ts\(2,\d+\): error TS2(339|551): Property 'ptt'/);
  expect(wrong.stdout.match(/error TS/g)).toHaveLength(1);
});
