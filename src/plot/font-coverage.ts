/**
 * Which characters the text face of the figures has. A renderer that meets one it lacks may set the whole string in
 * another face, so those few are set one by one in the symbol face.
 */

/** Letters with Latin, Greek and Cyrillic shapes, common punctuation and mathematics. */
export const textFamily = "Arimo";
export const symbolFamily = "DejaVu Sans";

// biome-ignore format: pairs of first and last code point
const covered: readonly (readonly [number, number])[] = [
  [0x20, 0x7e], [0xa0, 0x377], [0x384, 0x38a], [0x38e, 0x3a1], [0x3a3, 0x52f], [0x2000, 0x2064], [0x2070, 0x2071], [0x2074, 0x208e],
  [0x2090, 0x209c], [0x20a0, 0x20be], [0x2100, 0x214f], [0x2190, 0x2195], [0x2202, 0x2202], [0x2206, 0x2206], [0x220f, 0x220f],
  [0x2211, 0x2212], [0x2219, 0x221a], [0x221e, 0x221f], [0x222b, 0x222b], [0x2248, 0x2248], [0x2260, 0x2261], [0x2264, 0x2265],
];

/** True if the text face has this character. */
export function inTextFace(character: string): boolean {
  const code = character.codePointAt(0)!;
  return covered.some(([from, to]) => code >= from && code <= to);
}
