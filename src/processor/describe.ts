import { describeLayout, type Schema } from "../schema/index.ts";
import { openEventFile } from "./event-file.ts";

/**
 * The collections, records and values of a file's events as text: types, titles where the file has them, and what cortado
 * adds (references, tests, constants). A schema other than NanoAOD's says how columns appear. Reads only the footer.
 * Throws `NotFoundError`, `IoError`, `FormatError`, or `SchemaError` if the schema requires a column the file does not have.
 */
export async function describe(file: string, schema?: Schema): Promise<string> {
  return describeLayout((await openEventFile(file, schema)).layout);
}
