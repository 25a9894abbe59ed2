import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cortado } from "./spawn.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-generate-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const generate = (...args: string[]) => cortado("generate", ...args);

test("the same seed gives the same bytes, another seed others; an old file is kept unless --force", async () => {
  const [one, same, other] = await Promise.all([
    generate("datasets/adl.ts", "--events", "300", "--out", at("one.parquet")),
    generate("datasets/adl.ts", "--events", "300", "--seed", "1", "--out", at("same.parquet")),
    generate("datasets/adl.ts", "--events", "300", "--seed", "2", "--out", at("other.parquet")),
  ]);
  expect([one.code, same.code, other.code]).toEqual([0, 0, 0]);
  expect(one.stdout).toMatch(/one\.parquet: 300 events, [\d.]+ kB, [\d.]+ s\n$/);
  expect(one.stderr).not.toContain("\x1b");
  const read = (name: string): string => readFileSync(at(name)).toString("latin1");
  expect(read("same.parquet")).toBe(read("one.parquet"));
  expect(read("other.parquet")).not.toBe(read("one.parquet"));
  const again = await generate("datasets/adl.ts", "--events", "300", "--seed", "2", "--out", at("one.parquet"));
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(/one\.parquet exists; --force replaces it/);
  expect(read("same.parquet")).toBe(read("one.parquet"));
  const forced = await generate(
    "datasets/adl.ts",
    "--events",
    "300",
    "--seed",
    "2",
    "--out",
    at("one.parquet"),
    "--force",
  );
  expect(forced.code).toBe(0);
  expect(read("other.parquet")).toBe(read("one.parquet"));
  expect(readdirSync(folder).filter((n) => n.endsWith(".part"))).toEqual([]);
});

test("what is missing or wrong is 2, and leaves nothing behind", async () => {
  writeFileSync(at("none.ts"), "export const events = 1;");
  writeFileSync(at("broken.ts"), "export default 1 +;");
  const out = ["--out", at("x.parquet")];
  const cases: [string[], RegExp][] = [
    [["datasets/adl.ts", ...out], /how many events\?/],
    [["datasets/adl.ts", "--events", "3"], /where to\?/],
    [["datasets/adll.ts", "--events", "3", ...out], /there is no generator datasets\/adll\.ts\. Nearest: adl\.ts/],
    [[at("none.ts"), "--events", "3", ...out], /has no generator: its default export/],
    [[at("broken.ts"), "--events", "3", ...out], /cannot be loaded/],
    [["datasets/adl.ts", "--events", "3", "--out", at("gone/x.parquet")], /there is no folder/],
  ];
  for (const [args, says] of cases) {
    const { code, stderr, stdout } = await generate(...args);
    expect(stderr).toMatch(says);
    expect([code, stdout]).toEqual([2, ""]);
  }
  expect(existsSync(at("x.parquet"))).toBe(false);
});

test("a generator that throws half way is 1 and leaves nothing; one outside the checkout may import cortado", async () => {
  writeFileSync(
    at("half.ts"),
    `import { fromList } from "cortado/jagged";
     export default function* ({ events }: { events: number }) {
       yield { x: fromList([1, 2, 3], "float64") };
       if (events > 3) throw new Error("no more");
     }`,
  );
  const whole = await generate(at("half.ts"), "--events", "3", "--out", at("three.parquet"));
  expect([whole.stderr.match(/^cortado:.*/m)?.[0], whole.code]).toEqual([undefined, 0]);
  const half = await generate(at("half.ts"), "--events", "4", "--out", at("four.parquet"));
  expect(half.code).toBe(1);
  expect(half.stderr).toMatch(/no more/);
  expect(readdirSync(folder).filter((n) => n.startsWith("four"))).toEqual([]);
});
