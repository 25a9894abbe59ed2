/** Numeric axes that grow: finite values outside add bins, in the order they come. */
import { badArgument } from "./axis-options.ts";
import { type IntegerAxis, integer } from "./integer-axis.ts";
import { type RegularAxis, regular } from "./regular-axis.ts";
import { binOf, type VariableAxis, variable } from "./variable-axis.ts";

export type GrowingAxis = RegularAxis | VariableAxis | IntegerAxis;

/** An axis may grow to this many bins. */
const mostBins = 1 << 24;

/** Bins while they grow. Bins are counted from the first one that the axis had, so that none is renumbered. */
export interface Growing {
  /** The bin of a value; `under` and `over` for what is not finite. */
  readonly binOf: (x: number) => number;
  /** Number of bins added below so far. */
  readonly below: () => number;
  /** The axis as it is now: `axis` itself if nothing was added. */
  readonly axis: () => GrowingAxis;
}

export const under: number = -(2 ** 31);
export const over: number = 2 ** 31 - 1;

export function growing(axis: GrowingAxis): Growing {
  if (axis.kind === "regular") return growingRegular(axis);
  return axis.kind === "variable" ? growingVariable(axis) : growingInteger(axis);
}

/** Bins of the width of the others are added, as many as the value needs. */
function growingRegular(axis: RegularAxis): Growing {
  let { start, bins } = axis;
  let width = axis.stop - start;
  let below = 0;
  return {
    binOf(x) {
      const z = (x - start) / width;
      const i = Math.floor(z * bins);
      if (z >= 0 && z < 1) return i - below;
      if (!Number.isFinite(z)) return z === -Infinity ? under : over;
      requireBins(axis, z < 0 ? bins - i : i + 1, x);
      if (z < 0) {
        const stop = start + width;
        start += i * (width / bins);
        width = stop - start;
        bins -= i;
        below -= i;
        return -below;
      }
      width = (width / bins) * (i + 1);
      bins = i + 1;
      return i - below;
    },
    below: () => below,
    axis: () => (bins === axis.bins ? axis : regular(bins, start, start + width, axis)),
  };
}

/** One bin is added, half as wide as its neighbour or up to the value. */
function growingVariable(axis: VariableAxis): Growing {
  const edges = [...axis.edges];
  let below = 0;
  return {
    binOf(x) {
      const last = edges.length - 1;
      if (x >= edges[0]! && x < edges[last]!) return binOf(edges, last, x) - below;
      if (!Number.isFinite(x)) return x < 0 ? under : over;
      requireBins(axis, edges.length, x);
      if (x >= edges[last]!) {
        const half = edges[last]! - 0.5 * (edges[last - 1]! + edges[last]!);
        edges.push(Math.max(nextAbove(x), edges[last]! + half));
        return last - below;
      }
      const half = 0.5 * (edges[0]! + edges[1]!) - edges[0]!;
      edges.unshift(Math.min(x, edges[0]! - half));
      below++;
      return -below;
    },
    below: () => below,
    axis: () => (edges.length === axis.edges.length ? axis : variable(edges, axis)),
  };
}

/** The integers between are added. */
function growingInteger(axis: IntegerAxis): Growing {
  let { start, stop } = axis;
  return {
    binOf(x) {
      if (!Number.isFinite(x)) return over;
      const k = Math.floor(x);
      requireBins(axis, Math.max(stop, k + 1) - Math.min(start, k), x);
      start = Math.min(start, k);
      stop = Math.max(stop, k + 1);
      return k - axis.start;
    },
    below: () => axis.start - start,
    axis: () => (stop - start === axis.bins ? axis : integer(start, stop, axis)),
  };
}

function requireBins(axis: GrowingAxis, bins: number, x: number): void {
  if (bins <= mostBins) return;
  const name = axis.name === "" ? `the ${axis.kind} axis` : `axis "${axis.name}"`;
  throw badArgument(`Filling ${x} would make ${name} grow to ${bins} bins; it grows to ${mostBins} at most.`);
}

const bits = new DataView(new ArrayBuffer(8));

/** The next float64 above a finite number. */
function nextAbove(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, x);
  bits.setBigInt64(0, bits.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
