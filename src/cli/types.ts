import { basename } from "node:path";
import type { Arguments, CommandForm, commonOptions } from "./arguments.ts";
import { exitCodes } from "./exit-code.ts";

const options = {
  schema: {
    type: "text",
    value: "FILE",
    help: "JSON that says how columns appear as events, where not by NanoAOD's names",
  },
  out: { type: "text", value: "FILE", help: "write there instead of standard output" },
} as const;

export const form: CommandForm<typeof options> = {
  name: "types",
  operands: "FILE",
  takes: [1, 1],
  summary: "Writes the TypeScript types of a file's events: with them a misspelt column does not compile.",
  examples: [
    ["cortado types events.parquet > events.d.ts", 'then in a processor: import type { Events } from "./events.d.ts"'],
    ["cortado types events.parquet --out processors/events.d.ts", "the same, written whole or not at all"],
  ],
  options,
};

export async function command(args: Arguments<typeof options & typeof commonOptions>): Promise<number> {
  const [{ openFile, openParquet }, { eventLayout, eventTypes, readSchema, titlesOf }, { writeWhole }] =
    await Promise.all([import("../io/index.ts"), import("../schema/index.ts"), import("./whole-file.ts")]);
  const schema = args.options.schema === undefined ? undefined : readSchema(args.options.schema);
  const source = await openFile(args.operands[0]!);
  try {
    const { fields, keyValues } = await openParquet(source);
    const layout = eventLayout(fields, schema, titlesOf(keyValues), args.operands[0]!);
    const text = eventTypes(layout, basename(args.operands[0]!));
    if (args.options.out === undefined) process.stdout.write(text);
    else writeWhole(args.options.out, text);
    return exitCodes.complete;
  } finally {
    await source.close();
  }
}
