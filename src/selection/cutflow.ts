import type { Addition } from "../accumulator/index.ts";
import type { Hist } from "../hist/index.ts";
import type { PrimitiveColumn } from "../jagged/index.ts";
import { zipNpy } from "../numpy/index.ts";
import { eventArrays, eventCounts, maskRows, texts, weightSums } from "./cut-arrays.ts";
import { bothMasks, type CutEvents, initialMask, lookedAt, shownCommonMask, shownMasks } from "./cut-events.ts";
import {
  type Categories,
  type CutPlotOptions,
  plotCategories,
  plotVariables,
  type Steps,
  type Variable,
  withoutEvents,
} from "./cut-plots.ts";
import { cutTable, percent, type TableColumn, weightedTitle, yieldCells } from "./cut-table.ts";
import { addYields, requireSameCuts, type YieldOptions, type Yields, yieldHist, yieldsOf } from "./cut-yields.ts";

/** A cutflow as plain data: what crosses a thread and adds up. */
export interface CutflowData {
  readonly tag: "cutflow";
  /** `initial`, then the cuts in their order. */
  readonly labels: readonly string[];
  readonly weightsmodifier: string | null;
  /** What each cut leaves alone. */
  readonly onecut: Yields;
  /** What the cuts so far leave. */
  readonly cutflow: Yields;
}

/** The numbers of a cutflow; masks only where it was made, in `process`. */
export interface CutflowResult {
  readonly labels: readonly string[];
  readonly nevonecut: readonly number[];
  readonly nevcutflow: readonly number[];
  /** Sums of weights, where there are weights. */
  readonly wgtevonecut?: readonly number[];
  readonly wgtevcutflow?: readonly number[];
  readonly weightsmodifier: string | null;
  /** The events that each cut, or all cuts so far, leave; one mask for each cut. */
  readonly masksonecut?: readonly PrimitiveColumn<"bool">[];
  readonly maskscutflow?: readonly PrimitiveColumn<"bool">[];
  readonly commonmask?: PrimitiveColumn<"bool"> | null;
}

interface Chunk {
  readonly onecut: readonly Uint8Array[];
  readonly cutflow: readonly Uint8Array[];
  readonly events: CutEvents;
}

/**
 * Numbers of events, and sums of weights, after cuts one by one and each alone. A thin view over plain data: return it from `process` and
 * those of all chunks add up. The masks stay behind in `process`.
 */
export class Cutflow implements CutflowData {
  readonly tag = "cutflow";
  readonly labels: readonly string[];
  readonly weightsmodifier: string | null;
  readonly onecut: Yields;
  readonly cutflow: Yields;
  readonly #chunk: Chunk | undefined;

  private constructor(data: Omit<CutflowData, "tag">, chunk?: Chunk) {
    this.labels = data.labels;
    this.weightsmodifier = data.weightsmodifier;
    this.onecut = data.onecut;
    this.cutflow = data.cutflow;
    this.#chunk = chunk;
  }

  /** Of cuts, given as the events that each leaves; `PackedSelection.cutflow` calls this. */
  static of(names: readonly string[], cuts: readonly Uint8Array[], events: CutEvents): Cutflow {
    const initial = initialMask(events);
    const onecut = [initial, ...cuts.map((cut) => lookedAt(cut, events))];
    const cutflow = [initial];
    for (const cut of cuts) cutflow.push(bothMasks(cut, cutflow.at(-1)!));
    const data = {
      labels: ["initial", ...names],
      weightsmodifier: events.modifier,
      onecut: yieldsOf(onecut, events.weights),
      cutflow: yieldsOf(cutflow, events.weights),
    };
    return new Cutflow(data, { onecut, cutflow, events });
  }

  /** A cutflow over `data`, which is kept, not copied. */
  static from(data: CutflowData): Cutflow {
    return data instanceof Cutflow ? data : new Cutflow(data);
  }

  /** The numbers under coffea's names, and in `process` the masks, as new columns. */
  result(): CutflowResult {
    const { labels, onecut, cutflow, weightsmodifier } = this;
    const weights =
      onecut.sumw === undefined ? {} : { wgtevonecut: [...onecut.sumw], wgtevcutflow: [...cutflow.sumw!] };
    const numbers = {
      labels: [...labels],
      nevonecut: [...onecut.events],
      nevcutflow: [...cutflow.events],
      ...weights,
      weightsmodifier,
    };
    if (this.#chunk === undefined) return numbers;
    return {
      ...numbers,
      masksonecut: shownMasks(this.#chunk.onecut),
      maskscutflow: shownMasks(this.#chunk.cutflow),
      commonmask: shownCommonMask(this.#chunk.events),
    };
  }

  /**
   * Histograms of the yields, with an axis `onecut` or `cutflow` of the labels; with `categorical` a second axis, only in `process`.
   * Throws `UsageError` where `weighted` is asked for and there were no weights.
   */
  yieldhist(options: YieldOptions & { readonly categorical?: Categories } = {}): { onecut: Hist; cutflow: Hist } {
    const { categorical } = options;
    const of = (name: "onecut" | "cutflow"): Hist =>
      categorical === undefined
        ? yieldHist(name, this.labels, this[name], options)
        : plotCategories(categorical, this.#steps(name, "yieldhist by category"), options);
    return { onecut: of("onecut"), cutflow: of("cutflow") };
  }

  /** Histograms of variables after each step, by variable: an axis for it, then `onecut` or `cutflow`. Only in `process`. */
  plotVars(
    variables: Readonly<Record<string, Variable>>,
    options: CutPlotOptions = {},
  ): { onecut: Record<string, Hist>; cutflow: Record<string, Hist> } {
    const of = (name: "onecut" | "cutflow") => plotVariables(variables, this.#steps(name, "plotVars"), options);
    return { onecut: of("onecut"), cutflow: of("cutflow") };
  }

  /** The bytes of an `.npz` file with what coffea's `to_npz` writes under the same names: masks and weights in `process` only. */
  toNpz(): Uint8Array {
    const { onecut, cutflow } = this;
    return zipNpy({
      labels: texts(this.labels),
      nevonecut: eventCounts(onecut.events),
      nevcutflow: eventCounts(cutflow.events),
      ...(this.#chunk !== undefined && {
        masksonecut: maskRows(this.#chunk.onecut.slice(1), this.#chunk.events.size),
        maskscutflow: maskRows(this.#chunk.cutflow.slice(1), this.#chunk.events.size),
        ...eventArrays(this.#chunk.events),
      }),
      ...(onecut.sumw !== undefined && {
        wgtevonecut: weightSums(onecut.sumw),
        wgtevcutflow: weightSums(cutflow.sumw!),
      }),
    });
  }

  /** An aligned table: events left by each cut alone and by all so far, in percent of the step before and of all. */
  toString(): string {
    const columns = (key: "events" | "sumw", title: string): TableColumn[] => {
      const [alone, left] = [this.onecut[key]!, this.cutflow[key]!];
      return [
        { heading: `${title} alone`, cells: yieldCells(alone) },
        { heading: title, cells: yieldCells(left) },
        { heading: "of previous", cells: left.map((n, k) => (k === 0 ? "" : percent(n, left[k - 1]!))) },
        { heading: "of initial", cells: left.map((n) => percent(n, left[0]!)) },
      ];
    };
    const weighted = weightedTitle(this.weightsmodifier);
    return cutTable(this.labels, [
      ...columns("events", "events"),
      ...(this.cutflow.sumw === undefined ? [] : columns("sumw", weighted)),
    ]);
  }

  /** Writes the table to the console. */
  print(): void {
    console.log(this.toString());
  }

  #steps(name: "onecut" | "cutflow", what: string): Steps {
    if (this.#chunk === undefined) throw withoutEvents(what);
    return { name, labels: this.labels, masks: this.#chunk[name], events: this.#chunk.events };
  }
}

/** How cutflows of chunks add up. */
export const cutflowAddition: Addition<CutflowData> = {
  add: (a, b) => {
    const text = (data: CutflowData) => ({ ...data, weighted: data.cutflow.sumw !== undefined });
    requireSameCuts(text(a), text(b));
    const { labels, weightsmodifier } = a;
    return Cutflow.from({
      tag: "cutflow",
      labels: [...labels],
      weightsmodifier,
      onecut: addYields(a.onecut, b.onecut),
      cutflow: addYields(a.cutflow, b.cutflow),
    });
  },
  revive: (data) => Cutflow.from(data),
};

/** On a console a cutflow is its table. */
Object.defineProperty(Cutflow.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: Cutflow): string {
    return this.toString();
  },
});
