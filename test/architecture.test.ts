import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const src = join(root, "src");

/** layer of each folder or file of src/, from the table in ARCHITECTURE.md */
function layers(): Map<string, number> {
  const table = /```\n(0 {2}errors[\s\S]*?)```/.exec(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"))?.[1];
  if (table === undefined) throw new Error("ARCHITECTURE.md has no layer table");
  const found = new Map<string, number>();
  for (const line of table.trim().split("\n")) {
    const [layer, ...names] = line.trim().split(/\s+/);
    for (const name of names) found.set(name.replace(/\.ts$/, ""), Number(layer));
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".ts"))
    .map((f) => join(folder, f));
}

function imports(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((m) => m[1]!);
}

const place = (file: string): string => relative(src, file).split(/[\\/]/)[0]!.replace(/\.ts$/, "");

const forbidden = [/^hyparquet\/src\//];

function violations(file: string, text: string): string[] {
  const table = layers();
  const own = place(file);
  const wrong: string[] = [];
  if (!table.has(own)) wrong.push(`${own} is not in the table of ARCHITECTURE.md`);
  if (/\bparquetRead\w*|\bparquetQuery\b|\bparquetScan\b/.test(text))
    wrong.push(`${file} uses hyparquet's row assembly`);
  for (const name of imports(text)) {
    if (forbidden.some((f) => f.test(name))) wrong.push(`${file} imports ${name}`);
    if (name === "cortado" || name.startsWith("cortado/")) wrong.push(`${file} imports the package by its name`);
    if (!name.startsWith(".")) continue;
    const target = place(resolve(dirname(file), name));
    if (target !== own && !((table.get(target) ?? Infinity) < (table.get(own) ?? -1)))
      wrong.push(`${relative(src, file)} (${own}) imports ${target}`);
  }
  return wrong;
}

test("every import points to its own folder or to a lower layer", () => {
  const files = sources(src);
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((f) => violations(f, readFileSync(f, "utf8")))).toEqual([]);
});

test("a planted violation is found", () => {
  const file = join(src, "hist", "planted.ts");
  expect(violations(file, `import { x } from "../events/index.ts";`)).toEqual([
    "hist/planted.ts (hist) imports events",
  ]);
  expect(violations(file, `import { x } from "../io/index.ts";`)).toEqual(["hist/planted.ts (hist) imports io"]);
  expect(violations(file, `import { x } from "hyparquet/src/plan.js";`)).toHaveLength(1);
  expect(violations(file, `import { parquetReadObjects } from "hyparquet";`)).toHaveLength(1);
  expect(violations(file, `import { x } from "../jagged/index.ts";`)).toEqual([]);
});

test("everything outside src imports the package by its name", () => {
  for (const folder of ["processors", "datasets", "bench"])
    for (const file of sources(join(root, folder)))
      for (const name of imports(readFileSync(file, "utf8")))
        expect(`${relative(root, file)} imports ${name}`).not.toMatch(/\.\.\/src\//);
});
