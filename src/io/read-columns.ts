import { CortadoError, isCortadoError } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { assemble } from "./assemble.ts";
import type { ByteSource } from "./byte-source.ts";
import { collectionOffsets, type KnownOffsets } from "./collection-offsets.ts";
import { DecodeFailure } from "./decode-failure.ts";
import { type Check, type LeafData, PieceFailure } from "./leaf-data.ts";
import { decodeLeaf } from "./leaf-decoder.ts";
import type { ParquetFile, SchemaNode } from "./parquet-file.ts";
import { type ByteRange, type ColumnRequest, planLeaves, type ReadPlan } from "./plan.ts";
import { leafName, selectNode } from "./select.ts";

export interface ReadOptions {
  /** Offsets of collections (by group) read earlier for the same events: verified against and reused. */
  readonly known?: ReadonlyMap<string, KnownOffsets>;
}

export interface ReadResult {
  /** For each request, in its order, the column or what is wrong with it. */
  readonly columns: readonly (Column | Error)[];
  /** Bytes fetched. */
  readonly bytesRead: number;
  /** The same by request; bytes that several requests need are counted with the first. */
  readonly bytesByRequest: readonly number[];
  /** Bytes of the pages that were decoded, when uncompressed. */
  readonly bytesDecoded: number;
  readonly readSeconds: number;
  readonly decodeSeconds: number;
  /** Stored columns that were read, dotted as in the file: `Muon.list.element.pt`. */
  readonly buffers: readonly string[];
}

/**
 * Reads columns for the events `start` to `stop` of a file: plan, fetch, decode. Only the bytes of the columns asked for
 * are fetched. Requests with the same `group` share one offsets array; a column whose lists differ from those of the
 * columns before it is a `FormatError` with code `CorruptOffsets` naming both and the first event. Errors belong to
 * their column and do not spoil the others. Throws only `UsageError` for a range that the file does not have.
 */
export async function readColumns(
  source: ByteSource,
  file: ParquetFile,
  requests: readonly ColumnRequest[],
  start: number,
  stop: number,
  options: ReadOptions = {},
): Promise<ReadResult> {
  const selected = requests.map((request) => attempt(() => selectNode(file, request.path)));
  const uses = leafUses(file, requests, selected, { start, stop });
  const readable = [...uses.keys()].filter((leaf) => uses.get(leaf)!.error === undefined);
  const plan = planLeaves(file, readable, start, stop);

  const readStart = performance.now();
  const fetched = await fetchRanges(source, plan.ranges);
  const decodeStart = performance.now();

  const decoded = new Map<number, LeafData | Error>();
  const alike = new Map<string, LeafData>();
  let bytesDecoded = 0;
  for (const [leaf, use] of uses) {
    const data = use.error ?? attempt(() => decode(file, plan, fetched, leaf, use, alike.get(use.lists)));
    decoded.set(leaf, data);
    if (data instanceof Error) continue;
    bytesDecoded += data.bytesDecoded;
    if (!alike.has(use.lists)) alike.set(use.lists, data);
  }
  const columns = selected.map((node) =>
    node instanceof Error ? node : attempt(() => columnOf(file, node, decoded, start, stop - start)),
  );
  return {
    columns: collectionOffsets(file.name, start, requests, columns, options.known),
    bytesRead: plan.bytes,
    bytesByRequest: requests.map((_, i) => bytesOf(plan, uses, i)),
    bytesDecoded,
    readSeconds: (decodeStart - readStart) / 1000,
    decodeSeconds: (performance.now() - decodeStart) / 1000,
    buffers: readable.map((leaf) => leafName(file, leaf)),
  };
}

function attempt<T>(action: () => T): T | Error {
  try {
    return action();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What is needed of one stored column. */
interface LeafUse {
  readonly slotAt: readonly number[];
  readonly checks: Check[];
  /** Leaves with the same name here probably have the same levels. */
  readonly lists: string;
  /** The first request that needs it. */
  readonly request: number;
  readonly error: Error | undefined;
}

function leafUses(
  file: ParquetFile,
  requests: readonly ColumnRequest[],
  selected: readonly (SchemaNode | Error)[],
  range: ByteRange,
): Map<number, LeafUse> {
  const uses = new Map<number, LeafUse>();
  const visit = (node: SchemaNode, slotAt: readonly number[], above: readonly Check[], request: number): void => {
    const depth = slotAt.length - 1;
    const own = { depth, presentAt: node.presentAt };
    const checks = node.presentAt > slotAt[depth]! ? [...above, own] : above;
    if (node.kind === "list") visit(node.element, [...slotAt, node.elementAt], checks, request);
    if (node.kind === "record") for (const field of node.fields) visit(field, slotAt, checks, request);
    if (node.kind !== "leaf") return;
    const use = uses.get(node.leaf);
    const more = checks.filter(
      (check) => !use?.checks.some((c) => c.depth === check.depth && c.presentAt === check.presentAt),
    );
    if (use !== undefined) use.checks.push(...more);
    else {
      const lists = requests[request]!.group ?? `\0${file.leaves[node.leaf]!.list ?? ""}`;
      uses.set(node.leaf, { slotAt, checks: more, lists, request, error: refusal(file, node.leaf, range) });
    }
  };
  for (const [request, node] of selected.entries()) if (!(node instanceof Error)) visit(node, [0], [], request);
  return uses;
}

/** Why a stored column cannot be fetched for these events, if it cannot. */
function refusal(file: ParquetFile, leaf: number, range: ByteRange): Error | undefined {
  for (const [rowGroup, group] of file.rowGroups.entries()) {
    if (Math.max(group.firstRow, range.start) >= Math.min(group.firstRow + group.rows, range.stop)) continue;
    const { start, stop, encrypted } = group.chunks[leaf]!;
    const column = leafName(file, leaf);
    const fields = { file: file.name, column, rowGroup, offset: start };
    const where = `${file.name}: column ${column}, row group ${rowGroup}`;
    if (encrypted)
      return new CortadoError("FormatError", `${where}: encrypted columns cannot be read`, {
        code: "EncryptedFile",
        ...fields,
      });
    if (start < 4 || stop < start || stop > file.size)
      return new CortadoError(
        "FormatError",
        `${where}: its bytes ${start} to ${stop} are not in the file of ${file.size} bytes`,
        { code: "TruncatedFile", ...fields },
      );
  }
  return undefined;
}

type Fetched = ReadonlyMap<ByteRange, Uint8Array | Error>;

async function fetchRanges(source: ByteSource, ranges: readonly ByteRange[]): Promise<Fetched> {
  const fetched = new Map<ByteRange, Uint8Array | Error>();
  for (const range of ranges) {
    try {
      fetched.set(range, await source.read(range.start, range.stop));
    } catch (error) {
      fetched.set(range, error instanceof Error ? error : new Error(String(error)));
    }
  }
  return fetched;
}

function chunkBytes(fetched: Fetched, chunk: ByteRange): Uint8Array {
  if (chunk.start === chunk.stop) return new Uint8Array(0);
  for (const [range, bytes] of fetched) {
    if (chunk.start < range.start || chunk.stop > range.stop) continue;
    if (bytes instanceof Error) throw bytes;
    return bytes.subarray(chunk.start - range.start, chunk.stop - range.start);
  }
  throw new CortadoError("InternalError", `bytes ${chunk.start} to ${chunk.stop} were not planned`, {
    code: "Accounting",
  });
}

function decode(
  file: ParquetFile,
  plan: ReadPlan,
  fetched: Fetched,
  leaf: number,
  use: LeafUse,
  like: LeafData | undefined,
): LeafData {
  const pieces = plan.rowGroups.map((group) => {
    const chunk = file.rowGroups[group.index]!.chunks[leaf]!;
    const bytes = chunkBytes(fetched, chunk);
    const { start, stop, index } = group;
    return { chunk, bytes, start, stop, rows: file.rowGroups[index]!.rows, rowGroup: index };
  });
  try {
    return decodeLeaf(file.leaves[leaf]!, pieces, use.slotAt, use.checks, like);
  } catch (error) {
    throw placed(file, leaf, error);
  }
}

/** A failure of the decoder as a `FormatError` that says where. */
function placed(file: ParquetFile, leaf: number, error: unknown): Error {
  const piece = error instanceof PieceFailure ? error : undefined;
  const cause = piece?.cause ?? error;
  if (isCortadoError(cause)) return cause;
  const column = leafName(file, leaf);
  const reason = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof DecodeFailure ? cause.code : "CorruptPage";
  const parts = [`column ${column}`];
  if (piece !== undefined) parts.push(`row group ${piece.rowGroup}`);
  if (piece?.page !== undefined) parts.push(`page ${piece.page}`);
  if (piece !== undefined) parts.push(`byte ${piece.offset}`);
  const writer = code.startsWith("Unsupported") ? ` (written by ${file.createdBy ?? "an unknown program"})` : "";
  return new CortadoError(
    "FormatError",
    `${file.name}: ${parts.join(", ")}: ${reason}${writer}`,
    {
      code,
      file: file.name,
      column,
      ...(piece !== undefined && { rowGroup: piece.rowGroup, offset: piece.offset }),
      ...(piece?.page !== undefined && { page: piece.page }),
    },
    { cause },
  );
}

function columnOf(
  file: ParquetFile,
  node: SchemaNode,
  decoded: ReadonlyMap<number, LeafData | Error>,
  start: number,
  rows: number,
): Column {
  const data = (leaf: number): LeafData => {
    const found = decoded.get(leaf)!;
    if (found instanceof Error) throw found;
    return found;
  };
  return assemble(node, data, rows, ({ leaf, other, row }) => {
    const [one, two] = [leafName(file, leaf), leafName(file, other)];
    throw new CortadoError(
      "FormatError",
      `${file.name}: the lists of ${one} and ${two} have different lengths, first in event ${start + row}`,
      { code: "CorruptOffsets", file: file.name, column: one, start: start + row },
    );
  });
}

function bytesOf(plan: ReadPlan, uses: ReadonlyMap<number, LeafUse>, request: number): number {
  let bytes = 0;
  for (const group of plan.rowGroups)
    for (const chunk of group.chunks) if (uses.get(chunk.leaf)!.request === request) bytes += chunk.stop - chunk.start;
  return bytes;
}
