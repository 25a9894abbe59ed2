import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { expect } from "vitest";
import { toList } from "../../src/jagged/index.ts";
import { LumiData, LumiList, type LumiRanges, lumiMask } from "../../src/selection/index.ts";
import type { Operation, ToolsCase } from "./tools-oracle-operations.ts";
import { close } from "./tools-oracle-weights.ts";

const data = process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data");
/** Files are named from the folder above the data: `data/lumi/lumi_small.csv`. */
const read = (file: unknown): string => readFileSync(join(data, "lumi", basename(file as string)), "utf8");

type Pairs = readonly (readonly [number, number])[];
const columns = (pairs: Pairs): [number[], number[]] => [pairs.map(([run]) => run), pairs.map(([, lumi]) => lumi)];

/** Cases after the first only say which one has the text. */
const texts = new Map<string, string>();
function textOf(c: ToolsCase): string {
  if (c["csv"] === undefined) return read(c["file"]);
  const csv = c["csv"] as string;
  const other = /^as (\S+)$/.exec(csv)?.[1];
  if (other === undefined) texts.set(c.id, csv);
  return other === undefined ? csv : texts.get(other)!;
}

/** The sections of the first rows of a table. */
function firstRows(text: string, rows: number): Pairs {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.slice(0, rows).map((line) => {
    const [run, lumi] = line.split(",").map((cell) => Number(cell.split(":")[0]));
    return [run!, lumi!];
  });
}

export const lumi: Readonly<Record<string, Operation>> = {
  lumimask: (c) => {
    const certified = lumiMask(c["file"] === undefined ? (c["json"] as LumiRanges) : read(c["file"]));
    const [runs, lumis] = [c["runs"], c["lumis"]] as [number[], number[]];
    expect(toList(certified(runs, lumis))).toEqual(c["result"]);
    expect(runs.map((run, i) => certified(run, lumis[i]!))).toEqual(c["result"]);
  },
  lumidata: (c) => {
    const text = textOf(c);
    const pairs = (c["pairs"] as Pairs | undefined) ?? firstRows(text, c["rows"] as number);
    for (const sections of [pairs, new LumiList(...columns(pairs))]) {
      const { recorded, missing } = new LumiData(text).getLumi(sections);
      close([recorded], [c["result"]]);
      if (c["rows"] !== undefined) expect(missing).toEqual([]);
      if (c["result_inst"] !== undefined)
        close([new LumiData(text, { isInstLumi: true }).getLumi(sections).recorded], [c["result_inst"]]);
    }
  },
  lumilist: (c) => {
    const list = new LumiList(c["runs"] as number[], c["lumis"] as number[]);
    expect(list.pairs).toEqual(c["unique"]);
    // The reference repeats what both have and does not sort; the specification (section 10) wants each pair once.
    const sum = list.add(new LumiList(...columns(c["other"] as Pairs)));
    const unique = new Map((c["sum"] as Pairs).map((pair) => [String(pair), pair]));
    expect(sum.pairs).toEqual([...unique.values()].toSorted(([a, b], [x, y]) => a - x || b - y));
  },
};
