import type { Addition } from "../accumulator/index.ts";
import type { Hist } from "../hist/index.ts";
import type { PrimitiveColumn } from "../jagged/index.ts";
import { zipNpy } from "../numpy/index.ts";
import { eventArrays, eventCounts, maskRows, texts, weightSums } from "./cut-arrays.ts";
import { type CutEvents, initialMask, lookedAt, shownCommonMask, shownMasks } from "./cut-events.ts";
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

/** What all cuts but one leave, as plain data: what crosses a thread and adds up. */
export interface NminusOneData {
  readonly tag: "nminusone";
  /** `initial`, `N - cut` for each cut, `N`. */
  readonly labels: readonly string[];
  readonly weightsmodifier: string | null;
  readonly yields: Yields;
}

/** The numbers; masks only where it was made, in `process`. */
export interface NminusOneResult {
  readonly labels: readonly string[];
  readonly nev: readonly number[];
  /** Sums of weights, where there are weights. */
  readonly wgtev?: readonly number[];
  readonly weightsmodifier: string | null;
  /** The events left, a mask for each label but `initial`. */
  readonly masks?: readonly PrimitiveColumn<"bool">[];
  readonly commonmask?: PrimitiveColumn<"bool"> | null;
}

interface Chunk {
  readonly masks: readonly Uint8Array[];
  readonly events: CutEvents;
}

/** Numbers of events, and sums of weights, after all cuts but one, for each of them. Plain data underneath, as {@link Cutflow} is. */
export class NminusOne implements NminusOneData {
  readonly tag = "nminusone";
  readonly labels: readonly string[];
  readonly weightsmodifier: string | null;
  readonly yields: Yields;
  readonly #chunk: Chunk | undefined;

  private constructor(data: Omit<NminusOneData, "tag">, chunk?: Chunk) {
    this.labels = data.labels;
    this.weightsmodifier = data.weightsmodifier;
    this.yields = data.yields;
    this.#chunk = chunk;
  }

  /** Of the events that all cuts but each leave, and then all of them; `PackedSelection.nminusone` calls this. */
  static of(names: readonly string[], left: readonly Uint8Array[], events: CutEvents): NminusOne {
    const masks = [initialMask(events), ...left.map((mask) => lookedAt(mask, events))];
    const labels = ["initial", ...names.map((name) => `N - ${name}`), "N"];
    const yields = yieldsOf(masks, events.weights);
    return new NminusOne({ labels, weightsmodifier: events.modifier, yields }, { masks, events });
  }

  /** A view over `data`, which is kept, not copied. */
  static from(data: NminusOneData): NminusOne {
    return data instanceof NminusOne ? data : new NminusOne(data);
  }

  /** The numbers under coffea's names, and in `process` the masks, as new columns. */
  result(): NminusOneResult {
    const { labels, yields, weightsmodifier } = this;
    const weights = yields.sumw === undefined ? {} : { wgtev: [...yields.sumw] };
    const numbers = { labels: [...labels], nev: [...yields.events], ...weights, weightsmodifier };
    if (this.#chunk === undefined) return numbers;
    return {
      ...numbers,
      masks: shownMasks(this.#chunk.masks),
      commonmask: shownCommonMask(this.#chunk.events),
    };
  }

  /**
   * The yields as a histogram with an axis `nminusone` of the labels; with `categorical` a second axis, only in `process`.
   * Throws `UsageError` where `weighted` is asked for and there were no weights.
   */
  yieldhist(options: YieldOptions & { readonly categorical?: Categories } = {}): Hist {
    const { categorical } = options;
    if (categorical === undefined) return yieldHist("nminusone", this.labels, this.yields, options);
    return plotCategories(categorical, this.#steps("yieldhist by category"), options);
  }

  /** Histograms of variables, by variable: an axis for it, then `nminusone`. Only in `process`. */
  plotVars(variables: Readonly<Record<string, Variable>>, options: CutPlotOptions = {}): Record<string, Hist> {
    return plotVariables(variables, this.#steps("plotVars"), options);
  }

  /** The bytes of an `.npz` file with what coffea's `to_npz` writes under the same names: masks and weights in `process` only. */
  toNpz(): Uint8Array {
    const { events, sumw } = this.yields;
    return zipNpy({
      labels: texts(this.labels),
      nev: eventCounts(events),
      ...(this.#chunk !== undefined && {
        masks: maskRows(this.#chunk.masks.slice(1), this.#chunk.events.size),
        ...eventArrays(this.#chunk.events),
      }),
      ...(sumw !== undefined && { wgtev: weightSums(sumw) }),
    });
  }

  /** An aligned table: events left without each cut, in percent of all, and how many of them the cut keeps. */
  toString(): string {
    const columns = (numbers: readonly number[], title: string): TableColumn[] => {
      const last = numbers.length - 1;
      const kept = numbers.map((n, k) => (k === 0 || k === last ? "" : percent(numbers[last]!, n)));
      return [
        { heading: title, cells: yieldCells(numbers) },
        { heading: "of initial", cells: numbers.map((n) => percent(n, numbers[0]!)) },
        { heading: "cut keeps", cells: kept },
      ];
    };
    const { events, sumw } = this.yields;
    const weighted = weightedTitle(this.weightsmodifier);
    return cutTable(this.labels, [
      ...columns(events, "events"),
      ...(sumw === undefined ? [] : columns(sumw, weighted)),
    ]);
  }

  /** Writes the table to the console. */
  print(): void {
    console.log(this.toString());
  }

  #steps(what: string): Steps {
    if (this.#chunk === undefined) throw withoutEvents(what);
    return { name: "nminusone", labels: this.labels, masks: this.#chunk.masks, events: this.#chunk.events };
  }
}

/** How those of chunks add up. */
export const nminusoneAddition: Addition<NminusOneData> = {
  add: (a, b) => {
    const text = (data: NminusOneData) => ({ ...data, weighted: data.yields.sumw !== undefined });
    requireSameCuts(text(a), text(b));
    const { labels, weightsmodifier } = a;
    return NminusOne.from({
      tag: "nminusone",
      labels: [...labels],
      weightsmodifier,
      yields: addYields(a.yields, b.yields),
    });
  },
  revive: (data) => NminusOne.from(data),
};

/** On a console it is its table. */
Object.defineProperty(NminusOne.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: NminusOne): string {
    return this.toString();
  },
});
