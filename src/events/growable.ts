/** Typed arrays that grow: `grown` copies into one of at least twice the size. */
export function grown<T extends Int32Array | Float64Array>(array: T): T {
  const larger =
    array instanceof Int32Array ? new Int32Array(array.length * 2 + 16) : new Float64Array(array.length * 2 + 16);
  (larger as Int32Array).set(array as Int32Array);
  return larger as T;
}
