/** Typed arrays that grow: `grown` copies into one of at least twice the size. */
export function grown<T extends Int32Array | Float64Array | Uint8Array>(array: T): T {
  const make = array.constructor as new (length: number) => T;
  const larger = new make(array.length * 2 + 16);
  larger.set(array);
  return larger;
}
