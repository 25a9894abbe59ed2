import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "cortado-reporter-"));

beforeAll(() => {
  mkdirSync(join(folder, "test"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), `{"type": "module"}`);
  const reporter = JSON.stringify(join(root, "scripts/test-reporter.ts"));
  writeFileSync(
    join(folder, "vitest.config.ts"),
    `export default { test: { include: ["test/**/*.test.ts"], reporters: [${reporter}], pool: "threads", maxWorkers: 1 } };`,
  );
  const files = {
    good: `import { test } from "vitest"; test("fine", () => {});`,
    bad: `import { expect, test } from "vitest"; test("wrong", () => expect({ a: 1 }).toEqual({ a: 2 }));
          test("with a cause", () => { throw new Error("outer", { cause: new Error("inner") }); });`,
    skips: `import { test } from "vitest"; test("needs data", (context) => context.skip("no folder ../shared"));`,
    import: `import "./not-there.ts"; import { test } from "vitest"; test("never", () => {});`,
    hook: `import { beforeAll, describe, test } from "vitest";
           describe("suite", () => { beforeAll(() => { throw new Error("hook broke"); }); test("inner", () => {}); });`,
    late: `import { test } from "vitest";
           test("rejects", () => { Promise.reject(new Error("nobody listened")); });`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "test", `${name}.test.ts`), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function vitest(...files: string[]): { status: number | null; lines: string[]; text: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", ...files.map((f) => `test/${f}.test.ts`)],
    { cwd: folder, encoding: "utf8" },
  );
  return { status, lines: stdout.trimEnd().split("\n"), text: `${stdout}\n${stderr}` };
}

test("a good run ends with the counts, alone on the last line, and 0", () => {
  const { status, lines, text } = vitest("good", "skips");
  expect(lines.at(-1)).toBe("1 passed, 0 failed, 1 skipped");
  expect(text).toContain("skipped: needs data (no folder ../shared)");
  expect(status).toBe(0);
});

test("everything that can break counts as a failure and is named", () => {
  const { status, lines, text } = vitest("good", "bad", "import", "hook", "late");
  expect(status).not.toBe(0);
  expect(text).toContain("FAILED test/bad.test.ts > wrong");
  expect(text).toMatch(/caused by Error: inner/);
  expect(text).toMatch(/FAILED test\/import\.test\.ts\n.*not-there\.ts/);
  expect(text).toMatch(/FAILED test\/hook\.test\.ts > suite\nError: hook broke/);
  expect(text).toMatch(/FAILED outside any test\nError: nobody listened/);
  expect(text).not.toContain("\x1b");
  expect(lines.at(-1)).toBe("2 passed, 5 failed, 1 skipped");
});
