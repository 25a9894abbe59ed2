/** Which of many slots are missing; no memory until the first is. */
export interface Missing {
  /** Arrow validity bits (1 = valid, least significant bit first), absent while nothing is missing. */
  bits: Uint8Array | undefined;
  /** Slots the bits have room for. */
  readonly capacity: number;
}

/** Marks slots `from` to `to` as missing. */
export function markMissing(missing: Missing, from: number, to: number): void {
  const bits = (missing.bits ??= new Uint8Array((missing.capacity + 7) >> 3).fill(0xff));
  for (let i = from; i < to; i++) bits[i >> 3]! &= ~(1 << (i & 7));
}

/** The validity of slots `from` to `to`, moved to begin at 0; absent if all of them are valid. */
export function validityOf(missing: Missing, from: number, to: number): Uint8Array | undefined {
  const bits = missing.bits;
  if (bits === undefined || from === to) return undefined;
  const length = to - from;
  const result = new Uint8Array((length + 7) >> 3);
  const shift = from & 7;
  const first = from >> 3;
  let all = 0xff;
  for (let i = 0; i < result.length; i++) {
    const high = shift === 0 ? 0 : (bits[first + i + 1] ?? 0xff) << (8 - shift);
    const rest = length - 8 * i;
    const tail = rest < 8 ? 0xff << rest : 0;
    const byte = ((bits[first + i]! >> shift) | high | tail) & 0xff;
    all &= byte;
    result[i] = rest < 8 ? byte & ~tail : byte;
  }
  return all === 0xff ? undefined : result;
}
