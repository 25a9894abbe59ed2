import { CortadoError, nearest, whatExists } from "../errors.ts";
import type { PrimitiveColumn } from "../jagged/index.ts";
import { type CutOptions, cutEvents } from "./cut-events.ts";
import { Cutflow } from "./cutflow.ts";
import { type EventMask, maskColumn, readMask, type SameEvents } from "./event-values.ts";
import { NminusOne } from "./nminusone.ts";

/** How many masks a selection holds: 16, 32 or 64. */
export type SelectionType = "uint16" | "uint32" | "uint64";

const slots: Readonly<Record<SelectionType, number>> = { uint16: 16, uint32: 32, uint64: 64 };

/**
 * Named masks over the events of a chunk, a bit for each. Masks that come out are new columns of booleans, for `events.filter`, `at` and `mask`.
 *
 * ```ts
 * const selection = new PackedSelection();
 * selection.add("trigger", events.HLT.IsoMu24);
 * selection.add("twoJets", events.Jet.count((j) => j.pt > 30).map((n) => n >= 2));
 * const selected = events.filter(selection.all("trigger", "twoJets"));
 * ```
 */
export class PackedSelection {
  readonly #dtype: SelectionType;
  readonly #names: string[] = [];
  readonly #events: SameEvents = { length: null, alignment: null };
  /** Bit `k % 32` of word `k / 32` of an event says whether mask `k` is true. */
  readonly #words: Int32Array[] = [];

  /** Throws `UsageError` for another `dtype`; it is `uint32` unless told. */
  constructor({ dtype = "uint32" }: { readonly dtype?: SelectionType } = {}) {
    if (!Object.hasOwn(slots, dtype))
      throw badArgument(`a PackedSelection has the dtype ${Object.keys(slots).join(", ")}, not ${dtype}`);
    this.#dtype = dtype;
  }

  /** Names of the masks, in the order in which they were added. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /**
   * Adds a mask; `fillValue` stands for its missing values. Returns this.
   * Throws `UsageError` for a name that exists and for one mask too many, `ShapeError` for what is not boolean, and for another number of
   * events or other events than before.
   */
  add(name: string, mask: EventMask, fillValue = false): this {
    if (this.#names.includes(name)) throw badArgument(`there is a mask "${name}" already; choose another name`);
    const k = this.#names.length;
    if (k === slots[this.#dtype]) {
      const larger = this.#dtype === "uint64" ? "" : ' new PackedSelection({ dtype: "uint64" }) has room for 64.';
      throw badArgument(`there is no room for the mask "${name}": ${k} are all that a ${this.#dtype} holds.${larger}`);
    }
    const events = { ...this.#events };
    const flags = readMask(mask, `the mask "${name}"`, events, fillValue);
    Object.assign(this.#events, events);
    const words = (this.#words[k >> 5] ??= new Int32Array(flags.length));
    const bit = k & 31;
    for (let i = 0; i < words.length; i++) words[i] = words[i]! | (flags[i]! << bit);
    this.#names.push(name);
    return this;
  }

  /** Adds several masks by name. Throws as `add`. */
  addMultiple(masks: Readonly<Record<string, EventMask>>, fillValue = false): this {
    for (const [name, mask] of Object.entries(masks)) this.add(name, mask, fillValue);
    return this;
  }

  /** Events for which all of these masks are true; without names all so far. Throws `UsageError` for an unknown name. */
  all(...names: readonly string[]): PrimitiveColumn<"bool"> {
    return maskColumn(this.#passing(names));
  }

  /** Events for which any of these masks is true; without names there is none, as in coffea. Throws as `all`. */
  any(...names: readonly string[]): PrimitiveColumn<"bool"> {
    if (names.length > 0) this.#known(names);
    const any = this.#where(names, () => false);
    for (let i = 0; i < any.length; i++) any[i] = 1 - any[i]!;
    return maskColumn(any);
  }

  /** Events for which all of these masks are false; without names all so far. Throws as `all`. */
  allfalse(...names: readonly string[]): PrimitiveColumn<"bool"> {
    return maskColumn(this.#where(this.#known(names), () => false));
  }

  /** Events for which each mask named is what is said: `require({ trigger: true, veto: false })`. Throws as `all`. */
  require(wanted: Readonly<Record<string, boolean>>): PrimitiveColumn<"bool"> {
    for (const [name, value] of Object.entries(wanted))
      if (typeof value !== "boolean")
        throw badArgument(`require: "${name}" must be true or false, not ${String(value)}`);
    const names = Object.keys(wanted);
    return maskColumn(this.#where(names.length === 0 ? [] : this.#known(names), (name) => wanted[name]!));
  }

  /**
   * How many events are left after these cuts, one by one and each alone; a last argument gives weights and a mask for all.
   * Throws `UsageError` without names, for unknown ones, and for one that is named twice.
   */
  cutflow(...args: readonly string[] | readonly [...string[], CutOptions]): Cutflow {
    const { names, options } = this.#cuts("cutflow", args);
    if (names.length === 0) throw badArgument("cutflow: name the cuts, in their order");
    const cuts = names.map((name) => this.#passing([name]));
    return Cutflow.of(names, cuts, cutEvents("cutflow", this.#sameEvents(), options));
  }

  /** How many events are left after all of these cuts but one, for each of them. Arguments and errors as those of `cutflow`. */
  nminusone(...args: readonly string[] | readonly [...string[], CutOptions]): NminusOne {
    const { names, options } = this.#cuts("nminusone", args);
    const others = names.map((name) =>
      this.#where(
        names.filter((other) => other !== name),
        () => true,
      ),
    );
    return NminusOne.of(names, [...others, this.#passing(names)], cutEvents("nminusone", this.#sameEvents(), options));
  }

  #cuts(what: string, args: readonly (string | CutOptions)[]): { names: readonly string[]; options: CutOptions } {
    const last = args.at(-1);
    const options = typeof last === "object" ? last : {};
    const names = (typeof last === "object" ? args.slice(0, -1) : args) as readonly string[];
    const twice = names.find((name, k) => names.indexOf(name) !== k);
    if (twice !== undefined) throw badArgument(`${what}: "${twice}" is named twice`);
    return { names, options };
  }

  #passing(names: readonly string[]): Uint8Array {
    return this.#where(this.#known(names), () => true);
  }

  /** These names, or all; throws unless each is one of a mask. */
  #known(names: readonly string[]): readonly string[] {
    const wrong = names.find((name) => !this.#names.includes(name));
    if (wrong !== undefined)
      throw new CortadoError("UsageError", `there is no mask "${wrong}". ${whatExists(wrong, this.#names)}`, {
        code: "BadArgument",
        nearest: nearest(wrong, this.#names),
      });
    return names.length === 0 ? this.#names : names;
  }

  /** Number of events; throws where nothing was added. */
  #size(): number {
    if (this.#events.length === null) throw badArgument("the selection has no masks; add one first");
    return this.#events.length;
  }

  #sameEvents(): SameEvents & { readonly length: number } {
    return { length: this.#size(), alignment: this.#events.alignment };
  }

  /** 1 for each event for which every mask of these names is as wanted. */
  #where(names: readonly string[], wanted: (name: string) => boolean): Uint8Array {
    const passing = new Uint8Array(this.#size()).fill(1);
    for (const [w, words] of this.#words.entries()) {
      let [asked, value] = [0, 0];
      for (const name of names) {
        const k = this.#names.indexOf(name);
        if (k >> 5 !== w) continue;
        asked |= 1 << (k & 31);
        if (wanted(name)) value |= 1 << (k & 31);
      }
      for (let i = 0; i < passing.length; i++) if ((words[i]! & asked) !== value) passing[i] = 0;
    }
    return passing;
  }
}

function badArgument(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
