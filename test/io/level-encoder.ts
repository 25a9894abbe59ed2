/** Test-side encoders of levels and bit-packed values, written the slow and obvious way. */

/** Bits of each value, least significant first, into bytes. */
export function packBits(values: readonly number[], width: number): number[] {
  const bytes: number[] = new Array(Math.ceil((values.length * width) / 8)).fill(0);
  for (const [i, value] of values.entries())
    for (let k = 0; k < width; k++) {
      const bit = Math.floor(value / 2 ** k) % 2;
      const at = i * width + k;
      bytes[at >> 3]! |= bit << (at & 7);
    }
  return bytes;
}

/** Bits of each value, most significant first: the deprecated encoding BIT_PACKED. */
export function packLegacy(values: readonly number[], width: number): number[] {
  const bytes: number[] = new Array(Math.ceil((values.length * width) / 8)).fill(0);
  for (const [i, value] of values.entries())
    for (let k = 0; k < width; k++) {
      const bit = Math.floor(value / 2 ** (width - 1 - k)) % 2;
      const at = i * width + k;
      bytes[at >> 3]! |= bit << (7 - (at & 7));
    }
  return bytes;
}

export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/**
 * The hybrid of runs: at each place a run of equal values if there are at least `least` of them, else bit-packed
 * groups of eight (the last one padded with zeros), at most `groups` in one run.
 */
export function packHybrid(values: readonly number[], width: number, least: number, groups: number): number[] {
  const bytes: number[] = [];
  const equalFrom = (at: number): number => {
    let n = 1;
    while (at + n < values.length && values[at + n] === values[at]) n++;
    return n;
  };
  for (let at = 0; at < values.length; ) {
    const equal = equalFrom(at);
    if (equal >= least) {
      bytes.push(...varint(equal * 2));
      for (let k = 0; k < Math.ceil(width / 8); k++) bytes.push(Math.floor(values[at]! / 2 ** (8 * k)) % 256);
      at += equal;
    } else {
      const block = values.slice(at, at + 8 * groups);
      const padded = [...block, ...new Array((8 - (block.length % 8)) % 8).fill(0)];
      bytes.push(...varint((padded.length / 8) * 2 + 1), ...packBits(padded, width));
      at += block.length;
    }
  }
  return bytes;
}
