import { corruptPage } from "./decode-failure.ts";

/** Decompresses one LZ4 block (no frame) of exactly `size` bytes. Format: the LZ4 block format description. */
export function lz4Decompress(input: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  let from = 0;
  let to = 0;
  const length = (nibble: number): number => {
    let total = nibble;
    if (nibble !== 15) return total;
    for (;;) {
      const byte = input[from++];
      if (byte === undefined) throw corruptPage("lz4 bytes end inside a length");
      total += byte;
      if (byte !== 255) return total;
    }
  };
  while (from < input.length) {
    const token = input[from++]!;
    const literals = length(token >> 4);
    if (literals > input.length - from || literals > size - to) throw corruptPage("lz4 literals run past the end");
    output.set(input.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === input.length) break;
    if (from + 2 > input.length) throw corruptPage("lz4 bytes end inside an offset");
    const distance = input[from]! | (input[from + 1]! << 8);
    from += 2;
    const match = length(token & 15) + 4;
    if (distance === 0 || distance > to) throw corruptPage("an lz4 match begins before the data");
    if (match > size - to) throw corruptPage("an lz4 match runs past the end");
    if (distance >= match) output.copyWithin(to, to - distance, to - distance + match);
    else for (let i = 0; i < match; i++) output[to + i] = output[to + i - distance]!;
    to += match;
  }
  return to === size ? output : output.subarray(0, to);
}
