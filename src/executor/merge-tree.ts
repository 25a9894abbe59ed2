import { type AdditionTable, mergeAll } from "../accumulator/index.ts";

/** Results merged at a time. */
export const arity = 8;

/** Merging failed: the results of leaves `from` up to `to` (exclusive) are lost. */
export class MergeFailed extends Error {
  override readonly name = "MergeFailed";
  readonly from: number;
  readonly to: number;
  /** The first leaf whose result does not add to those before it. */
  readonly leaf: number;

  constructor(from: number, to: number, leaf: number, cause: unknown) {
    super("results do not add", { cause });
    this.from = from;
    this.to = to;
    this.leaf = leaf;
  }
}

/**
 * Adds the results of numbered leaves as they arrive, in any order, always in the same tree: eight neighbours at a time,
 * then eight of these, and so on. So a sum does not depend on the order of arrival, to the last bit.
 */
export interface MergeTree {
  /**
   * A leaf's result, or `undefined` if it will never have one. Merges whatever that completes. Each leaf once.
   * Throws `MergeFailed`; what is lost then counts as never having arrived.
   */
  put(leaf: number, result: unknown): void;
  /** The sum of what has arrived, `undefined` if nothing has; missing leaves are passed over. Throws as `put` does. */
  sum(): unknown;
  /** Seconds spent merging. */
  readonly seconds: number;
}

/**
 * A tree over `leaves` results. Memory: what waits for its neighbours, at most 7 results on each of log8(leaves) levels
 * if they arrive in order.
 */
export function mergeTree(leaves: number, table: AdditionTable): MergeTree {
  const levels: Map<number, unknown>[] = [];
  let seconds = 0;

  const nodesOn = (level: number): number => Math.ceil(leaves / arity ** level);
  const waitingOn = (level: number): Map<number, unknown> => (levels[level] ??= new Map());

  /** The nodes just below a node. */
  function below(level: number, node: number): number[] {
    const first = node * arity;
    return Array.from({ length: Math.min(arity, nodesOn(level - 1) - first) }, (_, i) => first + i);
  }

  /** The results below a node, added. */
  function add(level: number, node: number, results: readonly unknown[]): unknown {
    const started = performance.now();
    try {
      return mergeAll(results, table);
    } catch (error) {
      const [from, to] = [node * arity ** level, Math.min((node + 1) * arity ** level, leaves)];
      forget(from, to);
      const culprit = results.findIndex((_, i) => !adds(results.slice(0, i + 1)));
      throw new MergeFailed(from, to, from + culprit * arity ** (level - 1), error);
    } finally {
      seconds += (performance.now() - started) / 1000;
    }
  }

  function adds(results: readonly unknown[]): boolean {
    try {
      mergeAll(results, table);
      return true;
    } catch {
      return false;
    }
  }

  function forget(from: number, to: number): void {
    for (const [level, waiting] of levels.entries())
      for (const node of waiting.keys())
        if (node * arity ** level >= from && node * arity ** level < to) waiting.delete(node);
  }

  function put(level: number, node: number, result: unknown): void {
    waitingOn(level).set(node, result);
    if (nodesOn(level) === 1) return;
    const parent = Math.floor(node / arity);
    const siblings = below(level + 1, parent);
    if (!siblings.every((sibling) => waitingOn(level).has(sibling))) return;
    const sum = add(
      level + 1,
      parent,
      siblings.map((sibling) => waitingOn(level).get(sibling)),
    );
    for (const sibling of siblings) waitingOn(level).delete(sibling);
    put(level + 1, parent, sum);
  }

  /** What has arrived below a node and at it. */
  function under(level: number, node: number): unknown {
    if (waitingOn(level).has(node) || level === 0) return waitingOn(level).get(node);
    const results = below(level, node).map((child) => under(level - 1, child));
    return results.every((result) => result === undefined) ? undefined : add(level, node, results);
  }

  return {
    put: (leaf, result) => put(0, leaf, result),
    sum() {
      if (leaves === 0) return undefined;
      let top = 0;
      while (nodesOn(top) > 1) top++;
      return mergeAll([under(top, 0)], table);
    },
    get seconds() {
      return seconds;
    },
  };
}
