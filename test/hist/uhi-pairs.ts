import { type Axis, axis, type FillValue, type FlowOptions, Hist, type StorageKind } from "../../src/hist/index.ts";

const flows: [string, FlowOptions][] = [
  ["", {}],
  ["-no-flow", { flow: false }],
  ["-no-under", { underflow: false }],
  ["-no-over", { overflow: false }],
];

const numeric: [string, (options: FlowOptions) => Axis][] = [
  ["regular", (o) => axis.regular(6, -2, 4, o)],
  ["reversed", (o) => axis.regular(3, 1, 0, o)],
  ["tenths", (o) => axis.regular(10, 0, 1, o)],
  ["variable", (o) => axis.variable([-1, 0, 0.1, 3], o)],
  ["integer", (o) => axis.integer(-1, 4, o)],
];

const ended: [string, Axis][] = [
  ["log", axis.regular(5, 0.1, 100, { name: "x", transform: "log" })],
  ["sqrt", axis.regular(4, 0, 9, { name: "x", transform: "sqrt" })],
  ["pow", axis.regular(3, 1, 64, { name: "x", transform: { pow: 0.25 } })],
  ["circular", axis.regular(7, -1, 4, { name: "x", circular: true })],
  ["integer-circular", axis.integer(-1, 3, { name: "x", circular: true })],
  ["growing", axis.regular(3, 0, 0.6, { name: "x", growth: true })],
  ["variable-growing", axis.variable([0, 0.3, 1], { name: "x", growth: true })],
  ["integer-growing", axis.integer(0, 2, { name: "x", growth: true })],
  ["boolean", axis.boolean({ name: "x" })],
];

const categorical: [string, Axis][] = [
  ["category", axis.category("d", { label: "dataset" })],
  ["category-fixed", axis.category("d", { categories: ["ttbar", "wjets"] })],
  ["category-no-flow", axis.category("d", { categories: ["wjets"], flow: false })],
  ["category-empty", axis.category("d")],
  ["intCategory", axis.intCategory("n")],
  ["intCategory-fixed", axis.intCategory("n", { categories: [2, -1] })],
];

const x = [-3, -1, -0.5, 0, 0.05, 0.1, 0.35, 0.7, 1, 1, 2, 3, 4, 9, Number.NaN];
const weight = x.map((_, i) => 0.1 * i - 0.3);
const words = x.map((_, i) => ["ttbar", "wjets", "", 'quote " and é'][i % 4]!);
const integers = x.map((_, i) => [2, -1, 7][i % 3]!);

function valuesFor(a: Axis): FillValue {
  if (a.kind === "category") return words;
  if (a.kind === "boolean") return integers.map((i) => (i > 0 ? 1 : 0));
  return a.kind === "intCategory" ? integers : x;
}

function filled(name: string, storage: StorageKind): (axes: readonly Axis[]) => Hist {
  return (axes) => {
    const hist = Hist.of(...axes, { storage, name, label: `${name} label` });
    if (name.includes("empty")) return hist;
    const values = axes.map(valuesFor);
    const sample = storage.endsWith("ean") ? { sample: x.map((_, i) => 7 + 1.5 ** i) } : {};
    const weights = storage === "int64" ? x.map((_, i) => i) : weight;
    return hist
      .fill(values, sample)
      .fill(values, { ...sample, weight: storage === "mean" ? x.map((_, i) => i) : weights });
  };
}

/** A histogram of every kind of axis with every storage, alone and beside others, filled with and without weights. */
export function everyPair(): Map<string, Hist> {
  const axes: [string, readonly Axis[]][] = [
    ...numeric.flatMap(([kind, make]) =>
      flows.map(([flow, o]): [string, Axis[]] => [`${kind}${flow}`, [make({ name: "x", label: "x [GeV]", ...o })]]),
    ),
    ...ended.map(([kind, a]): [string, Axis[]] => [kind, [a]]),
    ...categorical.map(([kind, a]): [string, Axis[]] => [kind, [a]]),
    ["unnamed", [axis.regular(2, 0, 1)]],
    ["two", [axis.category("d"), axis.regular(3, 0, 3, { name: "x" })]],
    ["two-empty", [axis.regular(3, 0, 3, { name: "x" }), axis.category("d")]],
    [
      "three",
      [
        axis.variable([0, 1, 3], { name: "x", overflow: false }),
        axis.intCategory("n"),
        axis.integer(0, 3, { name: "i", flow: false }),
      ],
    ],
  ];
  const storages: readonly StorageKind[] = ["double", "int64", "weight", "mean", "weightedMean"];
  const pairs = axes.flatMap(([kind, a]) =>
    storages.map((storage): [string, Hist] => [`${kind}-${storage}`, filled(`${kind}-${storage}`, storage)(a)]),
  );
  return new Map(pairs);
}
