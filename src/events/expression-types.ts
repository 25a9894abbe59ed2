import type { LayoutColumn } from "./layout.ts";

/** What the values of a part are: dtypes as NumPy keeps them; a definition's are not known before it is computed. */
export type Type = "float32" | "float64" | "integer" | "boolean" | "literal" | "unknown";

export type Part =
  | {
      readonly kind: "value";
      readonly js: string;
      readonly type: Type;
      readonly usesEvent: boolean;
    }
  | {
      readonly kind: "items";
      readonly collection: string;
      readonly conditions: readonly string[];
      readonly usesEvent: boolean;
    }
  | {
      readonly kind: "list";
      readonly collection: string;
      readonly conditions: readonly string[];
      readonly js: string;
      readonly type: Type;
      readonly usesEvent: boolean;
    }
  | { readonly kind: "values"; readonly js: string; readonly type: Type }
  | { readonly kind: "record"; readonly name: string };

export const operators: Readonly<Record<string, "arithmetic" | "compare" | "logical" | "bits">> = {
  "+": "arithmetic",
  "-": "arithmetic",
  "*": "arithmetic",
  "/": "arithmetic",
  "^": "arithmetic",
  "<": "compare",
  "<=": "compare",
  ">": "compare",
  ">=": "compare",
  "==": "compare",
  "!=": "compare",
  and: "logical",
  or: "logical",
  "&": "bits",
  "|": "bits",
};
export const logicals: Readonly<Record<string, string>> = { and: "&&", or: "||", "&": "&&", "|": "||" };
export const methods: Readonly<Record<string, string>> = {
  sum: "sum()",
  num: "length",
  any: "any()",
  all: "all()",
  max: "max()",
  min: "min()",
};

export const isCondition = (type: Type): boolean => type === "boolean" || type === "unknown";
export const sameType = (types: readonly Type[]): Type => types[0]!;

/** NumPy 2's promotion, literals weak; `real` where the result is never an integer. */
export function promoted(types: readonly Type[], real: boolean): Type {
  const strong = types.filter((type) => type !== "literal");
  if (strong.length === 0) return "literal";
  if (strong.every((type) => type === "float32")) return "float32";
  if (strong.every((type) => type === "integer" || type === "boolean")) return real ? "float64" : "integer";
  return strong.includes("unknown") ? "unknown" : "float64";
}

export function typeOf(column: LayoutColumn): Type {
  if (column.type === "bool") return "boolean";
  if (column.type === "float32" || column.type === "float64") return column.type;
  return column.type === "string" || column.type === "bytes" ? "unknown" : "integer";
}
