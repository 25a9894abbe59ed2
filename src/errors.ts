/**
 * Tagged errors. Every error cortado throws is a {@link CortadoError} whose `kind` is one of {@link ErrorFields}' keys,
 * with typed `fields`. A message says what was asked, what exists instead (nearest names first), and where.
 */

/** Where in the input something happened; filled in once, where a chunk is processed. */
export interface Place {
  readonly dataset?: string;
  readonly file?: string;
  /** First event of the range, counted from the start of the file. */
  readonly start?: number;
  /** One past the last event of the range. */
  readonly stop?: number;
  /** `file:line:column` of the innermost frame in the user's own code, where user code led to the error. */
  readonly userLine?: string;
}

/** The fields each kind of error carries. `code` distinguishes cases within a kind. */
export interface ErrorFields {
  /** The operating system could not read a file that exists. */
  readonly IoError: Place & { readonly code: "ReadFailed" | "WriteFailed" | "SourceChanged" };
  /** A file, folder or module does not exist. */
  readonly NotFoundError: Place & { readonly code: "NoSuchFile" | "NoMatch"; readonly nearest?: readonly string[] };
  /** Bytes that are not the format they claim to be. */
  readonly FormatError: Place & {
    readonly code:
      | "NotParquet"
      | "TruncatedFile"
      | "EncryptedFile"
      | "CorruptFooter"
      | "CorruptPage"
      | "CorruptOffsets"
      | "ColumnTooLarge"
      | "UnsupportedEncoding"
      | "UnsupportedCodec"
      | "UnsupportedType"
      | "NotJson"
      | "NotUhi"
      | "NotArrow"
      | "NotNumpy"
      | "NotLumi";
    readonly column?: string;
    readonly rowGroup?: number;
    readonly page?: number;
    /** Byte offset in the file. */
    readonly offset?: number;
  };
  /** A column, collection or field that does not exist where it was asked for. */
  readonly MissingColumnError: Place & {
    readonly code: "UnknownColumn";
    readonly column: string;
    readonly nearest: readonly string[];
  };
  /** The same column has incompatible types in two files of one dataset. */
  readonly SchemaError: Place & {
    readonly code: "IncompatibleColumn" | "UnknownLayout";
    readonly column?: string;
    readonly otherFile?: string;
  };
  /** Columns, lists or axes whose shapes do not fit together. */
  readonly ShapeError: Place & {
    readonly code:
      | "LengthMismatch"
      | "OffsetsMismatch"
      | "OtherEvents"
      | "NotFlat"
      | "TypeMismatch"
      | "IndexOutOfRange";
    readonly column?: string;
    readonly event?: number;
  };
  /** A correction that cannot be used as it is written, or that has no value for what it was given. */
  readonly CorrectionError: Place & {
    readonly code: "BadCorrection" | "BadFormula" | "BadInput" | "OutOfRange" | "UnknownKey" | "UnknownName";
    readonly nearest?: readonly string[];
    readonly event?: number;
  };
  /** A value is missing (null) where a number was asked for. */
  readonly MissingValueError: Place & { readonly column: string; readonly event?: number };
  /** A fileset, option or argument that cannot be used as given. */
  readonly UsageError: Place & {
    readonly code: "BadArgument" | "BadFileset" | "DuplicateFile" | "BadProcessor" | "BadOptions" | "NothingToDo";
    readonly nearest?: readonly string[];
  };
  /** The user's `process` or `postprocess` threw, or returned something that cannot be merged. */
  readonly UserError: Place & {
    readonly code: "Threw" | "BadResult" | "NotPure" | "Exited";
    /** Columns of this chunk that the processor had touched. */
    readonly columns?: readonly string[];
  };
  /** Two results that cannot be added. */
  readonly MergeError: Place & {
    readonly code: "KindMismatch" | "AxisMismatch" | "StorageMismatch" | "Overlap";
    /** Keys from the top of the result to the value, outermost first. */
    readonly path: readonly string[];
  };
  /** Memory, or a worker that died. */
  readonly ResourceError: Place & { readonly code: "OutOfMemory" | "WorkerDied"; readonly exitCode?: number };
  /** A broken promise of cortado itself: please report it. */
  readonly InternalError: Place & { readonly code: "Accounting" | "Protocol" };
}

export type ErrorKind = keyof ErrorFields;

/** The one error class; `kind` and `fields` say which error it is. */
export class CortadoError<K extends ErrorKind = ErrorKind> extends Error {
  readonly kind: K;
  readonly fields: ErrorFields[K];

  constructor(kind: K, message: string, fields: ErrorFields[K], options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = kind;
    this.kind = kind;
    this.fields = fields;
  }
}

/** True if `value` is a {@link CortadoError}, of the given kind if one is given. */
export function isCortadoError<K extends ErrorKind>(value: unknown, kind?: K): value is CortadoError<K> {
  return value instanceof CortadoError && (kind === undefined || value.kind === kind);
}

/** An error as plain data: what crosses threads and what a report holds. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly kind?: ErrorKind;
  readonly fields?: ErrorFields[ErrorKind];
  readonly stack?: string;
  readonly cause?: ErrorData;
}

/** An error, or anything thrown, as plain data with its chain of causes. */
export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Thrown", message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...(error instanceof CortadoError && { kind: error.kind as ErrorKind, fields: error.fields }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: errorToData(error.cause) }),
  };
}

/** The inverse of {@link errorToData}: an error with the same kind, fields, stack and causes. */
export function errorFromData(data: ErrorData): Error {
  const options = data.cause === undefined ? undefined : { cause: errorFromData(data.cause) };
  const error =
    data.kind === undefined
      ? new Error(data.message, options)
      : new CortadoError(data.kind, data.message, data.fields as ErrorFields[ErrorKind], options);
  error.name = data.name;
  if (data.stack !== undefined) error.stack = data.stack;
  return error;
}

/** The same error with a place added to its fields (fields that are there already stay). */
export function withPlace(error: CortadoError, place: Place): CortadoError {
  const placed = new CortadoError(error.kind, error.message, { ...place, ...error.fields } as never, {
    cause: error.cause,
  });
  if (error.stack !== undefined) placed.stack = error.stack;
  return placed;
}

/** A place in words: `dataset "x", file y, events 0 to 100`, as far as it is known. */
export function describePlace(place: Place): string {
  const parts: string[] = [];
  if (place.dataset !== undefined) parts.push(`dataset "${place.dataset}"`);
  if (place.file !== undefined) parts.push(`file ${place.file}`);
  if (place.start !== undefined && place.stop !== undefined) parts.push(`events ${place.start} to ${place.stop}`);
  return parts.join(", ");
}

/**
 * The names most like `name`, nearest first, at most `limit`: by edit distance, ignoring case; names too far
 * away are left out. Cost: length of `name` times the total length of `candidates`.
 */
export function nearest(name: string, candidates: Iterable<string>, limit = 5): string[] {
  const wanted = name.toLowerCase();
  const scored: { name: string; score: number }[] = [];
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const contained = other.includes(wanted) || wanted.includes(other);
    const distance = editDistance(wanted, other);
    const tolerance = Math.max(2, Math.ceil(Math.max(wanted.length, other.length) * 0.4));
    if (contained && other.length > 0) scored.push({ name: candidate, score: Math.min(distance, tolerance) });
    else if (distance <= tolerance) scored.push({ name: candidate, score: distance });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, limit).map((s) => s.name);
}

/** A sentence for the end of a message: the nearest names, else the first few that exist. */
export function whatExists(name: string, candidates: Iterable<string>): string {
  const all = [...candidates];
  const close = nearest(name, all);
  if (close.length > 0) return `Nearest: ${close.join(", ")}.`;
  if (all.length === 0) return "There are none.";
  const shown = all.slice(0, 8).join(", ");
  return `There are: ${shown}${all.length > 8 ? `, … (${all.length} in all)` : ""}.`;
}

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let d = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      row.push(d);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
