/** Cell arrays of UHI JSON from and to flat row-major ones. */
import { bad } from "./uhi-fields.ts";
import type { UhiArray } from "./uhi-schema.ts";

/** Nested lists of the given shape; without axes a list of the one cell. */
export function nest(cells: Iterable<number>, shape: readonly number[]): UhiArray {
  let level: (number | UhiArray)[] = [...cells];
  for (let axis = shape.length - 1; axis > 0; axis--) {
    const size = shape[axis]!;
    const count = shape.slice(0, axis).reduce((product, n) => product * n, 1);
    level = Array.from({ length: count }, (_, i) => level.slice(i * size, (i + 1) * size));
  }
  return level;
}

/** Nested lists of the given shape as a flat array; without axes a number, or a list of one. */
export function flatValues(json: unknown, shape: readonly number[], path: string): Float64Array {
  const cells = shape.reduce((product, n) => product * n, 1);
  const flat = new Float64Array(cells);
  let next = 0;
  const descend = (value: unknown, level: number, at: string): void => {
    if (level === shape.length) {
      if (typeof value !== "number") throw bad(at, "is not a number");
      flat[next++] = value;
      return;
    }
    if (!Array.isArray(value)) throw bad(at, "is not a list");
    if (value.length !== shape[level]) throw bad(at, `has ${value.length} entries, the axis ${shape[level]} cells`);
    for (const [i, entry] of value.entries()) descend(entry, level + 1, `${at}[${i}]`);
  };
  if (shape.length === 0 && Array.isArray(json) && json.length === 1) descend(json[0], 0, `${path}[0]`);
  else descend(json, 0, path);
  return flat;
}

/** Sparse cells: `index` holds for each axis the cell numbers of the values, flow cells counted. */
export function sparseValues(
  index: unknown,
  values: unknown,
  shape: readonly number[],
  path: string,
  array: string,
): Float64Array {
  if (!Array.isArray(values)) throw bad(`${path}.${array}`, "is not a list");
  if (!Array.isArray(index) || index.length !== shape.length)
    throw bad(`${path}.index`, `is not one list for each of the ${shape.length} axes`);
  const flat = new Float64Array(shape.reduce((product, n) => product * n, 1));
  const cells = new Array<number>(values.length).fill(0);
  for (const [axis, numbers] of index.entries()) {
    if (!Array.isArray(numbers) || numbers.length !== values.length)
      throw bad(`${path}.index[${axis}]`, `is not a list of ${values.length} cell numbers`);
    for (const [i, n] of numbers.entries()) {
      if (!Number.isInteger(n) || n < 0 || n >= shape[axis]!)
        throw bad(`${path}.index[${axis}][${i}]`, `is ${JSON.stringify(n)}, not one of ${shape[axis]} cells`);
      cells[i] = cells[i]! * shape[axis]! + n;
    }
  }
  for (const [i, value] of values.entries()) {
    if (typeof value !== "number") throw bad(`${path}.${array}[${i}]`, "is not a number");
    flat[cells[i]!]! += value;
  }
  return flat;
}
