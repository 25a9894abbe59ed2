import { corruptPage } from "./decode-failure.ts";
import type { Dictionary } from "./dictionary.ts";
import type { LeafPiece } from "./leaf-data.ts";
import { dictionaryBytes, type Page, PageFailure } from "./pages.ts";
import type { Leaf } from "./parquet-file.ts";
import { decodeDictionary } from "./values.ts";

/** The dictionary of a chunk, decoded when first used. */
export class ChunkDictionary {
  private readonly leaf: Leaf;
  private readonly piece: LeafPiece;
  private page: Page | undefined;
  private decoded: Dictionary | undefined;

  constructor(leaf: Leaf, piece: LeafPiece) {
    this.leaf = leaf;
    this.piece = piece;
  }

  add(page: Page): void {
    if (this.page !== undefined) throw new PageFailure(page.number, page.start, corruptPage("a second dictionary"));
    this.page = page;
  }

  current(): Dictionary | undefined {
    const { page } = this;
    if (page === undefined || this.decoded !== undefined) return this.decoded;
    try {
      const bytes = dictionaryBytes(this.piece.bytes, page, this.piece.chunk.codec);
      this.decoded = decodeDictionary(this.leaf, page.header.encoding, bytes, page.header.values);
    } catch (cause) {
      throw new PageFailure(page.number, page.start, cause);
    }
    return this.decoded;
  }
}
