/** Where bytes come from: a file, memory, later a server. A reader asks for ranges and never for the whole. */
export interface ByteSource {
  /** Path or URL, for messages. */
  readonly name: string;
  readonly byteLength: number;
  /**
   * The bytes `start` to `stop` (exclusive), all of them. Throws `FormatError` with code `TruncatedFile` if the source
   * ends before `stop`, `IoError` if it cannot be read.
   */
  read(start: number, stop: number): Promise<Uint8Array>;
  /** Frees what the source holds; reading afterwards fails. */
  close(): Promise<void>;
}
