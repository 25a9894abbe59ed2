import { type AxisText, type AxisTextOptions, axisText, badArgument } from "./axis-options.ts";

/** One bin for each string. */
export interface CategoryAxis extends AxisText {
  readonly kind: "category";
  readonly categories: readonly string[];
  /** New strings append bins; then there is no flow bin. */
  readonly growth: boolean;
  /** One bin after the last for unknown strings. */
  readonly overflow: boolean;
}

/** One bin for each integer, in any order. */
export interface IntCategoryAxis extends AxisText {
  readonly kind: "intCategory";
  readonly categories: readonly number[];
  /** New integers append bins; then there is no flow bin. */
  readonly growth: boolean;
  /** One bin after the last for unknown integers. */
  readonly overflow: boolean;
}

/** Without `categories` the axis grows; with them it has one overflow bin for others, unless `flow: false`. */
export interface CategoryOptions<C> extends AxisTextOptions {
  readonly categories?: Iterable<C>;
  readonly growth?: boolean;
  readonly flow?: boolean;
}

/** @throws UsageError for a category given twice. */
export function category(name: string, options: CategoryOptions<string> = {}): CategoryAxis {
  return { kind: "category", ...axisText({ ...options, name }), ...bins(options) };
}

/** @throws UsageError for a category given twice or not an integer. */
export function intCategory(name: string, options: CategoryOptions<number> = {}): IntCategoryAxis {
  for (const c of options.categories ?? [])
    if (!Number.isSafeInteger(c)) throw badArgument(`Category ${c} of axis "${name}" is not an integer.`);
  return { kind: "intCategory", ...axisText({ ...options, name }), ...bins(options) };
}

function bins<C>(options: CategoryOptions<C>): { categories: readonly C[]; growth: boolean; overflow: boolean } {
  const categories = [...(options.categories ?? [])];
  const growth = options.growth ?? options.categories === undefined;
  const twice = categories.find((c, i) => categories.indexOf(c) !== i);
  if (twice !== undefined) throw badArgument(`Category ${JSON.stringify(twice)} is given twice.`);
  return { categories, growth, overflow: !growth && (options.flow ?? true) };
}
