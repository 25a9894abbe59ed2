import { CortadoError } from "../errors.ts";
import {
  broadcastArrays,
  type Column,
  type ColumnSource,
  isValid,
  type PrimitiveColumn,
  type StringColumn,
  typeName,
} from "../jagged/index.ts";
import type { Input } from "./content.ts";
import type { CompiledCorrection, InputColumn, InputValue } from "./correction.ts";

/** What a compiled function takes for one entry: numbers; bigints only for integers that are hashed and exceed 2⁵³. */
type Arguments = ArrayLike<number>;

/** Answers single values with a number and columns with a column; see `Correction.evaluate`. */
export function evaluateColumns(correction: CompiledCorrection, inputs: readonly InputColumn[]): number | Column {
  if (inputs.length !== correction.inputs.length) {
    const names = correction.inputs.map(({ name, type }) => `${name} (${type})`).join(", ");
    throw badInput(correction, `takes ${correction.inputs.length} inputs, ${names}; not ${inputs.length}`);
  }
  if (inputs.every(isValue)) {
    const values = inputs.map((value, i) => single(correction, i, value));
    return correction.evaluate(...values);
  }
  const sources = inputs.filter(isSource);
  if (sources.some(({ alignment }) => alignment !== sources[0]!.alignment))
    throw new CortadoError(
      "ShapeError",
      `correction "${correction.name}": its inputs come from differently filtered events`,
      {
        code: "OtherEvents",
      },
    );
  const operands = inputs.map((input, i) =>
    isValue(input) ? single(correction, i, input) : numbersOf(correction, i, input),
  );
  return overLists(correction, operands);
}

function isValue(input: InputColumn): input is InputValue {
  return typeof input === "number" || typeof input === "bigint" || typeof input === "string";
}

function isSource(input: InputColumn): input is ColumnSource {
  return typeof input === "object" && "toColumn" in input;
}

function badInput(correction: CompiledCorrection, problem: string, event?: number): CortadoError {
  return new CortadoError("CorrectionError", `correction "${correction.name}": ${problem}`, {
    code: "BadInput",
    ...(event !== undefined && { event }),
  });
}

function wrongType(correction: CompiledCorrection, { name, type }: Input, given: string): CortadoError {
  return badInput(correction, `input ${name} is ${type}, not ${given}`);
}

function single(correction: CompiledCorrection, position: number, value: InputValue): number {
  const input = correction.inputs[position]!;
  if (typeof value === "string" || input.type === "string") {
    if (typeof value !== "string" || input.type !== "string")
      throw wrongType(
        correction,
        input,
        typeof value === "string" ? `the string ${JSON.stringify(value)}` : `the number ${value}`,
      );
    return correction.codeOf(value);
  }
  if (input.type === "int" && typeof value === "number" && !Number.isInteger(value))
    throw wrongType(correction, input, `the number ${value}`);
  if (typeof value === "number") return value;
  if (BigInt(Number(value)) !== value) {
    if (correction.hashed.has(position)) return value as unknown as number;
    throw badInput(correction, `${input.name} ${value} cannot be held exactly by a number`);
  }
  return Number(value);
}

/** A column, or what stands for one, with numbers at the bottom of its lists: codes in the place of strings. */
function numbersOf(correction: CompiledCorrection, position: number, given: Exclude<InputColumn, InputValue>): Column {
  const input = correction.inputs[position]!;
  if (isSource(given)) return withNumbers(correction, position, given.toColumn());
  if ("kind" in given) return withNumbers(correction, position, given);
  if (Array.isArray(given) && typeof given[0] === "string") {
    if (input.type !== "string") throw wrongType(correction, input, "strings");
    return flat(Float64Array.from(given as readonly string[], (key) => correction.codeOf(key)));
  }
  if (given instanceof BigInt64Array || given instanceof BigUint64Array)
    return withNumbers(correction, position, integers(given));
  return withNumbers(correction, position, flat(Float64Array.from(given as ArrayLike<number>)));
}

function flat(values: Float64Array): PrimitiveColumn<"float64"> {
  return { kind: "primitive", dtype: "float64", values, length: values.length };
}

function integers(values: BigInt64Array | BigUint64Array): PrimitiveColumn {
  const dtype = values instanceof BigInt64Array ? "int64" : "uint64";
  return { kind: "primitive", dtype, values, length: values.length } as PrimitiveColumn;
}

function withNumbers(correction: CompiledCorrection, position: number, column: Column): Column {
  const input = correction.inputs[position]!;
  if (column.kind === "list") return { ...column, content: withNumbers(correction, position, column.content) };
  if (column.kind === "record") throw wrongType(correction, input, "records: name one of their members");
  if ((column.kind === "string") !== (input.type === "string")) throw wrongType(correction, input, typeName(column));
  if (column.kind === "string") return coded(correction, column);
  if (column.dtype === "bool") throw wrongType(correction, input, "bool");
  if (input.type === "int" && (column.dtype === "float64" || column.dtype === "float32")) {
    const { values } = column as PrimitiveColumn<"float64">;
    for (let i = 0; i < column.length; i++)
      if (!Number.isInteger(values[i]!) && isValid(column, i))
        throw wrongType(correction, input, `the number ${values[i]} of entry ${i}`);
  }
  return column.dtype === "int64" || column.dtype === "uint64"
    ? narrowed(correction, position, column as PrimitiveColumn<"int64" | "uint64">)
    : column;
}

function coded(correction: CompiledCorrection, { offsets, bytes, length, validity }: StringColumn): Column {
  const decoder = new TextDecoder();
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++)
    values[i] = correction.codeOf(decoder.decode(bytes.subarray(offsets[i]!, offsets[i + 1]!)));
  return { ...flat(values), ...(validity !== undefined && { validity }) };
}

/** 64-bit integers as doubles; beyond 2⁵³ only where they are hashed, and then as they are. */
function narrowed(
  correction: CompiledCorrection,
  position: number,
  column: PrimitiveColumn<"int64" | "uint64">,
): Column {
  const values = Float64Array.from(column.values, Number);
  const inexact = column.values.findIndex((value, i) => BigInt(values[i]!) !== value);
  if (inexact < 0) return { ...column, dtype: "float64", values };
  if (correction.hashed.has(position)) return column;
  throw badInput(
    correction,
    `${correction.inputs[position]!.name} ${column.values[inexact]} of entry ${inexact} cannot be held exactly by a number`,
  );
}

/** Brings all columns under the same lists and evaluates entry by entry. */
function overLists(correction: CompiledCorrection, operands: readonly (number | Column)[]): Column {
  const columns = operands.filter((operand) => typeof operand !== "number");
  const alike = columns.every((column) => sameLists(column, columns[0]!)) ? columns : broadcastArrays(...columns);
  const shape = alike[0]!;
  let next = 0;
  const leaves = operands.map((operand) => (typeof operand === "number" ? operand : leafOf(alike[next++]!)));
  return underLists(shape, evaluateFlat(correction, leaves, shape));
}

function sameLists(a: Column, b: Column): boolean {
  if (a.kind !== "list" || b.kind !== "list") return a.kind !== "list" && b.kind !== "list" && a.length === b.length;
  return (
    a.offsets === b.offsets && a.length === b.length && a.validity === b.validity && sameLists(a.content, b.content)
  );
}

function leafOf(column: Column): PrimitiveColumn {
  return column.kind === "list" ? leafOf(column.content) : (column as PrimitiveColumn);
}

function underLists(shape: Column, content: Column): Column {
  return shape.kind === "list" ? { ...shape, content: underLists(shape.content, content) } : content;
}

function evaluateFlat(
  correction: CompiledCorrection,
  leaves: readonly (number | PrimitiveColumn)[],
  shape: Column,
): Column {
  const { length } = leaves.find((leaf) => typeof leaf !== "number")!;
  const validity = presentInAll(leaves, length);
  const out = new Float64Array(length);
  const values = leaves.map((leaf) => (typeof leaf === "number" ? leaf : (leaf.values as unknown as Arguments)));
  const reached = { entry: 0 };
  try {
    loopFor(correction, values)(correction.evaluate, values, out, length, validity, reached);
  } catch (error) {
    if (!(error instanceof CortadoError) || error.kind !== "CorrectionError") throw error;
    const event = eventOf(shape, reached.entry);
    throw new CortadoError("CorrectionError", `${error.message} (event ${event})`, {
      ...error.fields,
      code: "OutOfRange",
      event,
    });
  }
  return { ...flat(out), ...(validity !== undefined && { validity }) };
}

type Loop = (
  evaluate: (...inputs: number[]) => number,
  values: readonly (number | Arguments)[],
  out: Float64Array,
  length: number,
  validity: Uint8Array | undefined,
  reached: { entry: number },
) => void;

const loops = new WeakMap<object, Map<string, Loop>>();
let madeLoops = 0;

/** A loop of the correction's own, so that its function can be inlined, for these types of inputs. */
function loopFor(correction: CompiledCorrection, values: readonly (number | Arguments)[]): Loop {
  let own = loops.get(correction);
  if (own === undefined) {
    own = new Map();
    loops.set(correction, own);
  }
  const key = values.map((value) => (typeof value === "number" ? "number" : value.constructor.name)).join();
  let loop = own.get(key);
  if (loop === undefined) {
    const given = values.map((value, i) => (typeof value === "number" ? `v${i}` : `v${i}[i]`)).join(", ");
    const unpack = values.map((_, i) => `const v${i} = values[${i}];`).join(" ");
    // NaN of a missing entry is never evaluated: it may lie outside of the bins.
    // A text of its own: V8 keeps what it learns of types with the text, so that equal texts would share it.
    loop = new Function(`// ${++madeLoops}: ${key}
    return function (evaluate, values, out, length, validity, reached) { ${unpack}
      let i = 0;
      try {
        if (validity === undefined) for (; i < length; i++) out[i] = evaluate(${given});
        else for (; i < length; i++) out[i] = (validity[i >> 3] >> (i & 7)) & 1 ? evaluate(${given}) : NaN;
      } finally { reached.entry = i; }
    }`)() as Loop;
    own.set(key, loop);
  }
  return loop;
}

function presentInAll(leaves: readonly (number | PrimitiveColumn)[], length: number): Uint8Array | undefined {
  const bitmaps = leaves.flatMap((leaf) =>
    typeof leaf === "number" || leaf.validity === undefined ? [] : [leaf.validity],
  );
  if (bitmaps.length < 2) return bitmaps[0];
  const all = new Uint8Array((length + 7) >> 3).fill(255);
  for (const bitmap of bitmaps) for (let i = 0; i < all.length; i++) all[i]! &= bitmap[i]!;
  return all;
}

/** The event an entry at the bottom of the lists belongs to. */
function eventOf(shape: Column, entry: number): number {
  if (shape.kind !== "list") return entry;
  const inner = eventOf(shape.content, entry);
  return shape.offsets.findLastIndex((offset) => offset <= inner);
}
