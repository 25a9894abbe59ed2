/** A part of the frame that data must stay out of, in pixels from the left and the top of the frame. */
export interface Obstacle {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is drawn in one bin, errors included; sides in pixels from the left of the frame. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
  /** Pixels over it that a text needs. */
  readonly above?: number;
}

export interface YRange {
  readonly low: number;
  readonly high: number;
}

/** Part of the frame above the data that stays free everywhere. */
const free = 0.06;

/**
 * The range of a linear y axis: from 0, or below the lowest negative bin, to where nothing touches the top and
 * whatever lies under an obstacle stays below it. `height` is the frame's, in pixels.
 */
export function linearRange(extents: readonly Extent[], height: number, obstacles: readonly Obstacle[]): YRange {
  const top = Math.max(0, ...extents.map((e) => e.high));
  const bottom = Math.min(0, ...extents.map((e) => e.low));
  if (top === 0 && bottom === 0) return { low: 0, high: 1 };
  const low = bottom < 0 ? bottom - 0.08 * (top - bottom) : 0;
  const needed = headRoom(extents, height, obstacles, low, (v) => v);
  return { low, high: Math.max(needed, -0.15 * low) };
}

/**
 * The range of a logarithmic y axis: from half of the `smallest` positive content, at least a ten-thousandth of the
 * largest, with the same head room; a decade around 1 if nothing is positive.
 */
export function logRange(
  extents: readonly Extent[],
  height: number,
  obstacles: readonly Obstacle[],
  smallest: number | undefined,
): YRange {
  const top = Math.max(0, ...extents.map((e) => e.high));
  if (!(top > 0) || smallest === undefined) return { low: 0.5, high: 10 };
  const low = Math.max(smallest / 2, top * 1e-4);
  const needed = headRoom(extents, height, obstacles, Math.log10(low), (v) => Math.log10(Math.max(v, low)));
  return { low, high: Math.max(10 ** needed, low * 10) };
}

/** The top of the axis, on the scale of `at`, that keeps every bin clear of the obstacles above it. */
function headRoom(
  extents: readonly Extent[],
  height: number,
  obstacles: readonly Obstacle[],
  low: number,
  at: (value: number) => number,
): number {
  let high = low;
  for (const extent of extents) {
    const above = obstacles.filter((o) => extent.right > o.left && extent.left < o.right);
    const text = (extent.above ?? 0) / height;
    const taken = Math.max(free, ...above.map((o) => o.bottom / height)) + text;
    high = Math.max(high, low + (at(extent.high) - low) / (1 - Math.min(taken, 0.8)));
  }
  return high;
}
