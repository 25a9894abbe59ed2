/**
 * The distinct values of a column chunk and, for each value, the number of the distinct one. Numbers are compared by
 * their bits, so that -0 and the payloads of NaNs survive. Open addressing with linear probing.
 */
export interface Dictionary {
  /** For every value, its position among the distinct ones. */
  readonly indices: Int32Array;
  /** Number of distinct values. */
  readonly size: number;
  /** For every distinct value, the position of its first appearance. */
  readonly first: Int32Array;
}

/** How values of one storage form are told apart. */
export interface Keys {
  readonly count: number;
  readonly hash: (i: number) => number;
  readonly equal: (i: number, j: number) => boolean;
  /** Bytes that value `i` takes in a dictionary page. */
  readonly bytes: (i: number) => number;
}

/** Values of four bytes, or of eight as pairs. */
export function bitKeys(words: Int32Array, wordsPerValue: 1 | 2): Keys {
  if (wordsPerValue === 1)
    return {
      count: words.length,
      hash: (i) => Math.imul(words[i]!, 0x9e3779b1),
      equal: (i, j) => words[i] === words[j],
      bytes: () => 4,
    };
  return {
    count: words.length / 2,
    hash: (i) => {
      const mixed = Math.imul(words[2 * i]!, 0x9e3779b1) ^ Math.imul(words[2 * i + 1]!, 0x85ebca6b);
      return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    },
    equal: (i, j) => words[2 * i] === words[2 * j] && words[2 * i + 1] === words[2 * j + 1],
    bytes: () => 8,
  };
}

/** Byte strings `bytes[offsets[i]..offsets[i+1])`. */
export function stringKeys(bytes: Uint8Array, offsets: Int32Array, count: number): Keys {
  return {
    count,
    hash: (i) => {
      let hash = 0x811c9dc5;
      for (let at = offsets[i]!; at < offsets[i + 1]!; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
      return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    },
    equal: (i, j) => {
      const length = offsets[i + 1]! - offsets[i]!;
      if (offsets[j + 1]! - offsets[j]! !== length) return false;
      for (let k = 0; k < length; k++) if (bytes[offsets[i]! + k] !== bytes[offsets[j]! + k]) return false;
      return true;
    },
    bytes: (i) => offsets[i + 1]! - offsets[i]! + 4,
  };
}

/** Bits of an index into a dictionary of `size` entries; at least one, which every reader understands. */
export function indexWidth(size: number): number {
  return Math.max(1, 32 - Math.clz32(size - 1));
}

/**
 * The dictionary, or undefined where it does not pay: larger than `maxBytes`, or together with the indices no
 * smaller than the plain values. A column of all different values is given up early.
 */
export function buildDictionary(keys: Keys, maxBytes: number): Dictionary | undefined {
  const { count, hash, equal } = keys;
  const indices = new Int32Array(count);
  let table = new Int32Array(1024).fill(-1);
  // The table is grown when more than half full, so half its slots are enough.
  let first = new Int32Array(table.length / 2 + 1);
  let shift = 32 - 10;
  let size = 0;
  let dictionaryBytes = 0;
  let plainBytes = 0;
  let nextCheck = 16384;

  const grow = (): void => {
    shift -= 2;
    table = new Int32Array(table.length * 4).fill(-1);
    for (let entry = 0; entry < size; entry++) {
      let slot = hash(first[entry]!) >>> shift;
      while (table[slot] !== -1) slot = (slot + 1) & (table.length - 1);
      table[slot] = entry;
    }
    const longer = new Int32Array(table.length / 2 + 1);
    longer.set(first.subarray(0, size));
    first = longer;
  };

  for (let i = 0; i < count; i++) {
    plainBytes += keys.bytes(i);
    let slot = hash(i) >>> shift;
    let entry = table[slot]!;
    while (entry !== -1 && !equal(first[entry]!, i)) {
      slot = (slot + 1) & (table.length - 1);
      entry = table[slot]!;
    }
    if (entry === -1) {
      dictionaryBytes += keys.bytes(i);
      if (dictionaryBytes > maxBytes) return undefined;
      entry = size++;
      table[slot] = entry;
      first[entry] = i;
      if (size * 2 > table.length) grow();
    }
    indices[i] = entry;
    if (i === nextCheck) {
      if (size > 0.9 * i) return undefined;
      nextCheck *= 2;
    }
  }
  if (dictionaryBytes + (count * indexWidth(size)) / 8 >= plainBytes) return undefined;
  return { indices, size, first: first.subarray(0, size) };
}
