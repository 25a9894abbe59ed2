import { type ColumnChunk, type FileMetaData, parquetMetadata, type RowGroup as RawRowGroup } from "hyparquet";
import { CortadoError, type ErrorFields } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { DecodeFailure } from "./decode-failure.ts";
import type { Chunk, Leaf, ParquetFile, RowGroup } from "./parquet-file.ts";
import { fieldOf, schemaTree } from "./schema-tree.ts";

/**
 * Reads the footer of a Parquet file: its last eight bytes, then exactly the footer.
 * Throws `FormatError` (`NotParquet`, `TruncatedFile`, `EncryptedFile`, `CorruptFooter`) with the file's name.
 * Cost: two reads, about 10 µs for each column of each row group.
 */
export async function openParquet(source: ByteSource): Promise<ParquetFile> {
  const bytes = await footerBytes(source);
  try {
    return parquetFile(source, parquetMetadata(bytes, { geoparquet: false }));
  } catch (cause) {
    const code = cause instanceof DecodeFailure ? cause.code : "CorruptFooter";
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure(source, code, `its footer cannot be read: ${reason}`, cause);
  }
}

function failure(
  source: ByteSource,
  code: ErrorFields["FormatError"]["code"],
  reason: string,
  cause?: unknown,
): CortadoError {
  return new CortadoError(
    "FormatError",
    `${source.name}: ${reason}`,
    { code, file: source.name },
    cause === undefined ? undefined : { cause },
  );
}

const tail = 8;
const leadingMagic = 4;

async function footerBytes(source: ByteSource): Promise<Uint8Array> {
  const size = source.byteLength;
  if (size < tail + leadingMagic)
    throw failure(source, "NotParquet", `not a Parquet file (no footer): it has ${size} bytes`);
  const end = await source.read(size - tail, size);
  const magic = String.fromCharCode(...end.subarray(4, 8));
  if (magic === "PARE") throw failure(source, "EncryptedFile", "encrypted Parquet files cannot be read");
  if (magic !== "PAR1") {
    const head = String.fromCharCode(...(await source.read(0, leadingMagic)));
    if (head === "PAR1")
      throw failure(source, "TruncatedFile", "not a whole Parquet file (no footer): it begins like one and is cut off");
    throw failure(source, "NotParquet", "not a Parquet file (no footer)");
  }
  const length = new DataView(end.buffer, end.byteOffset, tail).getUint32(0, true);
  if (length === 0) throw failure(source, "CorruptFooter", "its footer has no bytes");
  if (length > size - tail - leadingMagic)
    throw failure(source, "TruncatedFile", `its footer of ${length} bytes does not fit into the file of ${size} bytes`);
  return source.read(size - tail - length, size);
}

function parquetFile(source: ByteSource, metadata: FileMetaData): ParquetFile {
  const { nodes, leaves } = schemaTree(metadata.schema);
  const rowGroups: RowGroup[] = [];
  let firstRow = 0;
  for (const raw of metadata.row_groups) {
    const rows = count(raw.num_rows, "rows of a row group");
    rowGroups.push({ firstRow, rows, chunks: chunksOf(raw, rows, leaves, rowGroups.length) });
    firstRow += rows;
  }
  const rows = count(metadata.num_rows, "rows");
  if (rows !== firstRow) throw corrupt(`it claims ${rows} rows, its row groups have ${firstRow}`);
  return {
    name: source.name,
    size: source.byteLength,
    rows,
    ...(metadata.created_by !== undefined && { createdBy: metadata.created_by }),
    keyValues: (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""] as const),
    rowGroups,
    fields: nodes.map((node) => fieldOf(node, leaves)),
    leaves,
    schema: nodes,
  };
}

function chunksOf(raw: RawRowGroup, rows: number, leaves: readonly Leaf[], group: number): Chunk[] {
  if (raw.columns.length !== leaves.length)
    throw corrupt(`row group ${group} has ${raw.columns.length} column chunks, the schema ${leaves.length}`);
  return raw.columns.map((column, i) => chunkOf(column, rows, leaves[i]!, group));
}

function chunkOf(column: ColumnChunk, rows: number, leaf: Leaf, group: number): Chunk {
  const where = `column ${leaf.path.join(".")} of row group ${group}`;
  const encrypted = (column as { crypto_metadata?: unknown }).crypto_metadata !== undefined;
  const meta = column.meta_data;
  if (meta === undefined) {
    if (!encrypted) throw corrupt(`${where} has no metadata`);
    return { start: 0, stop: 0, codec: "", values: 0, uncompressed: 0, encodings: [], encrypted };
  }
  const stored = meta.path_in_schema;
  if (stored.length !== leaf.path.length || stored.some((name, i) => name !== leaf.path[i]))
    throw corrupt(`${where} is stored as ${stored.join(".")}`);
  if (meta.type !== leaf.physical) throw corrupt(`${where} has type ${meta.type}, the schema ${leaf.physical}`);
  const values = count(meta.num_values, `values of ${where}`);
  if (leaf.maxRepetition === 0 ? values !== rows : values < rows)
    throw corrupt(`${where} has ${values} values, the row group ${rows} rows`);
  const data = count(meta.data_page_offset, `offset of ${where}`);
  const dictionary = meta.dictionary_page_offset === undefined ? 0 : Number(meta.dictionary_page_offset);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  return {
    start,
    stop: start + count(meta.total_compressed_size, `bytes of ${where}`),
    codec: String(meta.codec),
    values,
    uncompressed: Number(meta.total_uncompressed_size),
    encodings: meta.encodings.map(String),
    encrypted,
  };
}

function count(value: bigint | number, what: string): number {
  if (value < 0 || value > Number.MAX_SAFE_INTEGER) throw corrupt(`${value} ${what}`);
  return Number(value);
}

function corrupt(message: string): DecodeFailure {
  return new DecodeFailure("CorruptFooter", message);
}
