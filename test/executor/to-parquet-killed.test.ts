/** What a run leaves that is killed while it writes a file: its name says so, nothing takes it for data, later runs go on beside it. */
import { spawnSync } from "node:child_process";
import { globSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import { run } from "../../src/executor/index.ts";
import { writeParquet } from "../../src/io/index.ts";
import { fixture, temporaryFolder } from "./sample.ts";

const folder = temporaryFolder();
const out = join(folder, "out");
const input = join(folder, "in.parquet");
const index = resolve(import.meta.dirname, "../../src/executor/index.ts");

beforeAll(async () => {
  const [events] = generate({ events: 3000, seed: 7 });
  await writeParquet(input, events!);
  await run(input, fixture("dimuon-rows"), { out });
  writeFileSync(join(out, "dimuons.parquet"), "older");
});

/** Runs the processor in a process that kills itself as soon as `seen`, of the names in the folder `out`, is true; gives what it left. */
function killed(seen: string): string[] {
  const before = readdirSync(out);
  const script = `
    import { readdirSync } from "node:fs";
    import { run } from ${JSON.stringify(index)};
    const out = ${JSON.stringify(out)};
    const begun = new Set(readdirSync(out));
    setInterval(() => {
      const names = readdirSync(out, { recursive: true }).filter((name) => !begun.has(name.split("/")[0]));
      if (${seen}) process.kill(process.pid, "SIGKILL");
    });
    await run(${JSON.stringify(input)}, new URL(${JSON.stringify(fixture("dimuon-rows").href)}), { out, chunkSize: 50 });
    process.exit(0);`;
  const { signal, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect([signal, stderr]).toEqual(["SIGKILL", ""]);
  return readdirSync(out).filter((name) => !before.includes(name));
}

const folderOfParts = /^\.cortado-\d{8}T\d{6}-[0-9a-f]{12}$/;

test("killed while chunks run, it leaves a folder of parts; while the file is put together, what there is of it as well", async () => {
  const [parts, ...more] = killed(`names.filter((name) => name.endsWith(".part")).length > 3`);
  expect(more).toEqual([]);
  expect(parts).toMatch(folderOfParts);
  const [second, file, ...others] = killed(`names.some((name) => name.startsWith("dimuons.parquet."))`).sort();
  expect(others).toEqual([]);
  expect(second).toMatch(folderOfParts);
  expect(file).toBe(`dimuons.parquet${second}.part`);
  const left = readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
  expect(left.filter((name) => !name.endsWith(".part"))).toEqual([parts, second, "dimuons.parquet"].sort());
  expect(readFileSync(join(out, "dimuons.parquet"), "utf8")).toBe("older");

  const { report } = await run(input, fixture("dimuon-rows"), { out, chunkSize: 50 });
  expect(report.outputs).toMatchObject([{ state: "written" }]);
  expect(readdirSync(out, { recursive: true, encoding: "utf8" }).sort()).toEqual(left);
  expect(globSync(`${out}/**/*.parquet`)).toEqual([join(out, "dimuons.parquet")]);
  const again = await run(out, (events: { length: number }) => ({ n: events.length }));
  expect(again.report.outputs).toBeUndefined();
  expect(again.result).toEqual({ n: (report.outputs![0] as { events: number }).events });
});
