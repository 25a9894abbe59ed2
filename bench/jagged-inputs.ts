/** The columns of the jagged benchmark: a million events, about five objects each; their buffers for both languages. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Column, ListColumn, PrimitiveColumn } from "cortado/jagged";
import { random } from "../datasets/random.ts";

export const events = 1_000_000;

/** In Python by the same names. The last three are flat: one value an event. */
export interface JaggedInputs {
  /** float32, an exponential beyond 15. */
  readonly pt: ListColumn;
  /** float32, pt with one value in ten missing. */
  readonly ptm: ListColumn;
  /** float64, uniform in -3 to 3. */
  readonly eta: ListColumn;
  /** float32, uniform in -0.99 to 0.99. */
  readonly unit: ListColumn;
  /** float32, uniform in -0.99 to 0.99, one value in ten NaN. */
  readonly gap: ListColumn;
  /** int32 in -5 to 5. */
  readonly charge: ListColumn;
  /** int64 in -500,000 to 499,999. */
  readonly id: ListColumn;
  /** bool. */
  readonly tight: ListColumn;
  /** bool. */
  readonly loose: ListColumn;
  readonly met: PrimitiveColumn<"float32">;
  readonly run: PrimitiveColumn<"int64">;
  readonly good: PrimitiveColumn<"bool">;
}

/** Makes the columns and writes their buffers, for the other side to read, and what they are as `inputs.json`. */
export function jaggedInputs(folder: string): JaggedInputs {
  const { uniform, poisson } = random(20240901, 0);
  const offsets = new Int32Array(events + 1);
  for (let i = 0; i < events; i++) offsets[i + 1] = offsets[i]! + poisson(4.5);
  const length = offsets[events]!;
  writeFileSync(join(folder, "offsets"), offsets);
  const described: object[] = [];
  const column = <P extends PrimitiveColumn>(
    name: string,
    dtype: P["dtype"],
    values: P["values"],
    validity?: Uint8Array,
  ): P => {
    writeFileSync(join(folder, name), values);
    described.push({ name, dtype, lists: values.length === length, missing: validity !== undefined });
    return { kind: "primitive", dtype, length: values.length, values, ...(validity && { validity }) } as unknown as P;
  };
  const lists = (content: Column): ListColumn => ({ kind: "list", length: events, offsets, content });

  const pt = Float32Array.from({ length }, () => 15 - 25 * Math.log(1 - uniform()));
  const unit = Float32Array.from({ length }, () => 1.98 * uniform() - 0.99);
  const missing = Float32Array.from(pt, (value) => (uniform() < 0.1 ? Number.NaN : value));
  const validity = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++) if (!Number.isNaN(missing[i])) validity[i >> 3]! |= 1 << (i & 7);
  const inputs: JaggedInputs = {
    pt: lists(column("pt", "float32", pt)),
    ptm: lists(column("ptm", "float32", missing, validity)),
    eta: lists(
      column(
        "eta",
        "float64",
        Float64Array.from({ length }, () => 6 * uniform() - 3),
      ),
    ),
    unit: lists(column("unit", "float32", unit)),
    gap: lists(
      column(
        "gap",
        "float32",
        Float32Array.from(unit, (value) => (uniform() < 0.1 ? Number.NaN : value)),
      ),
    ),
    charge: lists(
      column(
        "charge",
        "int32",
        Int32Array.from({ length }, () => Math.floor(11 * uniform()) - 5),
      ),
    ),
    id: lists(
      column(
        "id",
        "int64",
        BigInt64Array.from({ length }, () => BigInt(Math.floor(1e6 * uniform()) - 500_000)),
      ),
    ),
    tight: lists(
      column(
        "tight",
        "bool",
        Uint8Array.from({ length }, () => Number(uniform() < 0.5)),
      ),
    ),
    loose: lists(
      column(
        "loose",
        "bool",
        Uint8Array.from({ length }, () => Number(uniform() < 0.5)),
      ),
    ),
    met: column(
      "met",
      "float32",
      Float32Array.from({ length: events }, () => 100 * uniform()),
    ),
    run: column(
      "run",
      "int64",
      BigInt64Array.from({ length: events }, () => BigInt(Math.floor(1e3 * uniform()))),
    ),
    good: column(
      "good",
      "bool",
      Uint8Array.from({ length: events }, () => Number(uniform() < 0.5)),
    ),
  };
  writeFileSync(join(folder, "inputs.json"), JSON.stringify(described));
  return inputs;
}
