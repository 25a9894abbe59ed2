import type { Slots } from "./source.ts";

interface HasMembers {
  $member(name: string): unknown;
}

type Constructor<T, A extends readonly unknown[]> = new (...args: A) => T;

// biome-ignore lint/suspicious/noExplicitAny: constructors of any arguments
type AnyConstructor = Constructor<HasMembers, any>;

const made = new WeakMap<AnyConstructor, Map<string, AnyConstructor>>();

/**
 * A subclass of `base` with a getter for each member that the items of `slots` have in common, and an error with the nearest
 * names for any other. The same class for the same members.
 */
export function memberClass<T extends HasMembers, A extends readonly unknown[]>(
  base: Constructor<T, A>,
  slots: Slots | undefined,
): Constructor<T, A> {
  const single = slots?.length === 1 ? slots[0]! : [];
  let classes = made.get(base);
  if (classes === undefined) {
    classes = new Map();
    made.set(base, classes);
  }
  const key = single.map((store) => store.memberKey).join("|");
  let known = classes.get(key);
  if (known === undefined) {
    known = class extends (base as AnyConstructor) {};
    const [first, ...others] = single;
    for (const name of Object.keys(first?.members ?? {})) {
      if (name in base.prototype || !others.every((store) => name in store.members)) continue;
      Object.defineProperty(known.prototype, name, {
        get(this: HasMembers) {
          return this.$member(name);
        },
      });
    }
    classes.set(key, known);
  }
  return known as Constructor<T, A>;
}
