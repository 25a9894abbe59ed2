import type { PrimitiveColumn, StringColumn } from "../jagged/index.ts";
import type { LevelState } from "./levels.ts";
import type { Chunk } from "./parquet-file.ts";

/** One stored column for a range of events, decoded. */
export interface LeafData {
  /** Offsets of each list level, outermost first, each beginning with 0. */
  readonly offsets: readonly Int32Array[];
  readonly values: PrimitiveColumn | StringColumn;
  /** Validity of the value at `depth` which is there from definition level `presentAt`; absent if none is missing. */
  validity(depth: number, presentAt: number): Uint8Array | undefined;
  /** Bytes of all pages that were decompressed. */
  readonly bytesDecoded: number;
  /** What lets a column of the same lists skip its own levels. */
  readonly levels: DecodedLevels;
}

export interface DecodedLevels {
  readonly signature: string;
  readonly state: LevelState;
  readonly pages: readonly LevelPage[];
}

/** The levels of one page as stored, and what they say. */
export interface LevelPage {
  readonly repetition: Uint8Array;
  readonly definition: Uint8Array;
  readonly pairs: number;
  readonly rows: number;
  readonly slots: number;
  readonly present: number;
}

/** The bytes of a column in one row group and which of the group's rows are wanted. */
export interface LeafPiece {
  readonly chunk: Chunk;
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly start: number;
  readonly stop: number;
  readonly rowGroup: number;
}

/** Values whose absence is to be recorded: {@link LevelState.checks}. */
export interface Check {
  readonly depth: number;
  readonly presentAt: number;
}

/** A failure with the row group and page in which it happened. */
export class PieceFailure extends Error {
  readonly rowGroup: number;
  readonly page: number | undefined;
  readonly offset: number;
  override readonly cause: unknown;

  constructor(rowGroup: number, page: number | undefined, offset: number, cause: unknown) {
    super(`row group ${rowGroup}`);
    this.rowGroup = rowGroup;
    this.page = page;
    this.offset = offset;
    this.cause = cause;
  }
}
