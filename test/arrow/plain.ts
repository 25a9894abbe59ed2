import { type Column, toList } from "../../src/jagged/index.ts";

/** Values as JSON that loses nothing and tells integers from floats, as the Python scripts of these tests write them. */
export function plain(column: Column): unknown {
  return toList(column).map((value) => encode(value, column));
}

function encode(value: unknown, column: Column): unknown {
  if (value === null) return null;
  switch (column.kind) {
    case "primitive":
      if (column.dtype === "bool") return value;
      if (!column.dtype.startsWith("float")) return { int: String(value) };
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { float: Object.is(value, -0) ? "-0" : String(value) };
    case "string":
      return column.encoding === "utf8" ? value : { bytes: Buffer.from(value as Uint8Array).toString("hex") };
    case "list":
      return (value as unknown[]).map((v) => encode(v, column.content));
    case "record":
      return {
        record: Object.fromEntries(
          [...column.fields].map(([name, field]) => [name, encode((value as Record<string, unknown>)[name], field)]),
        ),
      };
  }
}
