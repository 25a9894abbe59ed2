/** The figure that people know from the Analysis Grand Challenge: its templates stacked, with all their variations. */
import { existsSync, readFileSync } from "node:fs";
import { type Figure, type PlotHist, type Shift, stack } from "cortado/plot";

interface Template {
  readonly edges: readonly number[];
  /** With underflow first and overflow last. */
  readonly contents: readonly number[];
}

/** What the templates call the parts of each background. */
const parts: Readonly<Record<string, readonly string[]>> = {
  "Single top": ["single_top_s_chan", "single_top_t_chan"],
  tW: ["single_top_tW"],
  "W+jets": ["wjets"],
  "t\\bar{t}": ["ttbar"],
};

/** Variations by the ends of the names of their two sides; one side alone is mirrored. */
const shifts: Readonly<Record<string, readonly [up: string, down?: string]>> = {
  ...Object.fromEntries([0, 1, 2, 3].map((i) => [`b tag ${i}`, [`btag_var_${i}_up`, `btag_var_${i}_down`] as const])),
  "jet energy scale": ["pt_scale_up"],
  "jet energy resolution": ["pt_res_up"],
  "t\\bar{t} scale": ["scaleup", "scaledown"],
  "matrix element": ["ME_var"],
  "parton shower": ["PS_var"],
  "W+jets scale": ["scale_var_up", "scale_var_down"],
};

/** The figure of one region (`4j1b`, `4j2b`), or undefined where the file of templates is not there. */
export function agcFigure(file: string, region: string, xLabel: string): Figure | undefined {
  if (!existsSync(file)) return undefined;
  const templates = JSON.parse(readFileSync(file, "utf8")) as Record<string, Template>;
  const hist = (values: readonly number[], edges: readonly number[], variances: readonly number[]): PlotHist => ({
    axes: [{ edges, label: xLabel }],
    values: ({ flow = false } = {}) => (flow ? values : values.slice(1, -1)),
    variances: ({ flow = false } = {}) => (flow ? variances : variances.slice(1, -1)),
  });
  /** The sum of the parts; those that do not know the variation as they are. Undefined if none knows it. */
  const sum = (names: readonly string[], variation?: string): PlotHist | undefined => {
    const nominal = names.map((name) => templates[`${region}_${name}`]!);
    const varied = names.map((name) =>
      variation === undefined ? undefined : templates[`${region}_${name}_${variation}`],
    );
    if (variation !== undefined && varied.every((t) => t === undefined)) return undefined;
    const used = nominal.map((template, i) => varied[i] ?? template);
    const values = used[0]!.contents.map((_, bin) => used.reduce((total, t) => total + t.contents[bin]!, 0));
    // The templates were stored without variances: the band is that of the variations alone.
    return hist(
      values,
      used[0]!.edges,
      values.map(() => 0),
    );
  };
  const side = (variation: string | undefined): Record<string, PlotHist> | undefined => {
    if (variation === undefined) return undefined;
    const known = Object.entries(parts).flatMap(([label, names]) => {
      const varied = sum(names, variation);
      return varied === undefined ? [] : [[label, varied] as const];
    });
    return Object.fromEntries(known);
  };
  const systematics: Record<string, Shift> = Object.fromEntries(
    Object.entries(shifts).map(([name, [up, down]]) => [name, { up: side(up), down: side(down) }]),
  );
  const pseudo = templates[`${region}_pseudodata`]!;
  return stack(
    {
      data: hist(pseudo.contents, pseudo.edges, pseudo.contents),
      background: Object.fromEntries(Object.entries(parts).map(([label, names]) => [label, sum(names)!])),
      systematics,
    },
    {
      experiment: "CMS",
      status: "Open Data",
      lumi: 3.378,
      com: 13,
      text: region === "4j1b" ? "≥ 4 jets, 1 b tag" : "≥ 4 jets, ≥ 2 b tags",
      dataLabel: "Pseudodata",
      uncertaintyLabel: "Syst. unc.",
      range: region === "4j1b" ? [110, 550] : [50, 550],
    },
  );
}
