import type { Events } from "../events/index.ts";
import { axis, Hist } from "../hist/index.ts";

/** What `cortado hist` runs on every chunk. */
export interface ExpressionOptions {
  readonly expression: string;
  readonly where?: string;
  readonly bins: number;
  readonly start: number;
  readonly stop: number;
}

/** Fills the values of an expression, of the events that meet a condition. */
export default function fillExpression(events: Events<object>, options: ExpressionOptions): object {
  const { expression, where, bins, start, stop } = options;
  const hist = Hist.of(axis.regular(bins, start, stop, { name: "x", label: expression }));
  const selected = where === undefined ? events : events.filter(where);
  hist.fill({ x: selected.column(expression) });
  return { hist, events: events.length, selected: selected.length };
}
