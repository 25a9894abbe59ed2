/** Histograms for the gallery, made by formula so that they are the same everywhere. */
import { axis, Hist } from "cortado";

/** `n` numbers spread over (0, 1) without pattern (golden-ratio steps). */
const spread = (n: number, phase = 0): number[] =>
  Array.from({ length: n }, (_, i) => (0.5 + phase + i * 0.6180339887498949) % 1);

export const falling = (n: number, start: number, slope: number, phase = 0): number[] =>
  spread(n, phase).map((u) => start - slope * Math.log(1 - u * 0.999));

export const peak = (n: number, middle: number, width: number): number[] =>
  spread(n).map(
    (u, i) =>
      middle + width * Math.sqrt(-2 * Math.log(1 - u * 0.999)) * Math.cos(2 * Math.PI * ((i * 0.7548776662466927) % 1)),
  );

/** Missing momentum of `n` events. */
export function met(n = 3000): Hist {
  return Hist.of(axis.regular(40, 0, 200, { name: "met", label: "p_T^{miss} [GeV]" })).fill([falling(n, 0, 32)]);
}

const ht = axis.regular(20, 100, 500, { name: "ht", label: "H_T [GeV]" });
const weighted = (values: number[], weight: number): Hist =>
  Hist.of(ht, { storage: "weight" }).fill([values], { weight });

export function backgrounds(): Record<string, Hist> {
  return {
    "t\\bar{t}": weighted(peak(4000, 260, 70), 0.2),
    "Single top": weighted(falling(1500, 120, 80), 0.15),
    "W+jets": weighted(falling(2500, 100, 60, 0.3), 0.25),
  };
}

/** The background t t̄ with jets of another energy. */
export const shifted = (factor: number): Hist => weighted(peak(4000, 260 * factor, 70 * factor), 0.2);

export function data(): Hist {
  return Hist.of(ht).fill([[...peak(800, 260, 70), ...falling(220, 120, 80), ...falling(620, 100, 60, 0.3)]]);
}

export const signal = (): Hist => weighted(peak(400, 400, 25), 0.01);

/** Jets over η and p_T. */
export function jets(): Hist {
  const [u, v] = [spread(20_000), spread(20_000, 0.3).map((x, i) => (x + i * 0.1367) % 1)];
  return Hist.of(
    axis.regular(32, -3.2, 3.2, { name: "eta", label: "#eta" }),
    axis.regular(25, 0, 100, { name: "pt", label: "p_T [GeV]" }),
  ).fill({
    eta: u.map((x, i) => 3.6 * (2 * v[i]! - 1) * Math.sqrt(x)),
    pt: u.map((x, i) => -25 * Math.log(1 - 0.9999 * x) * (1 - 0.5 * Math.abs(2 * v[i]! - 1))),
  });
}

/** What tau leptons, muons and electrons are taken for. */
export function confusion(): Hist {
  const names = (label: string) =>
    axis.category(label, { categories: ["e", "#mu", "#tau"], growth: false, flow: false });
  return Hist.of(names("generated"), names("reconstructed"), { storage: "weight" }).fill(
    {
      generated: ["e", "e", "e", "#mu", "#mu", "#tau", "#tau", "#tau"],
      reconstructed: ["e", "#mu", "#tau", "#mu", "e", "#tau", "#mu", "e"],
    },
    { weight: [0.91, 0.01, 0.08, 0.97, 0.03, 0.62, 0.11, 0.27] },
  );
}

/** Muons that were looked at and those that a trigger of this threshold took. */
export function trigger(threshold: number, plateau: number): { passed: Hist; total: Hist } {
  const bins = () =>
    Hist.of(axis.variable([0, 5, 10, 15, 20, 25, 30, 40, 60, 100], { name: "pt", label: "Muon p_T [GeV]" }));
  const pts = falling(3000, 2, 18);
  const taken = pts.filter((pt, i) => ((i * 0.7548776662) % 1) * (1 + Math.exp((threshold - pt) / 1.5)) < plateau);
  return { passed: bins().fill([taken]), total: bins().fill([pts]) };
}

/** A mean over η, with one bin that nothing was filled into. */
export function response(): Hist {
  const eta = spread(80)
    .map((u) => 5 * u - 2.5)
    .filter((x) => x < 1 || x > 1.5);
  return Hist.of(axis.regular(10, -2.5, 2.5, { name: "eta", label: "#eta" }), { storage: "mean" }).fill([eta], {
    sample: eta.map((x, i) => 0.9 + 0.03 * x * x + 0.4 * (((i * 0.7548776662) % 1) - 0.5)),
  });
}

/** A spectrum over five decades in bins of one width in the logarithm. */
export function spectrum(): Hist {
  return Hist.of(axis.regular(25, 10, 5000, { name: "mjj", label: "m_{jj} [GeV]", transform: "log" })).fill([
    spread(20_000).map((u) => 12 * (1 - 0.99999 * u) ** -0.55),
  ]);
}
