import type { EventLayout } from "../events/index.ts";
import type { ParquetFile, SchemaNode } from "../io/index.ts";

/** What a Parquet file holds, as plain data: what `cortado inspect --json` prints. */
export interface FileDescription {
  readonly file: string;
  readonly bytes: number;
  readonly events: number;
  /** The program that wrote it, in its own words. */
  readonly writer?: string;
  readonly rowGroups: readonly { readonly events: number; readonly bytes: number }[];
  readonly codecs: readonly string[];
  readonly encodings: readonly string[];
  /** Lists of objects: `Muon`. */
  readonly collections: Readonly<Record<string, GroupDescription>>;
  /** One object per event: `MET`. */
  readonly records: Readonly<Record<string, GroupDescription>>;
  /** One value per event. */
  readonly columns: Readonly<Record<string, ColumnDescription>>;
  /** Stored columns that no event shows: nested too deeply, or of a type that cannot be read. */
  readonly others: Readonly<Record<string, { readonly bytes: number }>>;
}

export interface GroupDescription {
  readonly bytes: number;
  /** Canonical name of the counter, if the file has one. */
  readonly counter?: string;
  readonly members: Readonly<Record<string, ColumnDescription>>;
}

export interface ColumnDescription {
  /** Canonical name: `Muon_pt`. */
  readonly column: string;
  /** Type of the values: `float32`. */
  readonly type: string;
  /** Lists around each value: 0 one value per event, 1 a list per event. */
  readonly depth: number;
  readonly nullable: boolean;
  /** Compressed bytes in the file. */
  readonly bytes: number;
  readonly title?: string;
}

/** Puts together footer and layout. Cost: columns times row groups. */
export function describeFile(file: ParquetFile, layout: EventLayout): FileDescription {
  const sizes = sizesByPath(file);
  const seen = new Set<string>();
  const describe = (column: string): ColumnDescription => {
    const { path, type, depth, nullable, title } = layout.columns[column]!;
    for (const key of keysUnder(path, sizes)) seen.add(key);
    return { column, type, depth, nullable, bytes: sizeOf(path, sizes), ...(title !== undefined && { title }) };
  };
  const group = (members: Readonly<Record<string, string>>, counter?: string): GroupDescription => {
    const stored = Object.entries(members).filter(([, column]) => layout.columns[column]!.computed === undefined);
    const described = mapValues(Object.fromEntries(stored), describe);
    const counted = counter === undefined || layout.columns[counter] === undefined ? 0 : describe(counter).bytes;
    const bytes = Object.values(described).reduce((sum, m) => sum + m.bytes, counted);
    return { bytes, ...(counter !== undefined && { counter }), members: described };
  };
  const collections = mapValues(layout.collections, ({ members, counter }) => group(members, counter));
  const records = mapValues(layout.records, (members) => group(members));
  const counters = new Set(Object.values(layout.collections).map((c) => c.counter));
  const single = Object.entries(layout.scalars).filter(([, column]) => !counters.has(column));
  const columns = mapValues(Object.fromEntries(single), describe);
  const chunks = file.rowGroups.flatMap((g) => g.chunks);
  return {
    file: file.name,
    bytes: file.size,
    events: file.rows,
    ...(file.createdBy !== undefined && { writer: file.createdBy }),
    rowGroups: file.rowGroups.map((g) => ({
      events: g.rows,
      bytes: g.chunks.reduce((sum, c) => sum + c.stop - c.start, 0),
    })),
    codecs: [...new Set(chunks.map((c) => c.codec))].sort(),
    encodings: [...new Set(chunks.flatMap((c) => c.encodings))].sort(),
    collections,
    records,
    columns,
    others: Object.fromEntries(
      [...sizes].filter(([key]) => !seen.has(key)).map(([key, bytes]) => [key.replaceAll("\0", "."), { bytes }]),
    ),
  };
}

/** Compressed bytes of each leaf over all row groups, by its path of names (joined by NUL), lists passed through. */
function sizesByPath(file: ParquetFile): Map<string, number> {
  const sizes = new Map<string, number>();
  const walk = (node: SchemaNode, path: readonly string[]): void => {
    if (node.kind === "record") for (const field of node.fields) walk(field, [...path, field.name]);
    else if (node.kind === "list") walk(node.element, path);
    else {
      const bytes = file.rowGroups.reduce((sum, g) => {
        const chunk = g.chunks[node.leaf]!;
        return sum + chunk.stop - chunk.start;
      }, 0);
      const key = path.join("\0");
      sizes.set(key, (sizes.get(key) ?? 0) + bytes);
    }
  };
  for (const node of file.schema) walk(node, [node.name]);
  return sizes;
}

function keysUnder(path: readonly string[], sizes: ReadonlyMap<string, number>): string[] {
  const key = path.join("\0");
  if (sizes.has(key)) return [key];
  return [...sizes.keys()].filter((k) => k.startsWith(`${key}\0`));
}

function sizeOf(path: readonly string[], sizes: ReadonlyMap<string, number>): number {
  return keysUnder(path, sizes).reduce((sum, key) => sum + sizes.get(key)!, 0);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
}
