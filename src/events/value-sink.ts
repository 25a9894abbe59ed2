import { CortadoError } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { grown } from "./growable.ts";

/** Collects the values a lambda answers: numbers (float64), booleans, bigints (int64) or strings, all of one type. */
export class ValueSink {
  private numbers = new Float64Array(16);
  private readonly others: (bigint | string)[] = [];
  private type: string | undefined;
  length = 0;

  /** Adds a value. Throws `ShapeError` for a type that differs from the ones before, or that is no value. */
  push(value: unknown): void {
    const type = typeof value;
    if (type !== this.type) this.begin(type);
    const n = this.length++;
    if (type === "number" || type === "boolean") {
      if (n >= this.numbers.length) this.numbers = grown(this.numbers);
      this.numbers[n] = value as number;
    } else this.others.push(value as bigint);
  }

  private begin(type: string): void {
    if (type !== "number" && type !== "boolean" && type !== "bigint" && type !== "string")
      throw this.wrong(`a lambda must answer a number, boolean, bigint or string here, not ${type}`);
    if (this.type !== undefined)
      throw this.wrong(`a lambda answered ${this.type} for some items and ${type} for others`);
    this.type = type;
  }

  private wrong(message: string): CortadoError<"ShapeError"> {
    return new CortadoError("ShapeError", message, { code: "TypeMismatch" });
  }

  /** The values as a flat column; float64 if there is none. */
  column(): Column {
    const { length, numbers } = this;
    switch (this.type) {
      case "boolean":
        return { kind: "primitive", dtype: "bool", length, values: Uint8Array.from(numbers.subarray(0, length)) };
      case "bigint":
        return { kind: "primitive", dtype: "int64", length, values: BigInt64Array.from(this.others as bigint[]) };
      case "string":
        return strings(this.others as string[]);
      default:
        return { kind: "primitive", dtype: "float64", length, values: numbers.slice(0, length) };
    }
  }
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
