/** Reading columns beside pyarrow with one thread: the same files, in the page cache, opened anew each time. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { type Columns, openFile, openParquet, readColumns, type WriteCodec, writeParquet } from "cortado/io";
import type { Column } from "cortado/jagged";
import { random } from "../datasets/random.ts";
import type { Peer } from "./peer.ts";
import { rounds, speedup, summary, text } from "./rounds.ts";

const events = 524_288;
const rowGroup = 131_072;
const cases = [
  { name: "3 scalar", columns: ["MET_pt", "MET_phi", "PV_npvs"] },
  { name: "5 jagged", columns: ["Jet_pt", "Jet_eta", "Jet_phi", "Jet_mass", "Jet_btag"] },
] as const;
const codecs = ["snappy", "zstd"] as const satisfies WriteCodec[];

/** A row of the table: what is read, millions of events a second on both sides, and their ratio. */
export type ReadRow = { readonly [heading: string]: string };

export async function benchRead(folder: string, peer: Peer | undefined): Promise<ReadRow[]> {
  const table: ReadRow[] = [];
  for (const codec of codecs) {
    const path = join(folder, `events-${codec}.parquet`);
    if (peer === undefined) await writeOwn(path, codec);
    else await peer.ask({ write: path, codec, events });
    for (const { name, columns } of cases) {
      if (peer !== undefined) await checkSame(path, columns, peer);
      const {
        seconds: [ours, theirs],
      } = await rounds([
        () => readAll(path, columns),
        peer && (async () => (await peer.ask<{ seconds: number }>({ read: path, columns, sums: false })).seconds),
      ]);
      const rate = (seconds: readonly number[]): string => text(summary(seconds.map((s) => events / s / 1e6)), 1);
      table.push({
        read: `${name}, ${codec} + dictionary`,
        "file MB": (statSync(path).size / 1e6).toFixed(1),
        "cortado M events/s": rate(ours!),
        "pyarrow M events/s": theirs === undefined ? "not measured" : rate(theirs),
        "cortado / pyarrow": theirs === undefined ? "not measured" : text(speedup(ours!, theirs)),
      });
    }
  }
  return table;
}

/** Reads the columns row group by row group, as a run does, and returns the seconds. */
async function readAll(path: string, names: readonly string[], use?: (columns: Column[]) => void): Promise<number> {
  const begin = performance.now();
  const source = await openFile(path);
  const file = await openParquet(source);
  const requests = names.map((name) => ({ path: [name], ...(name.startsWith("Jet_") && { group: "Jet" }) }));
  for (let start = 0; start < file.rows; start += rowGroup) {
    const { columns } = await readColumns(source, file, requests, start, Math.min(start + rowGroup, file.rows));
    for (const column of columns) if (column instanceof Error) throw column;
    use?.(columns as Column[]);
  }
  await source.close();
  return (performance.now() - begin) / 1000;
}

/** Throws unless both sides read the same number of values with the same sums. */
async function checkSame(path: string, columns: readonly string[], peer: Peer): Promise<void> {
  const theirs = await peer.ask<{ sums: number[]; counts: number[] }>({ read: path, columns, sums: true });
  const sums = columns.map(() => 0);
  const counts = columns.map(() => 0);
  await readAll(path, columns, (read) => {
    for (const [c, column] of read.entries()) {
      const flat = column.kind === "list" ? column.content : column;
      if (flat.kind !== "primitive") throw new Error("numbers were written");
      for (const value of flat.values) sums[c]! += Number(value);
      counts[c]! += flat.length;
    }
  });
  for (const [c, name] of columns.entries())
    if (counts[c] !== theirs.counts[c] || Math.abs(sums[c]! - theirs.sums[c]!) > 1e-9 * counts[c]! * 1000)
      throw new Error(
        `${name} differs: ${counts[c]} values with sum ${sums[c]}, pyarrow ${theirs.counts[c]}, ${theirs.sums[c]}`,
      );
}

/** The same kind of file, where there is no pyarrow to write it. */
async function writeOwn(path: string, codec: WriteCodec): Promise<void> {
  const source = random(20240901, 0);
  const offsets = new Int32Array(events + 1);
  for (let i = 0; i < events; i++) offsets[i + 1] = offsets[i]! + source.poisson(4.5);
  const floats = (length: number, draw: () => number): Column => {
    const values = Float32Array.from({ length }, draw);
    const bits = new Int32Array(values.buffer);
    for (let i = 0; i < length; i++) bits[i]! &= ~0x1fff;
    return { kind: "primitive", dtype: "float32", length, values };
  };
  const lists = (draw: () => number): Column => ({
    kind: "list",
    length: events,
    offsets,
    content: floats(offsets[events]!, draw),
  });
  const angle = (): number => Math.PI * (2 * source.uniform() - 1);
  const vertices = Int32Array.from({ length: events }, () => source.poisson(15));
  const columns: Columns = {
    MET_pt: floats(events, () => 30 * source.exponential()),
    MET_phi: floats(events, angle),
    PV_npvs: { kind: "primitive", dtype: "int32", length: events, values: vertices },
    Jet_pt: lists(() => 15 + 25 * source.exponential()),
    Jet_eta: lists(() => 1.8 * source.normal()),
    Jet_phi: lists(angle),
    Jet_mass: lists(() => 8 * source.exponential()),
    Jet_btag: lists(() => source.uniform()),
  };
  await writeParquet(path, columns, { codec, rowGroupRows: rowGroup });
}
