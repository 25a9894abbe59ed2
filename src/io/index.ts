export { fromNpz, type NpzHist, type NpzOptions, type NpzValue, toNpz } from "../numpy/index.ts";
export type { ByteSource } from "./byte-source.ts";
export type { KnownOffsets } from "./collection-offsets.ts";
export { type CountingSource, countingSource } from "./counting-source.ts";
export { toCsv } from "./csv.ts";
export type { ColumnPath, Field, FieldType } from "./field.ts";
export { openFile } from "./file-source.ts";
export { openParquet } from "./footer.ts";
export { memorySource } from "./memory-source.ts";
export type { Chunk, Leaf, LeafValue, ParquetFile, Physical, RowGroup, SchemaNode } from "./parquet-file.ts";
export {
  type ByteRange,
  type ColumnRequest,
  type PlannedChunk,
  type PlannedGroup,
  planColumns,
  type ReadPlan,
} from "./plan.ts";
export { type ReadOptions, type ReadResult, readColumns } from "./read-columns.ts";
export { fieldAt } from "./select.ts";
export {
  type Columns,
  openWriter,
  type ParquetWriter,
  type WriteOptions,
  type Written,
  writeParquet,
} from "./write.ts";
export type { WriteCodec } from "./write-codec.ts";
export { type EventGenerator, type GenerateOptions, generateFile } from "./write-generated.ts";
export { fieldsOf } from "./write-schema.ts";
export { type ByteSink, fileSink, memorySink } from "./write-sink.ts";
