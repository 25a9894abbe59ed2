import { CortadoError } from "../errors.ts";
import { type DType, valuesOf } from "./column.ts";

/** The type of the entries of a column, as plain data: what an awkward type string says. */
export type ColumnType = { readonly nullable: boolean } & (
  | { readonly kind: "primitive"; readonly dtype: DType }
  | { readonly kind: "string"; readonly encoding: "utf8" | "binary" }
  /** `size` is set for lists of one fixed length (`3 * float64`). */
  | { readonly kind: "list"; readonly element: ColumnType; readonly size?: number }
  /** A tuple `(float64, int64)` is a record with the fields `0`, `1`, …, given as an array. */
  | { readonly kind: "record"; readonly fields: readonly (readonly [string, ColumnType])[]; readonly tuple: boolean }
);

/**
 * Reads an awkward-style type string: `var * float32`, `?int64`, `option[var * float64]`,
 * `{x: float64, "odd name": var * ?int32}`, `(float64, int64)`, `string`, `bytes`, `3 * float64` inside another list.
 * A leading `N *` is the number of entries and comes back as `length`. `unknown` (awkward's type of what was never
 * filled) is taken as float64; the name of a record (`Momentum4D[pt: float32]`) is dropped.
 * Throws UsageError for anything else, saying at which character.
 */
export function parseColumnType(text: string): { readonly type: ColumnType; readonly length?: number } {
  let at = 0;

  const fail = (expected: string): never => {
    const found = at < text.length ? `"${text.slice(at, at + 12)}"` : "the end";
    throw new CortadoError(
      "UsageError",
      `type "${text}" cannot be read: expected ${expected} at character ${at}, found ${found}. ` +
        'Examples: "float64", "?int64", "var * float32", "option[var * float64]", "{pt: float32, charge: int32}".',
      { code: "BadArgument" },
    );
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    at += found[0].length;
    return found[1] ?? found[0];
  };
  const expect = (pattern: RegExp, name: string): string => match(pattern) ?? fail(name);

  const parse = (): ColumnType => {
    if (match(/\s*\?/y) !== undefined) return { ...parse(), nullable: true };
    if (match(/\s*option\s*\[/y) !== undefined) {
      const inner = parse();
      expect(/\s*\]/y, '"]"');
      return { ...inner, nullable: true };
    }
    if (match(/\s*var\s*\*/y) !== undefined) return { kind: "list", element: parse(), nullable: false };
    const size = match(/\s*(\d+)\s*\*/y);
    if (size !== undefined) return { kind: "list", element: parse(), size: Number(size), nullable: false };
    if (match(/\s*\(/y) !== undefined) {
      const types = series(/\s*\)/y, '")"', parse);
      return { kind: "record", tuple: true, nullable: false, fields: types.map((type, i) => [String(i), type]) };
    }
    const opening = match(/\s*(\{|[A-Za-z_]\w*\s*[{[])/y);
    if (opening !== undefined) {
      const [end, endName]: [RegExp, string] = opening.endsWith("[") ? [/\s*\]/y, '"]"'] : [/\s*\}/y, '"}"'];
      const fields = series(end, endName, (): [string, ColumnType] => {
        const quoted = match(/\s*("(?:[^"\\]|\\.)*")\s*:/y);
        const name =
          quoted === undefined ? expect(/\s*([^\s:{}()[\],]+)\s*:/y, "a field name and a colon") : unquote(quoted);
        return [name, parse()];
      });
      return { kind: "record", tuple: false, nullable: false, fields };
    }
    const before = at;
    const name = expect(/\s*([A-Za-z]\w*)/y, "a type");
    if (Object.hasOwn(valuesOf, name)) return { kind: "primitive", dtype: name as DType, nullable: false };
    if (name === "string") return { kind: "string", encoding: "utf8", nullable: false };
    if (name === "bytes") return { kind: "string", encoding: "binary", nullable: false };
    if (name === "unknown") return { kind: "primitive", dtype: "float64", nullable: false };
    at = before;
    return fail(`one of ${Object.keys(valuesOf).join(", ")}, string, bytes, "var *", "?", "option[", "{" or "("`);
  };

  const series = <T>(end: RegExp, endName: string, item: () => T): T[] => {
    const items: T[] = [];
    if (match(end) !== undefined) return items;
    do items.push(item());
    while (match(/\s*,/y) !== undefined);
    expect(end, `"," or ${endName}`);
    return items;
  };
  const unquote = (quoted: string): string => {
    try {
      return JSON.parse(quoted) as string;
    } catch {
      return fail("a quoted field name");
    }
  };

  const length = match(/\s*(\d+)\s*\*/y);
  const type = parse();
  if (match(/\s*$/y) === undefined) fail("the end of the type");
  return length === undefined ? { type } : { type, length: Number(length) };
}
