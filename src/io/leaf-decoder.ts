import { validityOf } from "./bitmap.ts";
import { ChunkDictionary } from "./chunk-dictionary.ts";
import { corruptPage, DecodeFailure } from "./decode-failure.ts";
import { type Check, type LeafData, type LeafPiece, type LevelPage, PieceFailure } from "./leaf-data.ts";
import { addLevels, type LevelBytes, type LevelState } from "./levels.ts";
import { dataParts, type Page, PageFailure, type PageParts, pagesOf } from "./pages.ts";
import type { Leaf } from "./parquet-file.ts";
import { allocate, columnOf, fillOf, rebase, type Sink, spread } from "./sink.ts";
import { decodeValues, sinkOf } from "./values.ts";

/**
 * Decodes one stored column. `slotAt` are the definition levels from which slots of each depth exist. If `like` is
 * given and the pages have the very same levels (of one list level), its offsets are reused (the same arrays) and no level is decoded.
 * Throws `PieceFailure`. Cost: proportional to the pages that hold the wanted rows.
 */
export function decodeLeaf(
  leaf: Leaf,
  pieces: readonly LeafPiece[],
  slotAt: readonly number[],
  checks: readonly Check[],
  like?: LeafData,
): LeafData {
  const signature = JSON.stringify([slotAt, leaf.maxDefinition, checks, pieces.map((p) => [p.start, p.stop])]);
  const scanned = pieces.map((piece) => ({ ...piece, pages: scan(piece) }));
  const pairs = scanned.flatMap((piece) => piece.pages).reduce((sum, page) => sum + pairsOf(page), 0);
  if (pairs >= 2 ** 31 - 1)
    throw new DecodeFailure("ColumnTooLarge", `${pairs} values in one chunk: use smaller chunks`);
  if (like !== undefined && leaf.maxRepetition === 1 && like.levels.signature === signature) {
    const decoder = new LeafDecoder(leaf, scanned, signature, pairs, like.levels.state, like.levels.pages);
    if (decoder.run()) return { ...decoder.data(), offsets: like.offsets };
  }
  const state = newState(leaf, pieces, slotAt, checks, pairs);
  const decoder = new LeafDecoder(leaf, scanned, signature, pairs, state);
  decoder.run();
  return decoder.data();
}

interface ScannedPiece extends LeafPiece {
  readonly pages: readonly Page[];
}

function scan(piece: LeafPiece): Page[] {
  try {
    return pagesOf(piece.bytes, piece.chunk);
  } catch (cause) {
    throw pieceFailure(piece, cause);
  }
}

function pieceFailure(piece: LeafPiece, cause: unknown): PieceFailure {
  if (cause instanceof PieceFailure) return cause;
  const page = cause instanceof PageFailure ? cause : undefined;
  return new PieceFailure(piece.rowGroup, page?.page, piece.chunk.start + (page?.offset ?? 0), page?.cause ?? cause);
}

const pairsOf = (page: Page): number => (page.header.kind === "dictionary" ? 0 : page.header.values);

function newState(
  leaf: Leaf,
  pieces: readonly LeafPiece[],
  slotAt: readonly number[],
  checks: readonly Check[],
  pairs: number,
): LevelState {
  const rows = Math.min(
    pairs,
    pieces.reduce((sum, piece) => sum + piece.rows, 0),
  );
  const offsets: Int32Array[] = [];
  for (let depth = 1; depth <= leaf.maxRepetition; depth++)
    offsets.push(new Int32Array(allocate(4 * ((depth === 1 ? rows : pairs) + 1))));
  return {
    maxRepetition: leaf.maxRepetition,
    maxDefinition: leaf.maxDefinition,
    slotAt,
    offsets,
    counts: new Array(leaf.maxRepetition + 1).fill(0),
    checks: checks.map((check) => ({ ...check, missing: { bits: undefined, capacity: pairs } })),
  };
}

class LeafDecoder {
  private readonly leaf: Leaf;
  private readonly pieces: readonly ScannedPiece[];
  private readonly signature: string;
  private readonly state: LevelState;
  /** The pages of another column whose levels must be the same; absent if levels are decoded. */
  private readonly expected: readonly LevelPage[] | undefined;
  private readonly pages: LevelPage[] = [];
  private readonly sink: Sink;
  private readonly counts: number[];
  /** Rows of the first piece that are not among the decoded ones. */
  private dropped = 0;
  private bytesDecoded = 0;

  constructor(
    leaf: Leaf,
    pieces: readonly ScannedPiece[],
    signature: string,
    pairs: number,
    state: LevelState,
    expected?: readonly LevelPage[],
  ) {
    this.leaf = leaf;
    this.pieces = pieces;
    this.signature = signature;
    this.state = state;
    this.expected = expected;
    this.counts = expected === undefined ? state.counts : state.counts.map(() => 0);
    this.sink = sinkOf(leaf, pairs);
  }

  /** Decodes all pieces; false if the levels are not the expected ones. */
  run(): boolean {
    for (const [i, piece] of this.pieces.entries()) {
      try {
        if (!this.piece(piece, i === 0)) return false;
      } catch (cause) {
        throw pieceFailure(piece, cause);
      }
    }
    return this.expected === undefined || this.pages.length === this.expected.length;
  }

  private piece(piece: ScannedPiece, first: boolean): boolean {
    const { leaf, counts } = this;
    const dictionary = new ChunkDictionary(leaf, piece);
    const rowsBefore = counts[0]!;
    /** Rows of the row group up to the page. */
    let row = 0;
    for (const page of piece.pages) {
      if (page.header.kind === "dictionary") {
        dictionary.add(page);
        continue;
      }
      const known = leaf.maxRepetition === 0 ? page.header.values : page.header.rows;
      if (known !== undefined && row + known <= piece.start && first && counts[0] === 0) {
        row += known;
        this.dropped = row;
        continue;
      }
      if (known !== undefined ? row >= piece.stop : row > piece.stop) return true;
      try {
        const rows = this.page(page, piece, dictionary, row === 0, (more) => first && row + more <= piece.start);
        if (rows === undefined) return false;
        if (known !== undefined && rows !== known) throw corruptPage(`it has ${rows} rows, its header says ${known}`);
        row += rows;
        if (row > piece.rows) throw corruptPage(`more rows than the ${piece.rows} of the row group`);
        if (row <= piece.start && first) {
          counts.fill(0);
          for (const check of this.state.checks) if (!this.expected) check.missing.bits = undefined;
          this.dropped = row;
        }
      } catch (cause) {
        throw cause instanceof PageFailure ? cause : new PageFailure(page.number, page.start, cause);
      }
    }
    const rows = (first ? this.dropped : 0) + counts[0]! - rowsBefore;
    if (rows !== piece.rows) throw corruptPage(`its pages have ${rows} rows, the row group ${piece.rows}`);
    return true;
  }

  /**
   * Decodes a page and returns its rows; undefined if its levels are not the expected ones. Values are decoded unless
   * all rows so far come before the wanted ones.
   */
  private page(
    page: Page,
    piece: LeafPiece,
    dictionary: ChunkDictionary,
    begins: boolean,
    skips: (rows: number) => boolean,
  ): number | undefined {
    const { leaf, counts } = this;
    const { encoding } = page.header;
    const parts = dataParts(piece.bytes, page, leaf, piece.chunk.codec);
    this.bytesDecoded += page.header.uncompressed;
    const before = [...counts];
    const levels = this.levels(parts, page.header.values);
    if (levels === undefined) return undefined;
    if (begins && this.expected === undefined && levels.pairs > 0) this.checkBeginning(before);
    if (skips(levels.rows)) return levels.rows;
    const slot = before[leaf.maxRepetition]!;
    const indexed = levels.present > 0 && (encoding === "RLE_DICTIONARY" || encoding === "PLAIN_DICTIONARY");
    const values = indexed ? dictionary.current() : undefined;
    decodeValues(leaf, encoding, parts.values, levels.present, values, this.sink, slot);
    if (levels.present < levels.slots) this.spread(slot, levels);
    return levels.rows;
  }

  /** The first pair of a column chunk must begin a row. */
  private checkBeginning(before: readonly number[]): void {
    for (const [i, offsets] of this.state.offsets.entries())
      if (before[i] !== this.counts[i] ? offsets[before[i]!] !== before[i + 1] : i === 0)
        throw corruptPage("the column chunk begins in the middle of a row");
  }

  private levels(parts: PageParts, pairs: number): LevelPage | undefined {
    const { counts, state } = this;
    const depth = this.leaf.maxRepetition;
    const repetition = bytesOf(parts.repetition);
    const definition = bytesOf(parts.definition);
    if (this.expected !== undefined) {
      const page = this.expected[this.pages.length];
      if (page === undefined || page.pairs !== pairs || !equal(page.repetition, repetition)) return undefined;
      if (!equal(page.definition, definition)) return undefined;
      counts[0]! += page.rows;
      if (depth > 0) counts[depth]! += page.slots;
      this.pages.push(page);
      return page;
    }
    const rows = counts[0]!;
    const slots = counts[depth]!;
    const present = addLevels(state, parts.repetition, parts.definition, pairs);
    const page = {
      repetition: depth === 1 ? repetition.slice() : repetition.subarray(0, 0),
      definition: depth === 1 ? definition.slice() : definition.subarray(0, 0),
      pairs,
      rows: counts[0]! - rows,
      slots: counts[depth]! - slots,
      present,
    };
    this.pages.push(page);
    return page;
  }

  private spread(at: number, levels: LevelPage): void {
    const { leaf, state } = this;
    const check = state.checks.find((c) => c.depth === leaf.maxRepetition && c.presentAt === leaf.maxDefinition);
    if (check === undefined) throw corruptPage("values are missing where none may be");
    const dtype = "dtype" in leaf.value ? leaf.value.dtype : undefined;
    spread(this.sink, at, levels.slots, levels.present, check.missing, fillOf(dtype));
  }

  data(): LeafData {
    const { leaf, state, pieces } = this;
    const counts = state.counts;
    const wanted = pieces.reduce((sum, piece) => sum + piece.stop - piece.start, 0);
    const from = [(pieces[0]?.start ?? 0) - this.dropped];
    const to = [from[0]! + wanted];
    const offsets: Int32Array[] = [];
    for (let depth = 1; depth <= leaf.maxRepetition; depth++) {
      const all = state.offsets[depth - 1]!;
      all[counts[depth - 1]!] = counts[depth]!;
      offsets.push(rebase(all, from[depth - 1]!, to[depth - 1]!));
      from.push(all[from[depth - 1]!]!);
      to.push(all[to[depth - 1]!]!);
    }
    const check = (depth: number, presentAt: number): (typeof state.checks)[number] | undefined =>
      state.checks.find((c) => c.depth === depth && c.presentAt === presentAt);
    const deepest = leaf.maxRepetition;
    const type = leaf.value.kind === "decimal" ? ({ encoding: "utf8" } as const) : leaf.value;
    const missing = check(deepest, leaf.maxDefinition)?.missing;
    return {
      offsets,
      values: columnOf(this.sink, type, missing, from[deepest]!, to[deepest]!),
      validity: (depth, presentAt) => {
        const found = check(depth, presentAt);
        return found === undefined ? undefined : validityOf(found.missing, from[depth]!, to[depth]!);
      },
      bytesDecoded: this.bytesDecoded,
      levels: { signature: this.signature, state, pages: this.pages },
    };
  }
}

function bytesOf(levels: LevelBytes): Uint8Array {
  return levels.bytes.subarray(levels.start, levels.end);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
