import { CortadoError, nearest, whatExists } from "../errors.ts";
import { type EventNumbers, readNumbers, type SameEvents } from "./event-values.ts";
import { type WeightStatistics, weightStatistics } from "./weight-statistics.ts";

export interface WeightsOptions {
  /** Keep every weight, so that {@link Weights.partialWeight} can multiply some of them; off unless told. */
  readonly storeIndividual?: boolean;
}

export interface VariationOptions {
  /** Up and down are distances from the weight: up = weight + up, down = weight - down. */
  readonly shift?: boolean;
}

/** A weight for each event, or one for all events of known number. */
export type Weight = number | EventNumbers;

/** Some of the weights by name: those to take or those to leave out. */
export type PartialWeight = { readonly modifier?: string } & (
  | { readonly include: readonly string[]; readonly exclude?: never }
  | { readonly exclude: readonly string[]; readonly include?: never }
);

/** What a variation multiplies the weight with, or divides it by. */
interface Modifier {
  /** Name of the weight that is varied. */
  readonly of: string;
  readonly ratio: Float64Array;
  /** True for a Down that was not given: the weight is divided by the ratio of the Up. */
  readonly inverse: boolean;
}

/**
 * The product of named event weights, with variations. Variations are kept as ratios to their weight, so that `weight("sfUp")` is the
 * whole product with one factor replaced. What is passed in is copied, never changed; float64 throughout.
 *
 * ```ts
 * const weights = new Weights(events.length);
 * weights.add("genWeight", events.genWeight);
 * weights.add("sf", sf, sfUp, sfDown);
 * hist.fill({ x }, { weight: weights.weight("sfUp") });
 * ```
 */
export class Weights {
  readonly #events: SameEvents;
  readonly #names = new Set<string>();
  readonly #individual: Map<string, Float64Array> | undefined;
  readonly #modifiers = new Map<string, Modifier>();
  readonly #statistics = new Map<string, WeightStatistics>();
  #total: Float64Array | undefined;

  /** `size` is the number of events; with null the first weight that is added says it. */
  constructor(size: number | null = null, options: WeightsOptions = {}) {
    if (size !== null && !(Number.isInteger(size) && size >= 0))
      throw badArgument(`new Weights: ${size} is not a number of events`);
    this.#events = { length: size, alignment: null };
    this.#individual = options.storeIndividual === true ? new Map() : undefined;
  }

  /**
   * Multiplies with a weight; missing values count as 1. `up` and `down` are what the weight is under a variation, named `nameUp` and
   * `nameDown`. Without `down` it is weight² / up; with `down` alone there is no `nameUp`. Returns this.
   *
   * Throws `UsageError` for a name that exists or ends in Up or Down, `ShapeError` for another number of events or other events. Then
   * nothing was added.
   */
  add(
    name: string,
    weight: Weight,
    up: Weight | null = null,
    down: Weight | null = null,
    options: VariationOptions = {},
  ): this {
    return this.#add(name, weight, [{ name, up, down }], options);
  }

  /**
   * As `add`, with several variations of one weight: `name_modifierUp` and `name_modifierDown` for each of `modifierNames`, whose
   * weights stand at the same place of `ups` and `downs` (null: as if left out in `add`).
   */
  addMultivariation(
    name: string,
    weight: Weight,
    modifierNames: readonly string[],
    ups: readonly (Weight | null)[],
    downs: readonly (Weight | null)[],
    options: VariationOptions = {},
  ): this {
    if (!Array.isArray(ups) || !Array.isArray(downs))
      throw badArgument(
        `weight "${name}": a list of up and a list of down weights are needed, one for each modifier name`,
      );
    if (ups.length !== modifierNames.length || downs.length !== modifierNames.length)
      throw badArgument(
        `weight "${name}": ${modifierNames.length} modifier names, but ${ups.length} up and ${downs.length} down weights`,
      );
    const variations = modifierNames.map((modifier, k) => {
      refuseSuffix(modifier);
      return { name: `${name}_${modifier}`, up: ups[k]!, down: downs[k]! };
    });
    return this.#add(name, weight, variations, options);
  }

  /** Number of events; null before it is known. */
  get size(): number | null {
    return this.#events.length;
  }

  /** The events of the lazy columns among the weights; null where there were none. */
  get alignment(): object | null {
    return this.#events.alignment;
  }

  /** Names of the weights, in the order in which they were added. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** What `weight` accepts: each Up followed by its Down, in the order in which they were added. */
  get variations(): readonly string[] {
    return [...this.#modifiers.keys()];
  }

  /** Sums and range of each weight, before variations. */
  get weightStatistics(): Readonly<Record<string, WeightStatistics>> {
    return Object.fromEntries(this.#statistics);
  }

  /**
   * The product for each event, of all weights or with one of the `variations`, as a new array: 1 where nothing was added.
   * Throws `UsageError` for an unknown modifier, or for a Down that was not given where Up is 0.
   */
  weight(modifier?: string | null): Float64Array {
    return this.#modified(this.#total?.slice() ?? ones(this.#knownSize("weight")), modifier);
  }

  /**
   * The product of some of the weights; a name that was not added counts as 1 (data need not have every weight of simulation).
   * Throws `UsageError` for a modifier of a weight that is not among them, and without `storeIndividual`.
   */
  partialWeight(choice: PartialWeight): Float64Array {
    if (this.#individual === undefined)
      throw badArgument(
        "partialWeight: make the weights with { storeIndividual: true }, or they are only kept as a product",
      );
    const { include, exclude, modifier } = choice;
    if ((include === undefined) === (exclude === undefined))
      throw badArgument("partialWeight: give either include or exclude");
    const names = include ?? this.names.filter((name) => !exclude?.includes(name));
    const of = modifier === undefined ? undefined : this.#modifiers.get(modifier)?.of;
    if (of !== undefined && !names.includes(of))
      throw badArgument(
        `partialWeight: "${modifier}" varies "${of}", which is not among ${names.join(", ") || "none"}`,
      );
    const total = ones(this.#knownSize("partialWeight"));
    for (const name of new Set(names)) multiply(total, this.#individual.get(name) ?? ones(total.length));
    return this.#modified(total, modifier);
  }

  #add(name: string, weight: Weight, variations: readonly GivenVariation[], { shift = false }: VariationOptions): this {
    refuseSuffix(name);
    if (this.#names.has(name)) throw badArgument(`there is a weight "${name}" already; choose another name`);
    const events = { ...this.#events };
    const nominal = read(weight, `weight "${name}"`, events, 1);
    const modifiers = new Map<string, Modifier>();
    for (const given of variations) {
      const made = modifiersOf(name, given, nominal, events, shift);
      for (const [key, modifier] of made) {
        if (this.#modifiers.has(key) || modifiers.has(key))
          throw badArgument(`weight "${name}": there is a variation "${key}" already; choose another name`);
        modifiers.set(key, modifier);
      }
    }
    Object.assign(this.#events, events);
    for (const [key, modifier] of modifiers) this.#modifiers.set(key, modifier);
    this.#names.add(name);
    this.#statistics.set(name, weightStatistics(nominal));
    this.#individual?.set(name, nominal);
    if (this.#total === undefined) this.#total = nominal.slice();
    else multiply(this.#total, nominal);
    return this;
  }

  #modified(total: Float64Array, name: string | null | undefined): Float64Array {
    if (name === undefined || name === null) return total;
    const modifier = this.#modifiers.get(name);
    if (modifier === undefined) throw unknownVariation(name, this.variations);
    const { ratio, inverse } = modifier;
    if (!inverse) return multiply(total, ratio);
    for (let i = 0; i < total.length; i++) {
      if (total[i] === 0) continue;
      if (ratio[i] === 0)
        throw badArgument(
          `there is no "${name}": the Up of event ${i} is 0, so that Down = weight² / Up is infinite; give Down`,
        );
      total[i]! /= ratio[i]!;
    }
    return total;
  }

  #knownSize(what: string): number {
    if (this.#events.length === null)
      throw badArgument(`${what}: the number of events is not known; give it to new Weights(size), or add a weight`);
    return this.#events.length;
  }
}

interface GivenVariation {
  readonly name: string;
  readonly up: Weight | null;
  readonly down: Weight | null;
}

function modifiersOf(
  of: string,
  { name, up, down }: GivenVariation,
  nominal: Float64Array,
  events: SameEvents,
  shift: boolean,
): [string, Modifier][] {
  const ratioOf = (given: Weight, direction: "Up" | "Down", sign: 1 | -1): Float64Array => {
    const varied = read(given, `weight "${name}${direction}"`, events, shift ? 0 : 1);
    for (let i = 0; i < varied.length; i++) {
      const value = shift ? nominal[i]! + sign * varied[i]! : varied[i]!;
      varied[i] = nominal[i] === 0 ? value : value / nominal[i]!;
    }
    return varied;
  };
  const made: [string, Modifier][] = [];
  const ratioUp = up === null ? undefined : ratioOf(up, "Up", 1);
  if (ratioUp !== undefined) made.push([`${name}Up`, { of, ratio: ratioUp, inverse: false }]);
  if (down !== null) made.push([`${name}Down`, { of, ratio: ratioOf(down, "Down", -1), inverse: false }]);
  else if (ratioUp !== undefined) made.push([`${name}Down`, { of, ratio: ratioUp, inverse: true }]);
  return made;
}

function read(weight: Weight, title: string, events: SameEvents, missing: number): Float64Array {
  if (typeof weight !== "number") return readNumbers(weight, title, events, missing);
  if (events.length === null)
    throw badArgument(`${title} is one number for all events, but nobody said how many: new Weights(events.length)`);
  return new Float64Array(events.length).fill(weight);
}

const ones = (size: number): Float64Array => new Float64Array(size).fill(1);

/** `total` times `factor`, in place of `total`. */
function multiply(total: Float64Array, factor: Float64Array): Float64Array {
  for (let i = 0; i < total.length; i++) total[i]! *= factor[i]!;
  return total;
}

function refuseSuffix(name: string): void {
  const suffix = /(Up|Down)$/.exec(name)?.[0];
  if (suffix !== undefined)
    throw badArgument(
      `a weight called "${name}" would look like a variation; call it "${name.slice(0, -suffix.length)}" and give up and down to add`,
    );
}

function unknownVariation(name: string, exists: readonly string[]): CortadoError {
  return new CortadoError("UsageError", `there is no variation "${name}" of the weights. ${whatExists(name, exists)}`, {
    code: "BadArgument",
    nearest: nearest(name, exists),
  });
}

function badArgument(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
