import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fromList, toList } from "../../src/jagged/index.ts";
import { decode } from "./oracle-encoding.ts";

const file = join(
  process.env["CORTADO_ORACLES"] ?? join(import.meta.dirname, "../../../shared/oracles"),
  "jagged.json",
);

interface Typed {
  readonly type: string;
  readonly data: unknown[];
}

/** Every typed array in the file, inputs and results, that has a type a column can hold. */
function typedArrays(value: unknown, found: Typed[] = []): Typed[] {
  if (typeof value !== "object" || value === null) return found;
  const { type, data, op } = value as Partial<Typed> & { op?: string };
  // The type of a NumPy masked array does not say that values may be missing.
  if (op === "to_numpy") return found;
  if (typeof type === "string" && Array.isArray(data)) {
    if (/^\d+ \*/.test(type) && !/union|unknown|categorical|date|timedelta/.test(type)) found.push({ type, data });
  } else for (const child of Object.values(value)) typedArrays(child, found);
  return found;
}

/** bigint and number alike, so that int64 (read from JSON as number) compares with what comes back. */
const plain = (value: unknown): unknown =>
  typeof value === "bigint"
    ? `${value}`
    : typeof value === "number" && Number.isInteger(value)
      ? Object.is(value, -0)
        ? "-0"
        : `${BigInt(value)}`
      : Array.isArray(value)
        ? value.map(plain)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]))
          : value;

test.skipIf(!existsSync(file))(
  `typed arrays of ${existsSync(file) ? "jagged.json" : `${file}, which is missing`}, there and back`,
  () => {
    const arrays = typedArrays(JSON.parse(readFileSync(file, "utf8")));
    expect(arrays.length).toBeGreaterThan(100);
    for (const { type, data } of arrays) {
      const decoded = decode(data) as unknown[];
      expect(plain(toList(fromList(decoded, type))), type).toStrictEqual(plain(decoded));
    }
    console.log(
      `${arrays.length} typed arrays of ${new Set(arrays.map((a) => a.type.replace(/\d+ \*/g, "N *"))).size} types`,
    );
  },
);
