import { CortadoError } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { grown } from "./growable.ts";

/** Collects the values a lambda answers: numbers (float64), booleans, bigints (int64) or strings, all of one type. */
export class ValueSink {
  /** Values so far; set it after `put`. */
  length = 0;
  /** What `typeof` says of the values, once there is one. */
  type: string | undefined;
  numbers: Float64Array = noNumbers;
  booleans: Uint8Array = noBooleans;
  private readonly others: (bigint | string)[] = [];
  private readonly room: number;

  /** `room` is the number of values, if it is known: only then can values be put at their places. */
  constructor(room = 16) {
    this.room = room;
  }

  /** Adds a value. Throws `ShapeError` for a type that differs from the ones before, or that is no value. */
  push(value: unknown): void {
    const n = this.length++;
    if (n >= this.numbers.length && this.type === "number") this.numbers = grown(this.numbers);
    if (n >= this.booleans.length && this.type === "boolean") this.booleans = grown(this.booleans);
    this.put(n, value);
  }

  /** Sets value `n`; values that are neither numbers nor booleans come one after the other. Throws as `push` does. */
  put(n: number, value: unknown): void {
    const type = typeof value;
    if (type !== this.type) this.begin(type);
    if (type === "number") this.numbers[n] = value as number;
    else if (type === "boolean") this.booleans[n] = value === true ? 1 : 0;
    else this.others.push(value as bigint);
  }

  private begin(type: string): void {
    if (type !== "number" && type !== "boolean" && type !== "bigint" && type !== "string")
      throw this.wrong(`a lambda must answer a number, boolean, bigint or string here, not ${type}`);
    if (this.type !== undefined)
      throw this.wrong(`a lambda answered ${this.type} for some items and ${type} for others`);
    this.type = type;
    if (type === "number") this.numbers = new Float64Array(this.room);
    if (type === "boolean") this.booleans = new Uint8Array(this.room);
  }

  private wrong(message: string): CortadoError<"ShapeError"> {
    return new CortadoError("ShapeError", message, { code: "TypeMismatch" });
  }

  /** The values as a flat column; float64 if there is none. */
  column(): Column {
    const { length, numbers, booleans } = this;
    switch (this.type) {
      case "boolean":
        return { kind: "primitive", dtype: "bool", length, values: first(booleans, length) };
      case "bigint":
        return { kind: "primitive", dtype: "int64", length, values: BigInt64Array.from(this.others as bigint[]) };
      case "string":
        return strings(this.others as string[]);
      default:
        return { kind: "primitive", dtype: "float64", length, values: first(numbers, length) };
    }
  }
}

/**
 * Statements that put `value` at place `n` of `sink`, for generated loops. There only the lambda of the loop is met: written out, V8
 * knows the type of its answer and allocates no number.
 */
export function putText(sink: string, n: string, value: string): string {
  return `if (typeof ${value} === "number" && ${sink}.type === "number") ${sink}.numbers[${n}] = ${value};
    else if (typeof ${value} === "boolean" && ${sink}.type === "boolean") ${sink}.booleans[${n}] = ${value} ? 1 : 0;
    else ${sink}.put(${n}, ${value});`;
}

const noNumbers = new Float64Array(0);
const noBooleans = new Uint8Array(0);

function first<T extends Float64Array | Uint8Array>(values: T, length: number): T {
  return (values.length === length ? values : values.slice(0, length)) as T;
}

function strings(values: readonly string[]): Column {
  const encoder = new TextEncoder();
  const parts = values.map((value) => encoder.encode(value));
  const offsets = new Int32Array(parts.length + 1);
  parts.forEach((part, i) => {
    offsets[i + 1] = offsets[i]! + part.length;
  });
  const bytes = new Uint8Array(offsets[parts.length]!);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]!);
  return { kind: "string", encoding: "utf8", length: parts.length, offsets, bytes };
}
