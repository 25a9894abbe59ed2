/** What an expression's functions are in JavaScript. Element functions keep float32 as NumPy does. */
export const elementFunctions: Readonly<Record<string, { readonly js: string; readonly arguments: number }>> = {
  abs: { js: "Math.abs", arguments: 1 },
  sqrt: { js: "Math.sqrt", arguments: 1 },
  exp: { js: "Math.exp", arguments: 1 },
  log: { js: "Math.log", arguments: 1 },
  log10: { js: "Math.log10", arguments: 1 },
  sin: { js: "Math.sin", arguments: 1 },
  cos: { js: "Math.cos", arguments: 1 },
  tan: { js: "Math.tan", arguments: 1 },
  sinh: { js: "Math.sinh", arguments: 1 },
  cosh: { js: "Math.cosh", arguments: 1 },
  tanh: { js: "Math.tanh", arguments: 1 },
  arctan2: { js: "Math.atan2", arguments: 2 },
  hypot: { js: "Math.hypot", arguments: 2 },
  floor: { js: "Math.floor", arguments: 1 },
  ceil: { js: "Math.ceil", arguments: 1 },
  sign: { js: "Math.sign", arguments: 1 },
  maximum: { js: "Math.max", arguments: 2 },
  minimum: { js: "Math.min", arguments: 2 },
};

/** Functions of a list: what they take (`boolean` lists, or numbers) and give for an event. */
export const listFunctions: Readonly<
  Record<string, { readonly takes: "boolean" | "number" | "anything"; readonly gives: "boolean" | "integer" | "same" }>
> = {
  sum: { takes: "anything", gives: "same" },
  num: { takes: "anything", gives: "integer" },
  any: { takes: "boolean", gives: "boolean" },
  all: { takes: "boolean", gives: "boolean" },
  max: { takes: "number", gives: "same" },
  min: { takes: "number", gives: "same" },
};
