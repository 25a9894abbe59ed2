import { CortadoError } from "../errors.ts";
import { type Columns, openWriter, type WriteOptions, type Written } from "./write.ts";
import { fieldsOf } from "./write-schema.ts";

/**
 * Makes events batch by batch, the same ones for the same seed. The first N events do not depend on how many are asked
 * for. At least one batch is given (of no events for `events: 0`), so that the columns are known.
 */
export type EventGenerator = (options: {
  readonly events: number;
  readonly seed: number;
}) => Iterable<Columns> | AsyncIterable<Columns>;

export interface GenerateOptions extends WriteOptions {
  readonly events: number;
  readonly seed: number;
  /** The file to write. */
  readonly out: string;
  /** Called after every batch with the number of events made so far. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Writes generated events to a Parquet file; seed and number of events are noted in its footer. Throws UsageError for a
 * number of events or seed that is not a natural number, or a generator that is not a function; ShapeError if it gives
 * another number of events than asked for; and what {@link openWriter} throws. Memory: one batch and one row group.
 */
export async function generateFile(generator: EventGenerator, options: GenerateOptions): Promise<Written> {
  const { events, seed, out, onProgress, ...writeOptions } = options;
  for (const [name, value] of Object.entries({ events, seed }))
    if (!Number.isSafeInteger(value) || value < 0)
      throw bad(`${name} is ${String(value)}, it must be an integer of at least 0`);
  if (typeof generator !== "function")
    throw bad("a generator is a function of {events, seed} that gives batches of columns: is it the default export?");

  const keyValues = { "cortado.generated": JSON.stringify({ events, seed }), ...writeOptions.keyValues };
  let writer: Awaited<ReturnType<typeof openWriter>> | undefined;
  let done = 0;
  try {
    for await (const batch of generator({ events, seed })) {
      writer ??= await openWriter(out, fieldsOf(batch), { ...writeOptions, keyValues });
      await writer.append(batch);
      done += Object.values(batch)[0]?.length ?? 0;
      onProgress?.(done, events);
    }
    if (writer === undefined) throw bad("the generator gave no batch of columns");
    if (done !== events)
      throw new CortadoError("ShapeError", `the generator was asked for ${events} events and gave ${done}`, {
        code: "LengthMismatch",
        file: out,
      });
  } catch (error) {
    await writer?.abort();
    throw error;
  }
  return writer.close();
}

function bad(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
