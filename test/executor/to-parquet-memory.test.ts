import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { writeParquet } from "../../src/io/index.ts";
import { temporaryFolder } from "./sample.ts";

const folder = temporaryFolder();
const root = resolve(import.meta.dirname, "../..");
const [events, perEvent] = [50_000, 16];
const chunkBytes = 4 * events * perEvent;

/** Peak memory in bytes of a process that writes all columns of the same file `chunks` times, as one file. */
function peak(chunks: number, input: string): number {
  const script = `
    import { run } from ${JSON.stringify(join(root, "src/executor/index.ts"))};
    const datasets = Object.fromEntries(Array.from({ length: ${chunks} }, (_, i) => ["d" + i, [${JSON.stringify(input)}]]));
    const process_ = (events) => events.toParquet("all.parquet", ["Jet_pt"]);
    const { result } = await run(datasets, process_, { out: ${JSON.stringify(folder)} });
    console.log(JSON.stringify([result.events, process.resourceUsage().maxRSS * 1024]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  const [written, bytes] = JSON.parse(stdout) as [number, number];
  expect(written).toBe(chunks * events);
  return bytes;
}

test("the memory of a run that writes a file does not grow with the number of its chunks", async () => {
  const values = Float32Array.from({ length: events * perEvent }, (_, i) => i % 50);
  const offsets = Int32Array.from({ length: events + 1 }, (_, i) => i * perEvent);
  const content = { kind: "primitive", dtype: "float32", values, length: values.length } as const;
  const input = join(folder, "in.parquet");
  await writeParquet(input, { Jet_pt: { kind: "list", offsets, content, length: events } });
  const [few, many] = [peak(6, input), peak(48, input)];
  // 42 chunks more are 134 MB.
  expect(many - few).toBeLessThan(12 * chunkBytes);
}, 60_000);
