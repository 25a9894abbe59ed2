import { expect } from "vitest";
import { axis, type Hist } from "../../src/hist/index.ts";
import { type Column, fromList, toList } from "../../src/jagged/index.ts";
import {
  type CutOptions,
  type EventMask,
  maskCategories,
  PackedSelection,
  type SelectionType,
  Weights,
} from "../../src/selection/index.ts";
import type { Fields, Operation, ToolsCase, ToolsInputs } from "./tools-oracle-operations.ts";
import { close } from "./tools-oracle-weights.ts";

interface SelectionInputs {
  readonly masks: Readonly<Record<string, readonly boolean[]>>;
  readonly none: readonly (boolean | null)[];
  readonly weights: { readonly gen: readonly number[]; readonly sf: readonly number[] };
  readonly common: readonly boolean[];
  readonly var: readonly number[];
}

function selectionOf(inputs: ToolsInputs): { selection: PackedSelection; given: SelectionInputs } {
  const given = inputs.selection as unknown as SelectionInputs;
  const selection = new PackedSelection().addMultiple(given.masks);
  const none = fromList(given.none as unknown[], "?bool");
  return { selection: selection.add("none_false", none).add("none_true", none, true), given };
}

function weightsOf({ weights: { gen, sf } }: SelectionInputs): Weights {
  const times = (factor: number): number[] => sf.map((w) => w * factor);
  return new Weights(gen.length).add("gen", gen).add("sf", sf, times(1.1), times(0.8));
}

const names = (c: ToolsCase): string[] => (c["args"] as { names: string[] }).names;
const isError = (result: unknown): boolean => typeof result === "object" && result !== null && "error" in result;

/** The answer as a mask, or an error where one is expected. */
function sameMask(c: ToolsCase, answer: () => Column): void {
  if (isError(c["result"])) expect(answer).toThrow(expect.objectContaining({ name: expect.stringMatching(/Error$/) }));
  else expect(toList(answer())).toEqual((c["result"] as { data: boolean[] }).data);
}

const oneOf =
  (method: "all" | "any" | "allfalse"): Operation =>
  (c, inputs) =>
    sameMask(c, () => selectionOf(inputs).selection[method](...names(c)));

/** The options that the names of the operation say: `cutflow-modifier` has weights and a variation. */
function options(c: ToolsCase, given: SelectionInputs): CutOptions {
  const args = c["args"] as Fields;
  const kind = c.op.replace(/^\w+-?/, "");
  const weighted = { weights: weightsOf(given) };
  switch (kind) {
    case "":
    case "yieldhist":
    case "plot_vars":
      return {};
    case "weighted":
    case "yieldhist-weighted":
      return weighted;
    case "modifier":
      return { ...weighted, weightsmodifier: args["weightsmodifier"] as string };
    case "common":
      return { ...weighted, commonmask: given.common };
    default:
      throw new Error(`unknown kind of cuts: ${kind}`);
  }
}

/** Everything that a result says of a cutflow or of N-1, field by field. */
const result: Operation = (c, inputs) => {
  const { selection, given } = selectionOf(inputs);
  const method = c.op.startsWith("cutflow") ? "cutflow" : "nminusone";
  const run = () => selection[method](...([...names(c), options(c, given)] as [...string[], CutOptions]));
  if (isError(c["result"])) {
    expect(run).toThrow(expect.objectContaining({ kind: "UsageError" }));
    return;
  }
  const ours = run().result() as unknown as Record<string, unknown>;
  for (const [field, expected] of Object.entries(c["result"] as Fields))
    if (field === "weights") close(weightsOf(given).weight((ours["weightsmodifier"] as string) ?? null), expected);
    else if (field.startsWith("wgt")) close(ours[field] as number[], expected);
    else if (field.startsWith("masks")) expect((ours[field] as Column[]).map((mask) => toList(mask))).toEqual(expected);
    else if (field === "commonmask")
      expect(ours[field] === null ? null : toList(ours[field] as Column)).toEqual(expected);
    else expect(ours[field]).toEqual(expected);
};

interface ExpectedHist {
  readonly axes: readonly unknown[];
  readonly values: unknown[];
}

function sameHist(hist: Hist, { axes, values }: ExpectedHist): void {
  expect(hist.axes.length).toBe(axes.length);
  for (const [k, own] of hist.axes.entries()) {
    // Reference axes are given by their names, or by the edges of an axis of integers where ours has categories.
    if (Array.isArray(axes[k])) expect(hist.shape()[k]).toBe(axes[k].length - 1);
    else expect(own.name).toBe(axes[k]);
  }
  close(hist.values(), values.flat(2));
}

const yieldhist: Operation = (c, inputs) => {
  const { selection, given } = selectionOf(inputs);
  const args = c["args"] as { scale?: number };
  const how = { weighted: c.op.endsWith("weighted"), ...(args.scale !== undefined && { scale: args.scale }) };
  const cuts = [...names(c), options(c, given)] as [...string[], CutOptions];
  const run = (): Hist[] =>
    c.op.startsWith("cutflow")
      ? Object.values(selection.cutflow(...cuts).yieldhist(how))
      : [selection.nminusone(...cuts).yieldhist(how)];
  if (isError(c["result"])) {
    expect(run).toThrow(expect.objectContaining({ kind: "UsageError" }));
    return;
  }
  const hists = run();
  const [expected, labels] = c["result"] as [ExpectedHist[], string[]];
  expect(hists.length).toBe(expected.length);
  for (const [k, hist] of hists.entries()) {
    expect(hist.axes[0]).toMatchObject({ categories: labels });
    sameHist(hist, expected[k]!);
  }
};

const plotVars: Operation = (c, inputs) => {
  const { selection, given } = selectionOf(inputs);
  const { bins, start, stop } = c["args"] as { bins: number; start: number; stop: number };
  const variables = { pt: given.var };
  const hists = c.op.startsWith("cutflow")
    ? Object.values(selection.cutflow(...names(c)).plotVars(variables, { bins, start, stop })).map((all) => all["pt"]!)
    : [selection.nminusone(...names(c)).plotVars(variables, { bins, start, stop })["pt"]!];
  const expected = c["result"] as ExpectedHist[];
  expect(hists.length).toBe(expected.length);
  for (const [k, hist] of hists.entries()) sameHist(hist, expected[k]!);
};

const capacity: Operation = (c) => {
  const { dtype, count } = c["args"] as { dtype: SelectionType; count: number };
  sameMask(c, () => {
    const selection = new PackedSelection({ dtype });
    // The masks of the case: all are true for the first of three events, every other one for the second, none for the third.
    for (let k = 0; k < count; k++) selection.add(`s${k}`, [true, k % 2 === 0, false]);
    return selection.all();
  });
};

const mistakes: Readonly<Record<string, () => unknown>> = {
  length: () => new PackedSelection().add("a", [true]).add("b", [true, false]),
  dtype: () => new PackedSelection().add("a", [1, 0] as unknown as EventMask),
  duplicate: () => new PackedSelection().add("a", [true]).add("a", [true]),
  jagged: () => new PackedSelection().add("a", fromList([[true], []], "var * bool")),
  "empty-all": () => new PackedSelection().all(),
};

export const cuts: Readonly<Record<string, Operation>> = {
  names: (c, inputs) => expect(selectionOf(inputs).selection.names).toEqual(c["result"]),
  all: oneOf("all"),
  any: oneOf("any"),
  allfalse: oneOf("allfalse"),
  require: (c, inputs) =>
    sameMask(c, () =>
      selectionOf(inputs).selection.require((c["args"] as { require: Record<string, boolean> }).require),
    ),
  capacity,
  bad: (c) => {
    const { kind } = c["args"] as { kind: string };
    const mistake = mistakes[kind];
    if (mistake === undefined) throw new Error(`a mistake that this test does not know: ${kind}`);
    expect(isError(c["result"])).toBe(true);
    expect(mistake).toThrow(expect.objectContaining({ kind: expect.stringMatching(/^(Shape|Usage)Error$/) }));
  },
  cutflow: result,
  "cutflow-weighted": result,
  "cutflow-modifier": result,
  "cutflow-common": result,
  "cutflow-yieldhist": yieldhist,
  "cutflow-yieldhist-weighted": yieldhist,
  "cutflow-plot_vars": plotVars,
  nminusone: result,
  "nminusone-weighted": result,
  "nminusone-modifier": result,
  "nminusone-common": result,
  "nminusone-yieldhist": yieldhist,
  "nminusone-yieldhist-weighted": yieldhist,
  "nminusone-plot_vars": plotVars,
  categorical: (c, inputs) => {
    const { given } = selectionOf(inputs);
    const { masks } = c["args"] as { masks: string[] };
    const ours = maskCategories(masks.map((name) => given.masks[name]!));
    expect(toList(ours)).toEqual((c["result"] as { data: number[][] }).data);
    // What they are for: each event counts in each of its categories.
    const hist = new PackedSelection()
      .addMultiple(given.masks)
      .nminusone("c0", "c1")
      .yieldhist({ categorical: { axis: axis.integer(0, masks.length, { name: "category" }), values: ours } });
    expect(hist.sum()).toBeGreaterThan(0);
  },
};
