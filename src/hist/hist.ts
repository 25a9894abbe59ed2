import type { Addition } from "../accumulator/index.ts";
import { CortadoError } from "../errors.ts";
import { addHists } from "./add-hists.ts";
import { type Axis, binCount, cellCount, describeAxis } from "./axis.ts";
import { fill } from "./fill.ts";
import type { FillByName, FillByPosition, FillOptions } from "./fill-values.ts";
import type { FlowChoice, HistData, HistOptions } from "./hist-data.ts";
import { innerCells, totalCells } from "./layout.ts";
import { emptyStorage, type Storage } from "./storage.ts";
import { sumOf } from "./sum.ts";
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
  axes: readonly Axis[];
  /** Row-major in axis order, including flow cells. */
  storage: Storage;

  private constructor(data: Omit<HistData, "tag">) {
    this.name = data.name;
    this.label = data.label;
    this.axes = data.axes;
    this.storage = data.storage;
  }

  /**
   * An empty histogram of these axes; a last argument gives storage (`double` unless told), name and label.
   *
   * @throws UsageError for two axes of one name.
   */
  static of(...args: readonly Axis[] | readonly [...Axis[], HistOptions]): Hist {
    const last = args.at(-1);
    const options: HistOptions = last !== undefined && !("kind" in last) ? last : {};
    const axes = (args as readonly (Axis | HistOptions)[]).filter((arg) => "kind" in arg);
    const names = axes.map((axis) => axis.name).filter((name) => name !== "");
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined)
      throw new CortadoError("UsageError", `Two axes are called "${twice}".`, { code: "BadArgument" });
    const { storage = "double", name = "", label = "" } = options;
    return new Hist({ name, label, axes, storage: emptyStorage(storage, totalCells(axes)) });
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

  /** Content of the bins as a new array, row-major in axis order. */
  values(choice: FlowChoice = {}): Float64Array {
    return this.#pick(this.storage.values, choice);
  }

  /**
   * Variances of the bins as a new array, row-major. Of a `double` storage they are the counts; undefined once it was
   * filled with weights, because then they are not known: use `storage: "weight"`.
   */
  variances(choice: FlowChoice = {}): Float64Array | undefined {
    const { storage } = this;
    if (storage.kind === "weight") return this.#pick(storage.variances, choice);
    return storage.weighted ? undefined : this.values(choice);
  }

  /** Sum of all bins, exactly rounded but for the last bits. */
  sum(choice: FlowChoice = {}): number {
    return sumOf(this.values(choice));
  }

  /** Variance of {@link sum}: undefined where the variances are not known. */
  sumVariance(choice: FlowChoice = {}): number | undefined {
    const variances = this.variances(choice);
    return variances === undefined ? undefined : sumOf(variances);
  }

  /**
   * The sum of this histogram and another, as a new one with the flow bins of both and the categories of both.
   *
   * @throws MergeError (`AxisMismatch`, `StorageMismatch`).
   */
  add(other: HistData): Hist {
    return new Hist(addHists(this, other));
  }

  copy(): Hist {
    return new Hist(structuredClone({ ...this }));
  }

  /** The same as UHI JSON, dense; `JSON.stringify` calls this. `key` is the name in an error message. */
  toJSON(key = ""): UhiHistogram {
    return toUhi(this, key);
  }

  #pick(cells: Float64Array, choice: FlowChoice): Float64Array {
    if (choice.flow === true) return cells.slice();
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
    return `Hist(${[...axes, this.storage.kind].join(", ")}; sum ${this.sum()}, with flow ${this.sum({ flow: true })})`;
  },
});
