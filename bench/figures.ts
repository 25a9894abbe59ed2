import { spawnSync } from "node:child_process";
import { type Summary, summary } from "./rounds.ts";

/** Draws a figure several times in a process of its own and prints the seconds of each, the first with loading. */
const script = `
  import { axis, Hist } from "cortado";
  import { stack, step } from "cortado/plot";
  const sample = (phase) => Float64Array.from({ length: 10000 }, (_, i) => -40 * Math.log(1 - ((i * 0.618034 + phase) % 1)));
  const bins = axis.regular(50, 0, 200, { name: "pt", label: "p_T [GeV]" });
  const hists = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => ["sample " + i, Hist.of(bins, { storage: "weight" }).fill([sample(i / 12)], { weight: 1 + i / 12 })]),
  );
  const { "sample 0": first, ...background } = hists;
  const figures = {
    lines: () => step(hists, { errors: true, experiment: "CMS", status: "Simulation", com: 13 }),
    stack: () => stack({ data: first, background }, { experiment: "CMS", lumi: 100, com: 13 }),
  };
  const seconds = [];
  for (let round = 0; round < Number(process.argv[2]); round++) {
    const start = performance.now();
    const svg = await figures[process.argv[1]]().svg();
    seconds.push((performance.now() - start) / 1000);
    if (!svg.includes("sample 11")) throw new Error("not drawn");
  }
  console.log(JSON.stringify(seconds));`;

/** Seconds from histograms to SVG, of a figure of twelve of them: in a new process and once it is warm. */
export function benchFigures(): { readonly [heading: string]: string }[] {
  const draw = (kind: string, rounds: number): number[] => {
    const ran = spawnSync(process.execPath, ["--input-type=module", "-e", script, kind, String(rounds)], {
      encoding: "utf8",
    });
    if (ran.status !== 0) throw new Error(`bench of figures: ${ran.stderr}`);
    return JSON.parse(ran.stdout) as number[];
  };
  const text = ({ low, median, high }: Summary): string =>
    `${median.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`;
  const kinds = { "12 lines with errors": "lines", "a stack of 11, data and ratio": "stack" };
  return Object.entries(kinds).map(([name, kind]) => {
    const first = Array.from({ length: 5 }, () => draw(kind, 1)[0]!);
    const warm = draw(kind, 12).slice(3);
    return { "figure of 12 histograms to SVG": name, "first, s": text(summary(first)), "warm, s": text(summary(warm)) };
  });
}
