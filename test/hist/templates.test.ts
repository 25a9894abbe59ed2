import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { axis, cabinetryTemplates, Hist, loc, pyhfTemplates, range } from "../../src/hist/index.ts";
import { fromNpz } from "../../src/io/index.ts";
import { toList } from "../../src/jagged/index.ts";

const mass = axis.variable([60, 80, 100, 140], { name: "mass" });
const [region, process, variation] = ["region", "process", "variation"].map((name) => axis.category(name));

/** Two regions, two processes and data; `jes` of both, `scale` of ttbar alone. */
function measured(): Hist {
  const hist = Hist.of(region!, process!, variation!, mass, { storage: "weight" });
  const fill = (r: string, p: string, v: string, m: number[], weight: number): void => {
    hist.fill({ region: r, process: p, variation: v, mass: m }, { weight });
  };
  for (const [v, shift] of [
    ["nominal", 0],
    ["jesUp", 15],
    ["jesDown", -15],
  ] as const)
    for (const r of ["SR", "CR 1"]) {
      fill(
        r,
        "ttbar",
        v,
        [65, 70, 85, 90, 95, 120, 150, 30].map((m) => m + shift),
        0.5,
      );
      fill(
        r,
        "signal",
        v,
        [85, 99, 101].map((m) => m + shift),
        0.25,
      );
    }
  fill("SR", "ttbar", "scale_up", [70, 90, 110], 1);
  fill("SR", "ttbar", "scale_down", [70, 90, 110, 120], 0.5);
  fill("SR", "data", "nominal", [70, 90, 91, 120, 500], 1);
  fill("CR 1", "data", "nominal", [71], 1);
  return hist;
}

const only = { flow: "drop" } as const;
const named = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);

test("channels, samples and modifiers of a workspace", () => {
  const { channels, observations, warnings } = pyhfTemplates(measured(), { ...only, observed: "data" });
  expect(named(channels)).toEqual(["SR", "CR 1"]);
  expect(named(channels[0]!.samples)).toEqual(["ttbar", "signal"]);
  expect(channels[0]!.samples[0]).toEqual({
    name: "ttbar",
    data: [1, 1.5, 0.5],
    modifiers: [
      { name: "staterror_SR", type: "staterror", data: [Math.sqrt(0.5), Math.sqrt(0.75), 0.5] },
      { name: "jes", type: "histosys", data: { hi_data: [0, 1, 2], lo_data: [1, 0.5, 1] } },
      { name: "scale", type: "histosys", data: { hi_data: [1, 1, 1], lo_data: [0.5, 0.5, 1] } },
    ],
  });
  expect(channels[1]!.samples[0]!.modifiers.map(({ name }) => name)).toEqual(["staterror_CR-1", "jes"]);
  expect(observations).toEqual([
    { name: "SR", data: [1, 2, 1] },
    { name: "CR 1", data: [1, 0, 0] },
  ]);
  expect(warnings).toEqual([
    'Channel "SR", sample "signal", variation jes: not 0 where the nominal is, in bin 0 (60 to 80)',
    'Channel "SR", sample "signal": variation scale not filled, left out',
    'Channel "CR 1", sample "ttbar": variation scale not filled, left out',
    'Channel "CR 1", sample "signal", variation jes: not 0 where the nominal is, in bin 0 (60 to 80)',
    'Channel "CR 1", sample "signal": variation scale not filled, left out',
  ]);
});

test("overflow added to the last bin, underflow left out", () => {
  const [{ samples }] = pyhfTemplates(measured(), { flow: "fold-last", observed: "data" }).channels as [
    ReturnType<typeof pyhfTemplates>["channels"][0],
  ];
  expect(samples[0]!.data).toEqual([1, 1.5, 1]);
  expect(samples[0]!.modifiers[0]!.data).toEqual([Math.sqrt(0.5), Math.sqrt(0.75), Math.sqrt(0.5)]);
  const bare = Hist.of(process!, axis.regular(2, 0, 2, { name: "x", overflow: false })).fill(["a", [0, 1, 1]]);
  expect(pyhfTemplates(bare, { flow: "fold-last" }).channels).toEqual([
    {
      name: "x",
      samples: [
        { name: "a", data: [1, 2], modifiers: [{ name: "staterror_x", type: "staterror", data: [1, Math.SQRT2] }] },
      ],
    },
  ]);
});

test("other axes in another order, other names; a part of the bins", () => {
  const hist = Hist.of(mass, axis.category("dataset"), axis.intCategory("year"), axis.category("syst"));
  hist.fill([[70, 90, 90], "zjets", 2018, "central"]).fill([[70, 90], "zjets", 2018, "pu_Up"]);
  hist.fill([[90], "zjets", 2018, "pu_Down"]);
  const options = { ...only, axes: { region: "year", process: 1, variation: "syst" }, nominal: "central" };
  const [channel] = pyhfTemplates(hist, options).channels;
  expect(channel).toMatchObject({ name: "2018", samples: [{ name: "zjets", data: [1, 2, 0] }] });
  expect(channel!.samples[0]!.modifiers[1]).toEqual({
    name: "pu",
    type: "histosys",
    data: { hi_data: [1, 1, 0], lo_data: [0, 1, 0] },
  });
  const high = pyhfTemplates(hist.at({ mass: range(loc(80), undefined) }), { ...options, flow: "fold-last" });
  expect(high.channels[0]!.samples[0]!.data).toEqual([2, 0]);
});

const small = (fills: readonly (readonly [variation: string, x: number[], weight?: number])[]): Hist => {
  const hist = Hist.of(process!, variation!, axis.integer(0, 3, { name: "n" }), { storage: "weight" });
  for (const [name, x, weight = 1] of fills) hist.fill({ process: "a", variation: name, n: x }, { weight });
  return hist;
};

test("one side of a variation: mirrored on request", () => {
  const modifiers = (hist: Hist, name: string): unknown =>
    pyhfTemplates(hist, { ...only, symmetrise: true }).channels[0]!.samples[0]!.modifiers.find((m) => m.name === name)!
      .data;
  const hist = small([
    ["nominal", [0, 1, 1, 2]],
    ["hdamp", [0, 1]],
    ["isrDown", [0, 0, 1, 2]],
  ]);
  expect(modifiers(hist, "hdamp")).toEqual({ hi_data: [1, 1, 0], lo_data: [1, 3, 2] });
  expect(modifiers(hist, "isr")).toEqual({ hi_data: [0, 3, 1], lo_data: [2, 1, 1] });
  expect(() => pyhfTemplates(hist, only)).toThrow(
    'Channel "n", sample "a", variation hdamp: only up was filled; { symmetrise: true } takes 2 nominal - given for the other side.',
  );
});

test("bins below 0", () => {
  const hist = small([["nominal", [0, 1], -1]]);
  expect(() => pyhfTemplates(hist, only)).toThrow(
    'Channel "n", sample "a": bin 0 (0 to 1) holds -1, and 1 more bin is below 0; { allowNegative: true } lets it pass.',
  );
  expect(pyhfTemplates(hist, { ...only, allowNegative: true }).channels[0]!.samples[0]!.data).toEqual([-1, -1, 0]);
});

test("what lies outside of the categories is told", () => {
  const hist = Hist.of(axis.category("region", { categories: ["SR"] }), process!, axis.regular(1, 0, 1, { name: "x" }));
  hist.fill({ region: ["SR", "VR", "VR"], process: "a", x: 0.5 });
  expect(pyhfTemplates(hist, only).warnings).toEqual([
    'axis "region" holds 2 outside of its categories, which is in no template',
  ]);
});

test.each([
  ["no processes", () => Hist.of(region!, mass), {}, /need an axis of processes.*there are axis "region", axis "mass"/],
  ["an axis that is not there", measured, { axes: { process: "proces" } }, /no axis "proces"\. Nearest: process/],
  ["a numeric process", measured, { axes: { process: "mass" } }, /axis "mass" is not/],
  ["two observables", () => Hist.of(process!, mass, axis.regular(1, 0, 1, { name: "x" })), {}, /axis "mass", axis "x"/],
  ["no observable", () => Hist.of(process!, region!), {}, /left for it: none/],
  ["an observable of categories", () => Hist.of(process!, axis.category("cut")), {}, /"cut" has categories/],
  [
    "an observed that is not there",
    measured,
    { observed: "dta" },
    /"dta" is no category of axis "process"\. Nearest: data/,
  ],
  ["a nominal that is not there", measured, { nominal: "nomnal" }, /Nearest: nominal/],
  ["another flow", measured, { flow: "sum" }, /not "sum"/],
  ["unknown variances", () => Hist.of(process!, mass).fill(["a", 70], { weight: 2 }), {}, /storage "weight"/],
  ["means", () => Hist.of(process!, mass, { storage: "mean" }), {}, /holds means/],
  ["nothing predicted", () => measured().at({ process: ["data"] }), { observed: "data" }, /"SR" has no prediction/],
  ["an infinity", () => small([["nominal", [1], Number.POSITIVE_INFINITY]]), {}, /bin 1 \(1 to 2\) holds Infinity/],
  [
    "one side twice",
    () =>
      small([
        ["nominal", [1]],
        ["jesUp", [1]],
        ["jes_up", [1]],
      ]),
    {},
    /"jesUp" and "jes_up" are both jes up/,
  ],
] as const)("%s: an error", (_, hist, options, message) => {
  expect(() => pyhfTemplates(hist(), { ...only, ...(options as object) })).toThrow(
    expect.objectContaining({ kind: "UsageError", message: expect.stringMatching(message) }),
  );
});

test("cabinetry's files", () => {
  const { files, warnings } = cabinetryTemplates(measured(), { ...only, observed: "data" });
  expect(Object.keys(files).sort()).toEqual(
    [
      ...["SR", "CR-1"].flatMap((r) =>
        ["data", ...["ttbar", "signal"].flatMap((p) => [p, `${p}_jes_Up`, `${p}_jes_Down`])].map(
          (name) => `${r}_${name}`,
        ),
      ),
      "SR_ttbar_scale_Up",
      "SR_ttbar_scale_Down",
    ]
      .map((name) => `${name}.npz`)
      .sort(),
  );
  const shown = Object.entries(fromNpz(files["SR_ttbar.npz"]!)).map(([name, column]) => [name, toList(column)]);
  expect(Object.fromEntries(shown)).toEqual({
    bins: [60, 80, 100, 140],
    yields: [1, 1.5, 0.5],
    stdev: [Math.sqrt(0.5), Math.sqrt(0.75), 0.5],
  });
  expect(warnings).toHaveLength(5);
  const clash = Hist.of(region!, process!, mass);
  clash.fill({ region: ["a_b", "a"], process: ["c", "b_c"], mass: 70 });
  expect(() => cabinetryTemplates(clash, only)).toThrow(/Two templates would be called a_b_c\.npz/);
});

const python = pythonInterpreter();
test.skipIf(python === undefined)(
  `pyhf builds a model and fits it${python === undefined ? `: ${noPython}` : ""}`,
  () => {
    const { channels, observations } = pyhfTemplates(measured(), { ...only, observed: "data" });
    const mu = { name: "mu", type: "normfactor", data: null };
    const withMu = channels.map((channel) => ({
      ...channel,
      samples: channel.samples.map((s) => (s.name === "signal" ? { ...s, modifiers: [...s.modifiers, mu] } : s)),
    }));
    const config = { poi: "mu", parameters: [] };
    const workspace = { channels: withMu, observations, measurements: [{ name: "m", config }], version: "1.0.0" };
    const script = `
import json, sys
import numpy as np
import pyhf
ws = pyhf.Workspace(json.load(sys.stdin))
model = ws.model()
names = model.config.par_names
expected = {}
for shifted in ("", "jes", "scale"):
    for a in (-1, 1):
        pars = np.array(model.config.suggested_init())
        if shifted: pars[names.index(shifted)] = a
        expected[f"{shifted} {a}"] = dict(zip(model.config.channels, [model.expected_actualdata(pars)[model.config.channel_slices[c]].tolist() for c in model.config.channels]))
print(json.dumps([names, ws.data(model, include_auxdata=False), expected, bool(np.all(np.isfinite(pyhf.infer.mle.fit(ws.data(model), model))))]))`;
    const { stdout, stderr } = spawnSync(python!, ["-W", "ignore", "-c", script], {
      input: JSON.stringify(workspace),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const [names, data, expected, fitted] = JSON.parse(stdout);
    expect(names.filter((name: string) => !name.includes("["))).toEqual(["jes", "scale", "mu"]);
    expect(names.filter((name: string) => name.includes("["))).toHaveLength(6);
    expect(data).toEqual([1, 0, 0, 1, 2, 1]);
    const total = (channel: number, systematic: string, side: "hi_data" | "lo_data"): number[] => {
      const yields = channels[channel]!.samples.map((s) => {
        const found = s.modifiers.find((m) => m.name === systematic);
        return found?.type === "histosys" ? found.data[side] : s.data;
      });
      return yields[0]!.map((y, i) => y + yields[1]![i]!);
    };
    for (const systematic of ["", "jes", "scale"])
      for (const [at, side] of [
        [-1, "lo_data"],
        [1, "hi_data"],
      ] as const)
        for (const [c, { name }] of channels.entries())
          for (const [i, y] of expected[`${systematic} ${at}`][name].entries())
            expect(y).toBeCloseTo(total(c, systematic, side)[i]!, 12);
    expect(fitted).toBe(true);
  },
);
