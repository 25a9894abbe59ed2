/** Where the ticks of an axis go and what they say. Positions and texts are data, so that both sides and minors agree. */
export interface Ticks {
  readonly major: readonly number[];
  readonly minor: readonly number[];
  /** Mini-TeX, one for each major tick; "" where a label is left out. */
  readonly labels: readonly string[];
  /** Power of ten by which the labels are to be multiplied; 0 if they are the values. */
  readonly exponent: number;
}

/** Labels stay plain numbers between these powers of ten. */
const plainAbove = 1e-3;
const plainBelow = 1e5;

/** Round ticks (1, 2, 2.5 or 5 times a power of ten) from `low` to `high`, about `wanted` of them. */
export function linearTicks(low: number, high: number, wanted = 6): Ticks {
  const step = roundStep((high - low) / wanted);
  const parts = leading(step) === 2 ? 4 : 5;
  const major = multiples(low, high, step);
  const fine = multiples(low, high, step / parts);
  const minor = fine.filter((v) => !major.some((m) => Math.abs(m - v) < step / 1000));
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const plain = largest === 0 || (largest < plainBelow && largest >= plainAbove);
  const exponent = plain ? 0 : Math.floor(Math.log10(largest) / 3) * 3;
  const digits = Math.max(0, -Math.floor(Math.log10(step) - exponent + 1e-9) + (leading(step) === 2.5 ? 1 : 0));
  const labels = major.map((v) => (v / 10 ** exponent).toFixed(Math.min(digits, 12)).replace("-", "−"));
  return { major, minor, labels, exponent };
}

/** Powers of ten from `low` to `high` (both above 0) with minors at 2 to 9 times them; over many decades, only some are named. */
export function logTicks(low: number, high: number): Ticks {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const decades = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const inside = (v: number): boolean => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9);
  const named = decades.filter((d) => inside(power(d)));
  const every = Math.ceil(named.length / 8);
  const major = named.map(power);
  const minor = decades.flatMap((d) => [2, 3, 4, 5, 6, 7, 8, 9].map((k) => k * power(d))).filter(inside);
  const labels = named.map((d) =>
    d % every !== 0 ? "" : d === 0 ? "1" : d === 1 ? "10" : `10^{${String(d).replace("-", "−")}}`,
  );
  return { major, minor: every > 1 ? [] : minor, labels, exponent: 0 };
}

/** `×10^{6}`, what the labels of an axis are multiplied by; "" if they are the values. */
export function factorText({ exponent }: Ticks): string {
  return exponent === 0 ? "" : `×10^{${String(exponent).replace("-", "−")}}`;
}

/** 10 to the n as the nearest double, also for negative n. */
const power = (n: number): number => Number(`1e${n}`);

const leading = (step: number): number => Number((step / 10 ** Math.floor(Math.log10(step) + 1e-12)).toPrecision(6));

function roundStep(rough: number): number {
  const decade = power(Math.floor(Math.log10(rough)));
  for (const factor of [1, 2, 2.5, 5])
    if (rough <= factor * decade * (1 + 1e-9)) return Number((factor * decade).toPrecision(12));
  return Number((10 * decade).toPrecision(12));
}

function multiples(low: number, high: number, step: number): number[] {
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)) || 0);
}

/** A number as a person writes it: at most `digits` significant ones, no trailing zeros, a power of ten (mini-TeX) only where that is shorter. */
export function shortNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 10 ** Math.max(digits, 5) || size < 1e-4)) {
    const [mantissa, exponent] = rounded.toExponential().split("e");
    return `${mantissa === "1" ? "" : `${mantissa}×`}10^{${String(Number(exponent)).replace("-", "−")}}`;
  }
  return rounded.toString().replace("-", "−");
}
