import { checkMergeable } from "../accumulator/index.ts";
import { CortadoError, isCortadoError, type Place, withPlace } from "../errors.ts";
import type { ChunkColumns, Metadata } from "../events/index.ts";
import { additions } from "./additions.ts";
import type { Program } from "./load.ts";
import { materialise } from "./materialise.ts";
import type { Options } from "./processor.ts";
import { ExitCalled, runUserCode, userError } from "./user-code.ts";
import { userLine } from "./user-line.ts";

/** Makes what `process` gets from the columns of a chunk. */
export type MakeEvents = (columns: ChunkColumns, metadata: Metadata) => unknown;

/** What to run on a chunk. */
export interface Work {
  readonly program: Program;
  readonly options: Options;
  readonly metadata: Metadata;
  readonly place: Place;
  readonly makeEvents: MakeEvents;
}

/** The columns of a chunk as far as they are read, and why the others that were asked for could not be. */
export interface LoadedColumns {
  readonly columns: ChunkColumns;
  readonly errors: ReadonlyMap<string, Error>;
}

/** `void`: something was asked for that was not read; whatever the code returned or threw means nothing. */
export type AttemptOutcome =
  | { readonly kind: "void" }
  | { readonly kind: "done"; readonly result: unknown; readonly seconds: number };

/**
 * Runs a new instance of the processor once on the columns read so far.
 *
 * Throws `UserError` (`Threw`, `Exited`, `BadResult`), `MissingColumnError`, `MissingValueError`, or the error that reading a column gave if
 * the code used that column, even if the code swallowed the error. All carry the place; user errors the user's line.
 */
export async function attempt(work: Work, { columns, errors }: LoadedColumns): Promise<AttemptOutcome> {
  columns.beginAttempt();
  const started = performance.now();
  let result: unknown;
  let thrown: { readonly error: unknown } | undefined;
  try {
    result = await runUserCode(async () => {
      const instance = work.program.create(work.options);
      return materialise(await instance.process(work.makeEvents(columns, work.metadata)));
    });
  } catch (error) {
    thrown = { error };
  }
  const seconds = (performance.now() - started) / 1000;
  const touched = [...columns.touched].sort();
  if (thrown?.error instanceof ExitCalled) throw userError(thrown.error, "process", work.place, touched);
  if (columns.incomplete) return { kind: "void" };
  throwUnreadable(columns, errors, work.place);
  if (thrown !== undefined) throw translated(thrown.error, work.place, touched);
  try {
    checkMergeable(result, additions);
  } catch (error) {
    throw error instanceof CortadoError ? withPlace(error, work.place) : error;
  }
  return { kind: "done", result, seconds };
}

/** A column that could not be read spoils the chunk if it was used, caught or not. */
function throwUnreadable(columns: ChunkColumns, errors: ReadonlyMap<string, Error>, place: Place): void {
  for (const name of columns.touched) {
    const error = errors.get(name);
    if (error !== undefined) throw isCortadoError(error) ? withPlace(error, place) : error;
  }
}

function translated(error: unknown, place: Place, columns: readonly string[]): CortadoError {
  if (!isCortadoError(error, "MissingColumnError") && !isCortadoError(error, "MissingValueError"))
    return userError(error, "process", place, columns);
  const line = userLine(error);
  return withPlace(error, { ...place, ...(line !== undefined && { userLine: line }) });
}
