/**
 * Runs the examples of docs/: the `ts` blocks of a page are one module, in order; what a block prints stands in the `text` block
 * after it. A block that begins with `// name.ts` is a file for the others, a `sh` block holds cortado commands, which run first;
 * `python` blocks run last, as one script, where Python and what they import is there.
 * `npx vitest run test/docs -u` writes what is printed into the pages.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../scripts/setup-python.ts";

const root = resolve(import.meta.dirname, "..");
const pages = globSync("docs/*.md", { cwd: root }).sort();
const separator = "--- next example ---";
let folder: string;

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page; everything between them is left alone. */
function blocksOf(page: string): Block[] {
  const markdown = readFileSync(join(root, page), "utf8");
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((m) => ({ language: m[1]!, text: m[2]! }));
}

const fileName = (block: Block): string | undefined => /^\/\/ ([\w.-]+\.ts)\n/.exec(block.text)?.[1];

function inFolder(command: string, args: readonly string[]): { stdout: string; stderr: string; code: number | null } {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 60_000 });
  return { stdout, stderr, code: status };
}

/** Runs one line of a `sh` block, `npx cortado … [> file]`, and gives what it prints. */
function runLine(line: string): string {
  const found = /^npx cortado (.*?)(?: > (\S+))?$/.exec(line);
  if (found === null) throw new Error(`only cortado commands can be tested, not ${line}`);
  const words = found[1]!.split(" ").map((word) => (existsSync(join(root, word)) ? join(root, word) : word));
  const { stdout, stderr, code } = inFolder(process.execPath, [join(root, "bin/cortado.js"), ...words]);
  if (code !== 0) throw new Error(`${line}: exit code ${code}\n${stderr}`);
  if (found[2] === undefined) return stdout;
  writeFileSync(join(folder, found[2]), stdout);
  return "";
}

const ran = new Map<string, Map<number, string>>();

/** What the blocks of a page print, by their position. A page is run once. */
function run(page: string): Map<number, string> {
  const known = ran.get(page);
  if (known !== undefined) return known;
  const printed = new Map<number, string>();
  ran.set(page, printed);
  const blocks = blocksOf(page);
  for (const block of blocks)
    if (fileName(block) !== undefined) writeFileSync(join(folder, fileName(block)!), block.text);
  for (const [b, block] of blocks.entries())
    if (block.language === "sh") printed.set(b, block.text.trim().split("\n").map(runLine).join(""));
  const examples = [...blocks.entries()].filter(([, b]) => b.language === "ts" && fileName(b) === undefined);
  if (examples.length === 0) return printed;
  const module = `${basename(page, ".md")}.example.ts`;
  writeFileSync(
    join(folder, module),
    `${examples.map(([, block]) => block.text).join(`console.log(${JSON.stringify(separator)});\n`)}export {};\n`,
  );
  const { stdout, stderr, code } = inFolder(process.execPath, [module]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  for (const [e, text] of stdout.split(`${separator}\n`).entries()) printed.set(examples[e]![0], text);
  return printed;
}

beforeAll(() => {
  mkdirSync(join(root, "out"), { recursive: true });
  folder = mkdtempSync(join(root, "out", "docs-"));
  run("docs/index.md");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(pages)("the examples of %s print what stands beside them", async (page) => {
  const printed = run(page);
  const blocks = blocksOf(page);
  for (const [b, text] of printed)
    if (blocks[b]!.language === "ts" && blocks[b + 1]?.language !== "text")
      expect([blocks[b]!.text, text]).toEqual([blocks[b]!.text, ""]);
  let b = 0;
  const told = readFileSync(join(root, page), "utf8").replace(/^```(\w*)\n([\s\S]*?)^```$/gm, (block, language) => {
    const output = language === "text" ? printed.get(b - 1) : undefined;
    b++;
    return output === undefined ? block : `\`\`\`text\n${output}\`\`\``;
  });
  await expect(told).toMatchFileSnapshot(join(root, page));
});

const python = pythonInterpreter();
for (const page of pages.filter((p) => blocksOf(p).some(({ language }) => language === "python")))
  test(`the Python of ${page} runs after its other examples`, (context) => {
    if (python === undefined) return context.skip(noPython);
    run(page);
    const script = blocksOf(page).filter(({ language }) => language === "python");
    const { stderr, code } = inFolder(python, ["-c", script.map(({ text }) => text).join("\n")]);
    const lacking = /^ModuleNotFoundError: .*/m.exec(stderr)?.[0];
    if (lacking !== undefined) return context.skip(lacking);
    expect([stderr, code]).toEqual(["", 0]);
  });

test("the examples have types", () => {
  for (const page of pages) run(page);
  const compilerOptions = { noEmit: true, noUnusedLocals: false };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, include: ["*.ts"], exclude: [] }),
  );
  const { stdout } = inFolder(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."]);
  // Errors in cortado itself are those of `npm run check`.
  expect(stdout.split("\n").filter((line) => /^[\w.-]+\.ts\(/.test(line))).toEqual([]);
});

test("every block is tested, and every link leads somewhere", () => {
  expect(pages).toContain("docs/index.md");
  for (const page of pages) {
    const blocks = blocksOf(page);
    for (const [b, { language }] of blocks.entries()) {
      expect(["ts", "sh", "python", "text"]).toContain(language);
      if (language === "text") expect(["ts", "sh"]).toContain(blocks[b - 1]?.language);
    }
    for (const [, target] of readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https:)([^)#]+)[^)]*\)/g))
      expect([target, existsSync(join(root, "docs", target!))]).toEqual([target, true]);
    if (page !== "docs/index.md")
      expect(readFileSync(join(root, "docs/index.md"), "utf8")).toContain(`](${basename(page)})`);
  }
});
