import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Columns, type Field, openFile, openParquet, readColumns } from "../../src/io/index.ts";

export interface Opened {
  readonly fields: readonly Field[];
  readonly columns: Columns;
  readonly rowGroups: readonly number[];
}

/** A whole Parquet file. */
export async function opened(path: string): Promise<Opened> {
  const source = await openFile(path);
  const file = await openParquet(source);
  const { columns } = await readColumns(
    source,
    file,
    file.fields.map(({ name }) => ({ path: [name] })),
    0,
    file.rows,
  );
  await source.close();
  return {
    fields: file.fields,
    columns: Object.fromEntries(file.fields.map(({ name }, i) => [name, columns[i] as never])),
    rowGroups: file.rowGroups.map((group) => group.rows),
  };
}

export const columnsOf = async (path: string): Promise<Columns> => (await opened(path)).columns;

/** What each of pyarrow, awkward and DuckDB finds in a file; its column `event` as strings. */
export function readInPython(python: string, path: string): Readonly<Record<string, Record<string, unknown[]>>> {
  const script = join(import.meta.dirname, "to-parquet-read.py");
  const { stdout, stderr } = spawnSync(python, [script, path], { encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr);
  const readers = JSON.parse(stdout) as Record<string, Record<string, unknown[]>>;
  if (Object.keys(readers).join() !== "pyarrow,awkward,duckdb") throw new Error(`not all readers: ${stdout}`);
  return readers;
}
