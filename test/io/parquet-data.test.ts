import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ColumnPath, openFile, openParquet, type ParquetFile, readColumns } from "../../src/io/index.ts";
import type { Column, PrimitiveColumn } from "../../src/jagged/index.ts";
import { rejection } from "./fixture.ts";
import { checkColumn, exactText, plainValues } from "./plain-values.ts";
import { data } from "./shared.ts";

const folders = ["adl", "cms-nanoaod", "atlas-4lep"].map((name) => join(data, name)).filter((name) => existsSync(name));
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".parquet"))
    .map((name) => join(folder, name)),
);

async function withFile<T>(path: string, use: (file: ParquetFile, read: Reader) => Promise<T>): Promise<T> {
  const source = await openFile(path);
  try {
    const file = await openParquet(source);
    const read: Reader = async (paths, start = 0, stop = file.rows) => {
      const { columns } = await readColumns(
        source,
        file,
        paths.map((path) => ({ path })),
        start,
        stop,
      );
      return columns.map((column) => {
        if (column instanceof Error) throw column;
        checkColumn(column, stop - start);
        return column;
      });
    };
    return await use(file, read);
  } finally {
    await source.close();
  }
}

type Reader = (paths: readonly ColumnPath[], start?: number, stop?: number) => Promise<Column[]>;

const tops = (file: ParquetFile): ColumnPath[] => file.fields.map((field) => [field.name]);

describe.skipIf(files.length === 0)("real files", () => {
  for (const path of files.filter((name) => !name.includes("malformed")))
    test(`${path.slice(data.length + 1)} reads whole, and in chunks of 7 to the same values`, async () => {
      await withFile(path, async (file, read) => {
        const paths = tops(file).slice(0, 120);
        const whole = (await read(tops(file))).slice(0, 120).map(plainValues);
        for (let start = 0; start < Math.min(file.rows, 70); start += 7) {
          const stop = Math.min(file.rows, start + 7);
          const part = await read(paths, start, stop);
          for (const [i, column] of part.entries())
            expect(exactText(plainValues(column))).toBe(exactText(whole[i]!.slice(start, stop)));
        }
      });
    });

  const [flat, nested] = ["", "-restructured"].map((n) => join(data, "adl", `Run2012B_SingleMu${n}-1000.parquet`)) as [
    string,
    string,
  ];
  test.skipIf(!existsSync(flat) || !existsSync(nested))(
    "both layouts of the ADL file hold the same events",
    async () => {
      const one = await withFile(flat, async (file, read) => {
        const columns = await read(tops(file));
        return new Map(columns.map((column, i) => [file.fields[i]!.name, column]));
      });
      const two = await withFile(nested, async (file, read) => {
        const paths = file.fields.flatMap((field) => {
          const record = field.type.kind === "list" ? field.type.element.type : field.type;
          return record.kind === "record" ? record.fields.map((member) => [field.name, member.name]) : [[field.name]];
        });
        const columns = await read(paths);
        return new Map(columns.map((column, i) => [paths[i]!.join("_"), column]));
      });
      const counters = [...one.keys()].filter((name) => !two.has(name));
      expect(counters.every((name) => /^n[A-Z]/.test(name))).toBe(true);
      expect([...two.keys()].filter((name) => !one.has(name))).toEqual([]);
      expect(two.size).toBeGreaterThan(50);
      let compared = 0;
      for (const [name, column] of two) {
        const other = one.get(name)!;
        expect(exactText(plainValues(column)), name).toBe(exactText(plainValues(other)));
        // no nulls: every level is OPTIONAL in one file, and nothing is missing
        expect(column.validity).toBeUndefined();
        compared++;
      }
      expect(compared).toBe(two.size);
      for (const counter of counters) {
        const member = [...two].find(([name, c]) => name.startsWith(`${counter.slice(1)}_`) && c.kind === "list")?.[1];
        if (member?.kind !== "list") continue;
        const counts = (one.get(counter) as PrimitiveColumn).values;
        for (let i = 0; i < member.length; i++)
          expect(Number(counts[i])).toBe(member.offsets[i + 1]! - member.offsets[i]!);
      }
    },
  );

  const pair = ["nano_dy", "nano_dy.extensionarray"].map((name) => join(data, "cms-nanoaod", `${name}.parquet`));
  test.skipIf(!pair.every((path) => existsSync(path)))("two writers of the same NanoAOD events agree", async () => {
    const [one, two] = await Promise.all(
      pair.map((path) =>
        withFile(path, async (file, read) => {
          const columns = await read(tops(file));
          return new Map(columns.map((column, i) => [file.fields[i]!.name, exactText(plainValues(column))]));
        }),
      ),
    );
    expect(one!.size).toBe(1499);
    expect([...one!.keys()].sort()).toEqual([...two!.keys()].sort());
    expect([...one!].filter(([name, text]) => two!.get(name) !== text).map(([name]) => name)).toEqual([]);
  });

  const malformed = files.filter((name) => name.includes("malformed"));
  test.skipIf(malformed.length === 0)("a malformed file is refused", async () => {
    for (const path of malformed) {
      const error = await rejection(withFile(path, async () => undefined));
      expect(error).toMatchObject({ kind: "FormatError", fields: { file: path } });
      expect((error as Error).message).toContain("no footer");
    }
  });
});

if (files.length === 0) test("real files", (context) => context.skip(`no Parquet files under ${data}`));
