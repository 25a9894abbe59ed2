/**
 * Containers by coffea's names. All are plain data that add up by the rules of their kind (see `merge.ts`); `{}`, `[]` and `new Set()` do the
 * same.
 */

/** A value to be changed in place: `n.value += 1`. Adds by the kind of the value. */
export function valueAccumulator<T>(factory: () => T, value: T = factory()): { value: T } {
  return { value };
}

/** A list; those of chunks concatenate. */
export function listAccumulator<T>(items: Iterable<T> = []): T[] {
  return [...items];
}

/** A set; those of chunks unite. */
export function setAccumulator<T>(items: Iterable<T> = []): Set<T> {
  return new Set(items);
}

/** A record; those of chunks unite their keys and add what stands under the same one. */
export function dictAccumulator<T>(entries: Readonly<Record<string, T>> = {}): Record<string, T> {
  return { ...entries };
}

/**
 * A map that has a new value of `factory` for each key it is asked for: `counts.set(name, counts.get(name) + 1)`. Those of chunks
 * add as maps, so that the default counts once, with the first value; the sum is a plain `Map`, without defaults.
 */
export function defaultdictAccumulator<K, V>(
  factory: () => V,
  entries: Iterable<readonly [K, V]> = [],
): DefaultMap<K, V> {
  return new DefaultMap(factory, entries);
}

export class DefaultMap<K, V> extends Map<K, V> {
  readonly #factory: () => V;

  constructor(factory: () => V, entries: Iterable<readonly [K, V]>) {
    super(entries);
    this.#factory = factory;
  }

  /** The value of a key, which is made now if there is none. */
  override get(key: K): V {
    if (!this.has(key)) this.set(key, this.#factory());
    return super.get(key) as V;
  }
}
