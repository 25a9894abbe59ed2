import type { Addition } from "../accumulator/index.ts";
import { CortadoError } from "../errors.ts";
import { addHists } from "./add-hists.ts";
import { at } from "./at.ts";
import { type Axis, axisTitle, binCount, cellCount, describeAxis } from "./axis.ts";
import { type Metadata, ownMetadata } from "./axis-options.ts";
import { combineHists } from "./combine-hists.ts";
import { type Bin, binOfCell, cellCounts, cellVariances, pickCells, totalOf } from "./contents.ts";
import { cumulative } from "./cumulative.ts";
import { density } from "./density.ts";
import { equals } from "./equals.ts";
import { fill } from "./fill.ts";
import type { FillByName, FillByPosition, FillOptions } from "./fill-values.ts";
import type { FlowChoice, HistData, HistOptions } from "./hist-data.ts";
import { innerCells, requireCells, totalCells } from "./layout.ts";
import { profile } from "./profile.ts";
import { project } from "./project.ts";
import { addNumber, type Factor, scale } from "./scale.ts";
import type { Selection } from "./selection.ts";
import { type SortOptions, sortCategories } from "./sort-categories.ts";
import { emptyStorage, nanWeightsText, type Storage } from "./storage.ts";
import { textHistogram } from "./text-histogram.ts";
import { toUhi, type UhiHistogram } from "./uhi-write.ts";

/**
 * A histogram: axes, and what was filled into their cells. A thin view over plain own properties, so that a structured
 * clone keeps everything but the methods; `Hist.from` gives those back.
 *
 * ```ts
 * const met = Hist.of(axis.category("dataset"), axis.regular(50, 0, 100, { name: "MET", label: "MET [GeV]" }));
 * met.fill({ dataset: events.metadata.dataset, MET: events.MET.pt });
 * ```
 */
export class Hist implements HistData {
  readonly tag = "hist";
  readonly name: string;
  readonly label: string;
  declare readonly metadata?: Metadata;
  axes: readonly Axis[];
  /** Row-major in axis order, including flow cells. */
  storage: Storage;

  private constructor(data: Omit<HistData, "tag">) {
    this.name = data.name;
    this.label = data.label;
    if (data.metadata !== undefined) this.metadata = data.metadata;
    this.axes = data.axes;
    this.storage = data.storage;
  }

  /**
   * An empty histogram of these axes; a last argument gives storage (`double` unless told), name, label and metadata.
   *
   * @throws UsageError for two axes of one name, or more cells than fit.
   */
  static of(...args: readonly Axis[] | readonly [...Axis[], HistOptions]): Hist {
    const last = args.at(-1);
    const options: HistOptions = last !== undefined && !("kind" in last) ? last : {};
    const axes = (args as readonly (Axis | HistOptions)[]).filter((arg) => "kind" in arg);
    const names = axes.map((axis) => axis.name).filter((name) => name !== "");
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined)
      throw new CortadoError("UsageError", `Two axes are called "${twice}".`, { code: "BadArgument" });
    requireCells(axes);
    const { storage = "double", name = "", label = "", metadata } = options;
    return new Hist({ name, label, ...ownMetadata(metadata), axes, storage: emptyStorage(storage, totalCells(axes)) });
  }

  /** A histogram over `data`, which is kept, not copied: what is left of one after crossing a thread, for instance. */
  static from(data: HistData): Hist {
    return data instanceof Hist ? data : new Hist(data);
  }

  /**
   * Adds rows, by axis name or by position, and returns this histogram. Values are scalars, typed or plain arrays,
   * columns (flat or jagged) or lazy chains over events. Scalars stand for every row; event-level values and weights
   * are repeated for the elements of jagged ones; a row with a missing value is left out; NaN goes to overflow.
   *
   * @throws UsageError for an unknown axis or one without values; ShapeError for lengths, lists, types or events that
   * do not fit; MissingValueError for values of a column that the file lacks and others of its dataset have. Then nothing
   * was filled.
   */
  fill(values: FillByName | FillByPosition, options: FillOptions = {}): this {
    fill(this, values, options);
    return this;
  }

  /** Number of bins along each axis, or of cells with `flow`. */
  shape(choice: FlowChoice = {}): number[] {
    return this.axes.map(choice.flow === true ? cellCount : binCount);
  }

  /** Content of the bins as a new array, row-major in axis order; the means in a storage of means. */
  values(choice: FlowChoice = {}): Float64Array {
    return this.#pick(this.storage.values.slice(), choice);
  }

  /**
   * Variances of the values as a new array, row-major; of a mean that of the mean itself, NaN below two samples. Of
   * counts they are the counts; undefined once a `double` or `int64` storage was filled with weights or changed, because
   * then they are not known: use `storage: "weight"`.
   */
  variances(choice: FlowChoice = {}): Float64Array | undefined {
    const variances = cellVariances(this.storage);
    return variances === undefined ? undefined : this.#pick(variances, choice);
  }

  /** Entries in the bins as a new array, row-major: of weights the effective number, sumw² / sumw2. */
  counts(choice: FlowChoice = {}): Float64Array {
    return this.#pick(cellCounts(this.storage), choice);
  }

  /** Values over their sum and the size of the bins, row-major: the integral is 1. */
  density(): Float64Array {
    return density(this, this.values());
  }

  /** Running sums of the values, row-major: each with all that come before it on every axis. */
  cumulative(choice: FlowChoice = {}): Float64Array {
    return cumulative(this, this.values(choice), choice);
  }

  /** Sum of all bins, exactly rounded but for the last bits; in a storage of means the mean of everything. */
  sum(choice: FlowChoice = {}): number {
    return this.#total(choice).value;
  }

  /** Variance of {@link sum}: undefined where the variances are not known; in a storage of means that of all samples. */
  sumVariance(choice: FlowChoice = {}): number | undefined {
    return this.#total(choice).variance;
  }

  /**
   * A part of the histogram as a new one. Axes that are not named stay; those at one bin, or summed over, are gone.
   *
   * ```ts
   * hist.at({ dataset: "ttbar", mass: range(loc(80), loc(100)) }); // what is cut off goes to the flow bins
   * hist.at({ dataset: sum, mass: rebin(2) });
   * hist.at([undefined, 3]); // by position
   * ```
   *
   * @throws UsageError for axes, bins, categories or edges that do not exist, and empty ranges.
   */
  at(selection: Selection): Hist {
    return new Hist(at(this, selection));
  }

  /**
   * The content of one bin: a place on every axis, as for {@link at}.
   *
   * @throws UsageError as {@link at}, and for axes that are not brought to one bin.
   */
  bin(selection: Selection): Bin {
    const { axes, storage } = at(this, selection);
    const [left] = axes;
    if (left === undefined) return binOfCell(storage, 0);
    const message = `One bin has a place on every axis, but ${axisTitle(left, this.axes.indexOf(left))} is left; at(…) gives a histogram.`;
    throw new CortadoError("UsageError", message, { code: "BadArgument" });
  }

  /**
   * The histogram over these axes alone, in this order, by name or position; the others are summed over, flow included.
   *
   * @throws UsageError for an axis that does not exist or is named twice.
   */
  project(...axes: readonly (string | number)[]): Hist {
    return new Hist(project(this, axes));
  }

  /**
   * The mean along one axis, over the others, with `mean` storage.
   *
   * @throws UsageError for an axis of categories, or a histogram of means.
   */
  profile(axis: string | number): Hist {
    return new Hist(profile(this, axis));
  }

  /**
   * The same with the categories of one axis in order.
   *
   * @throws UsageError for an axis without categories.
   */
  sort(axis: string | number, options: SortOptions = {}): Hist {
    return new Hist(sortCategories(this, axis, options));
  }

  /**
   * The sum of this histogram and another, as a new one with the flow bins and the categories of both; or with a number
   * added to every cell.
   *
   * @throws MergeError (`AxisMismatch`, `StorageMismatch`).
   */
  add(other: HistData | number): Hist {
    return new Hist(typeof other === "number" ? addNumber(this, other) : addHists(this, other));
  }

  /**
   * This histogram less another, cell by cell; only counts (`double` and `int64` storages).
   *
   * @throws MergeError (`AxisMismatch`, `StorageMismatch`).
   */
  subtract(other: HistData): Hist {
    return new Hist(combineHists(this, other, "subtract"));
  }

  /**
   * This histogram times another, cell by cell; only counts (`double` and `int64` storages).
   *
   * @throws MergeError (`AxisMismatch`, `StorageMismatch`).
   */
  multiply(other: HistData): Hist {
    return new Hist(combineHists(this, other, "multiply"));
  }

  /**
   * This histogram divided by another, cell by cell; only counts (`double` and `int64` storages). 0 / 0 is NaN.
   *
   * @throws MergeError (`AxisMismatch`, `StorageMismatch`).
   */
  divide(other: HistData): Hist {
    return new Hist(combineHists(this, other, "divide"));
  }

  /**
   * Values times a factor, variances times its square: one for all cells, or one for each bin, or for each cell with flow.
   * `scale(1 / 4)` divides.
   *
   * @throws UsageError for another number of factors.
   */
  scale(factor: Factor): Hist {
    return new Hist(scale(this, factor));
  }

  /** How many rows were filled with a weight that is NaN or infinite: their cells are not finite either. */
  get nanWeights(): number {
    return this.storage.nanWeights ?? 0;
  }

  /** True if axes, storage and contents are the same. */
  equals(other: HistData): boolean {
    return equals(this, other);
  }

  /** Empties the histogram itself, which it returns; bins that were added stay. */
  reset(): this {
    this.storage = emptyStorage(this.storage.kind, totalCells(this.axes));
    return this;
  }

  copy(): Hist {
    return new Hist(structuredClone({ ...this }));
  }

  /**
   * The histogram as a drawing of characters: a bar for each bin of one axis, a grid of shades of two. What a template
   * literal and `String(hist)` give; the console shows axes and sums in one line.
   */
  toString(): string {
    return textHistogram(this);
  }

  /** The same as UHI JSON, dense; `JSON.stringify` calls this. `key` is the name in an error message. */
  toJSON(key = ""): UhiHistogram {
    return toUhi(this, key);
  }

  #total(choice: FlowChoice): Bin {
    return totalOf(choice.flow === true ? this.storage : pickCells(this.storage, innerCells(this.axes)));
  }

  #pick(cells: Float64Array, choice: FlowChoice): Float64Array {
    if (choice.flow === true) return cells;
    const inner = innerCells(this.axes);
    return Float64Array.from(inner, (cell) => cells[cell]!);
  }
}

/** How histograms add up: the entry `hist` of an addition table. */
export const histAddition: Addition<HistData> = {
  add: (a, b) => Hist.from(addHists(a, b)),
  revive: (data) => Hist.from(data),
};

/** One line on a console: axes, storage, sums. */
Object.defineProperty(Hist.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: Hist): string {
    const axes = this.axes.map((axis) => `${axis.name}${axis.name === "" ? "" : ": "}${describeAxis(axis)}`);
    const sums = `sum ${this.sum()}, with flow ${this.sum({ flow: true })}`;
    return `Hist(${[...axes, this.storage.kind].join(", ")}; ${[sums, ...nanWeightsText(this.storage)].join("; ")})`;
  },
});
