/**
 * The same function, but never inlined by V8: a call of a proxy is a call. For what hot loops call once and then no more: V8 often
 * inlines that first, and then has no budget left for the lambdas. Cost: some 50 ns a call.
 */
// biome-ignore lint/suspicious/noExplicitAny: functions of any arguments
export function outOfLine<F extends (...values: any[]) => unknown>(f: F): F {
  return new Proxy(f, {});
}
