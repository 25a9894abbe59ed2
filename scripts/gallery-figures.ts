/** Every kind of figure, each as the few lines that draw it: the gallery's pages, and the snapshots that the tests compare. */
import { axis, Hist } from "cortado";
import { band, cutflow, efficiency, type Figure, fill, heatmap, points, stack, step, variations } from "cortado/plot";
import {
  backgrounds,
  confusion,
  data,
  falling,
  jets,
  met,
  response,
  shifted,
  signal,
  spectrum,
  trigger,
} from "./gallery-data.ts";

const background = backgrounds();
const tt = "t\\bar{t}";
const systematics = {
  "jet energy": { up: { [tt]: shifted(1.05) }, down: { [tt]: shifted(0.95) } },
  "W+jets rate": { up: { "W+jets": background["W+jets"]!.scale(1.1) } },
};
const steps = ["all", "trigger", "2 muons", "opposite charge", "60 < m < 120 GeV"];

/** By name, which is also that of its snapshot. */
export const galleryFigures: Readonly<Record<string, () => Figure>> = {
  step: () =>
    step(
      { "All events": met(), "Half of them": met(1500) },
      { errors: true, logY: true, experiment: "CMS", status: "Simulation", com: 13 },
    ),
  fill: () => fill({ "All events": met(), "Half of them": met(1500) }, { experiment: "CMS", status: "Simulation" }),
  points: () =>
    points({ Data: met() }, { experiment: "CMS", status: "Open Data", lumi: 11.5, com: 8, title: "Missing momentum" }),
  band: () => band(background[tt]!, { experiment: "CMS", simulation: true, com: 13 }),
  stack: () =>
    stack(
      { data: data(), background, signal: { "Z'(1 TeV)": { hist: signal(), scale: 50 } }, systematics },
      { experiment: "CMS", status: "Preliminary", lumi: 2.3, com: 13, text: ["e/#mu + jets", "4j, 1b"] },
    ),
  "stack-log": () =>
    stack(
      { data: data(), background, signal: { "Z'(1 TeV)": signal() } },
      {
        experiment: "ATLAS",
        status: "Internal",
        lumi: 140,
        com: 13,
        logY: true,
        comparison: "pull",
        blind: [360, 440],
      },
    ),
  "stack-simulation": () =>
    stack(
      { background, systematics },
      { experiment: "CMS", status: "Preliminary", com: 13, sort: "yield", position: 2 },
    ),
  ratio: () =>
    step(
      { Pythia: met(), Herwig: Hist.of(...met().axes).fill([falling(2900, 0, 34)]) },
      { density: true, comparison: "ratio", experiment: "CMS", simulation: true },
    ),
  "split-ratio": () =>
    points({ "2017": met(1400), "2018": met(3000) }, { comparison: "split_ratio", reference: "2018" }),
  pull: () => points({ even: met(1500), odd: met(1470) }, { comparison: "pull" }),
  difference: () => step({ before: met(1500), after: met(1600) }, { comparison: "difference" }),
  "relative-difference": () => step({ before: met(1500), after: met(1600) }, { comparison: "relative_difference" }),
  asymmetry: () => step({ "#mu^{−}": met(3000), "#mu^{+}": met(2600) }, { comparison: "asymmetry" }),
  "efficiency-panel": () => {
    const { passed, total } = trigger(20, 0.94);
    return step({ all: total, triggered: passed }, { comparison: "efficiency" });
  },
  efficiency: () =>
    efficiency(
      { "p_T > 20 GeV": trigger(20, 0.94), "p_T > 10 GeV": trigger(10, 0.98) },
      { experiment: "LHCb", status: "Preliminary", com: 13.6 },
    ),
  heatmap: () => heatmap(jets(), { logZ: true, zLabel: "Jets", experiment: "CMS", status: "Simulation", com: 13 }),
  "heatmap-flow": () => heatmap(jets(), { flow: "show", zLabel: "Jets", text: "anti-k_{T}, R = 0.4" }),
  "heatmap-numbers": () => heatmap(confusion(), { numbers: true, zLabel: "Fraction", experiment: "ALICE" }),
  cutflow: () =>
    cutflow(
      { labels: steps, cutflow: { events: [1_000_000, 234_567, 12_345, 11_800, 8_100] } },
      { experiment: "CMS", status: "Simulation" },
    ),
  cutflows: () =>
    cutflow({
      data: { labels: steps, cutflow: { events: [90_000, 21_000, 1_150, 1_090, 760] } },
      simulation: { labels: steps, cutflow: { events: [100_000, 23_456, 1_234, 1_180, 810] } },
    }),
  variations: () =>
    variations(
      {
        nominal: background[tt]!,
        variations: { JES: { up: shifted(1.05), down: shifted(0.95) }, "#mu_R": { up: background[tt]!.scale(1.04) } },
      },
      { experiment: "CMS", simulation: true, com: 13 },
    ),
  "flow-show": () => step({ "All events": met(), "Half of them": met(1500) }, { flow: "show", range: [0, 100] }),
  "log-x": () =>
    step(spectrum(), {
      logY: true,
      binwnorm: true,
      counted: "Dijets",
      experiment: "CMS",
      position: 3,
      status: "Preliminary",
    }),
  "variable-bins": () =>
    points(
      Hist.of(axis.variable([0, 10, 20, 30, 50, 80, 120, 200], { label: "p_T [GeV]" })).fill([falling(2000, 0, 32)]),
      { binwnorm: true, position: 1, experiment: "CMS", status: "Preliminary", lumi: 59.8, com: 13 },
    ),
  profile: () => points(response(), { yLabel: "Response" }),
};
