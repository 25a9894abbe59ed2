import { CortadoError } from "../errors.ts";
import type { Column, ColumnSource } from "../jagged/index.ts";
import { type Content, childrenOf, type Input, readContent } from "./content.ts";
import { compileContent, type Evaluate, makeKeys } from "./content-code.ts";
import { describeContent } from "./describe-content.ts";
import { evaluateColumns } from "./evaluate-columns.ts";
import type { JsonPlace } from "./json-reader.ts";

/** One value for all entries. */
export type InputValue = number | bigint | string;

/** What an input of a correction may be: one value for all, or one for each entry; a column may be jagged. */
export type InputColumn =
  | InputValue
  | readonly string[]
  | ArrayLike<number>
  | BigInt64Array
  | BigUint64Array
  | Column
  | ColumnSource;

/** A function of some inputs as a correction file describes it. */
export interface Correction {
  readonly name: string;
  readonly description?: string;
  readonly inputs: readonly Input[];
  readonly output: { readonly name: string; readonly description?: string };
  /**
   * The correction for the inputs in their order: a number if all are single values, else a float64 column of the deepest
   * input's lists (the same offsets object); single values and event columns stand for every object. A missing value of an
   * input gives a missing result. Strings are keys, `int` inputs must be whole numbers.
   * Throws CorrectionError for a wrong number of inputs or a wrong type (`BadInput`), a key without value (`UnknownKey`) and a
   * value outside of bins that do not say what then (`OutOfRange`), naming the entry; ShapeError for columns that do not fit.
   * Cost: one pass, 5 to 50 ns an entry.
   */
  evaluate(...inputs: readonly InputValue[]): number;
  evaluate(...inputs: readonly InputColumn[]): Column;
  /** Inputs with their keys and ranges, what happens outside, silent defaults: some lines of text. */
  describe(): string;
}

/** How inputs become what the compiled function takes, and that function. */
export interface CompiledCorrection {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly evaluate: Evaluate;
  readonly codeOf: (key: string) => number;
  /** Inputs that are 64-bit integers for a hash: exact only as bigints beyond 2⁵³. */
  readonly hashed: ReadonlySet<number>;
}

/** A correction for its users, and for corrections that stack it. */
export interface ReadCorrection {
  readonly correction: Correction;
  readonly compiled: CompiledCorrection;
}

/** The parts of a correction that the schema has at the top. */
export function readHeader(place: JsonPlace): Pick<Correction, "name" | "description" | "inputs" | "output"> {
  const inputs = place.at("inputs").items().map(readInput);
  const output = place.at("output");
  return {
    name: place.at("name").text(),
    inputs,
    output: { name: output.at("name").text(), ...described(output) },
    ...described(place),
  };
}

function readInput(place: JsonPlace): Input {
  return {
    name: place.at("name").text(),
    type: place.at("type").oneOf(["string", "int", "real"]),
    ...described(place),
  };
}

function described(place: JsonPlace): { description?: string } {
  const text = place.at("description");
  return text.absent ? {} : { description: text.text() };
}

/** Reads and compiles one correction of a document. Throws CorrectionError `BadCorrection` and `BadFormula`, naming the place. */
export function readCorrection(place: JsonPlace): ReadCorrection {
  const header = readHeader(place);
  const formulas = place.at("generic_formulas");
  const content = readContent(place.at("data"), {
    inputs: header.inputs,
    formulas: formulas.absent ? [] : formulas.items(),
  });
  const compiled = within(place, () => compile(header, content));
  const correction = correctionOf(header, compiled, () => describeContent(header, content));
  return { correction, compiled };
}

/** A correction from its parts: single values are answered here, columns by {@link evaluateColumns}. */
export function correctionOf(
  header: Omit<Correction, "evaluate" | "describe">,
  compiled: CompiledCorrection,
  describe: () => string,
): Correction {
  const evaluate = (...inputs: readonly InputColumn[]): number | Column => evaluateColumns(compiled, inputs);
  return { ...header, evaluate: evaluate as Correction["evaluate"], describe };
}

/** A correction that is one function of numbers, with real inputs. */
export function correctionOfNumbers(
  name: string,
  inputs: readonly string[],
  output: string,
  evaluate: Evaluate,
  description?: string,
): Correction {
  const header = {
    name,
    inputs: inputs.map((input): Input => ({ name: input, type: "real" })),
    output: { name: output },
    ...(description !== undefined && { description }),
  };
  const noKeys = (): never => {
    throw new CortadoError("InternalError", `${name} has no string inputs`, { code: "Protocol" });
  };
  const compiled = { name, inputs: header.inputs, evaluate, codeOf: noKeys, hashed: new Set<number>() };
  return correctionOf(header, compiled, () => describeContent(header, undefined));
}

/** A correction from a tree that was made here, not read. */
export function correctionOfContent(header: Omit<Correction, "evaluate" | "describe">, content: Content): Correction {
  return correctionOf(header, compile(header, content), () => describeContent(header, content));
}

function compile({ name, inputs }: Pick<Correction, "name" | "inputs">, content: Content): CompiledCorrection {
  const keys = makeKeys();
  return {
    name,
    inputs,
    evaluate: compileContent(name, content, inputs, keys),
    codeOf: (key) => keys.code(key),
    hashed: hashedInputs(content, inputs),
  };
}

/** A mistake in a formula, with the correction it is in. */
function within<T>(place: JsonPlace, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof CortadoError && error.kind === "CorrectionError")
      throw new CortadoError(
        "CorrectionError",
        `${place.path} "${place.at("name").text()}": ${error.message}`,
        error.fields as { code: "BadFormula" },
      );
    throw error;
  }
}

/** Integer inputs that reach a hash. */
function hashedInputs(content: Content, inputs: readonly Input[]): Set<number> {
  if (content.kind === "hashprng") return new Set(content.inputs.filter((input) => inputs[input]!.type === "int"));
  return new Set(childrenOf(content).flatMap((child) => [...hashedInputs(child, inputs)]));
}
