import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cortado, root } from "./spawn.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map((m) => m[1]!);
const folder = mkdtempSync(join(tmpdir(), "cortado-readme-"));
const sample = "../shared/data/adl/Run2012B_SingleMu-1000.parquet";
const file = join(folder, "Run2012B_SingleMu-1000.parquet");

beforeAll(async () => {
  expect((await cortado("generate", "datasets/adl.ts", "--events", "1000", "--out", file)).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the two commands stand alone in their blocks and name scripts that exist", () => {
  const npm = blocks("sh").filter((b) => b.startsWith("npm"));
  expect(npm).toEqual(["npm ci && npm start\n", "npm ci && npm test\n"]);
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts["start"]).toBe("node scripts/adl.ts");
  expect(scripts["test"]).toMatch(/vitest run$/);
});

test("the processor of the README is the one in the tree", () => {
  const examples = blocks("ts");
  expect(examples.length).toBeGreaterThan(0);
  for (const text of examples) {
    const [first, ...rest] = text.split("\n");
    expect(first).toMatch(/^\/\/ processors\//);
    expect(rest.join("\n")).toBe(readFileSync(join(root, first!.slice(3)), "utf8"));
  }
});

test("every cortado command of the README works", async () => {
  const lines = blocks("sh").flatMap((b) => b.split("\n").filter((l) => l.startsWith("npx cortado ")));
  expect(lines.length).toBe(4);
  for (const line of lines) {
    const [command] = line.slice("npx cortado ".length).split(" > ");
    const words = command!
      .split(" ")
      .map((w) => w.replaceAll('"', ""))
      .map((w) => (w === sample ? file : w.startsWith("out/") ? join(folder, w) : w));
    const { code, stdout, stderr } = await cortado(...words);
    expect(stderr).not.toMatch(/^cortado:/m);
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(100);
  }
  for (const name of ["report.html", "result.json", "report.json", "dimuon.svg", "dimuon.png"])
    expect(existsSync(join(folder, "out/dimuon", name))).toBe(true);
});

test("other blocks, and files it links to, do not escape these tests", () => {
  expect(
    readme
      .match(/^```\w*$/gm)
      ?.filter((f) => f !== "```")
      .every((f) => f === "```sh" || f === "```ts"),
  ).toBe(true);
  for (const [, target] of readme.matchAll(/\]\((?!https:)([^)]+)\)/g))
    expect(existsSync(join(root, target!))).toBe(true);
});
