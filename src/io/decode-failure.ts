import type { ErrorFields } from "../errors.ts";

/**
 * A fact found while decoding bytes, without its place: file, column, page and offset are added where they are known,
 * and it becomes a `FormatError`.
 */
export class DecodeFailure extends Error {
  readonly code: ErrorFields["FormatError"]["code"];

  constructor(code: ErrorFields["FormatError"]["code"], message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Bytes of a page that cannot be what they claim to be. */
export function corruptPage(message: string): DecodeFailure {
  return new DecodeFailure("CorruptPage", message);
}
