import { CortadoError } from "../errors.ts";

/** A formula as a tree: what {@link parseFormula} gives. */
export type Formula =
  | { readonly kind: "number"; readonly value: number }
  /** The `index`th of the formula's variables: x, y, z, t, or x[index]. */
  | { readonly kind: "variable"; readonly index: number; readonly position: number }
  | { readonly kind: "parameter"; readonly index: number; readonly position: number }
  | { readonly kind: "negative"; readonly of: Formula }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Formula[] }
  | { readonly kind: "operator"; readonly operator: Operator; readonly left: Formula; readonly right: Formula };

export type Operator = "||" | "&&" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/" | "^";

/** Functions and how many arguments they take. */
const functions: ReadonlyMap<string, number> = new Map([
  ...["log", "log10", "exp", "erf", "sqrt", "abs", "cos", "sin", "tan", "acos", "asin", "atan"].map(
    (name) => [name, 1] as const,
  ),
  ...["cosh", "sinh", "tanh", "acosh", "asinh", "atanh"].map((name) => [name, 1] as const),
  ...["atan2", "pow", "max", "min"].map((name) => [name, 2] as const),
]);

const precedence: { readonly [O in Operator]: number } = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  ">": 4,
  "<=": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "^": 7,
};

const literal = /-?\d+(?:\.\d*)?(?:e-?\d+)?/y;
const operator = /\|\||&&|==|!=|<=|>=|[<>+\-*/^]/y;
const variable = /x\[(\d+)\]|[xyzt](?!\w)/y;
const parameter = /\[(\d+)\]/y;
const word = /[a-z]\w*/y;
const blank = /[ \t]*/y;

/**
 * Parses the TFormula dialect of correctionlib: variables `x y z t` (or `x[4]`), parameters `[0]`, the usual operators and the
 * functions `log log10 exp erf sqrt abs`, the trigonometric and hyperbolic ones and their inverses, `atan2 pow max min`.
 * Comparisons give 1 or 0. As in the reference, a minus binds tighter than `^` (`-x^2` is (−x)²) and `^` is right associative;
 * unary plus, `!`, `%`, `?:`, `**` and `TMath::` are not part of it.
 * Throws CorrectionError `BadFormula` pointing at the character.
 */
export function parseFormula(text: string): Formula {
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    blank.lastIndex = at;
    at += blank.exec(text)![0].length;
    return found;
  }

  function expect(what: string): void {
    if (text[at] !== what) fail(`expected ${what}`);
    at += 1;
    take(blank);
  }

  function fail(problem: string): never {
    throw new CortadoError("CorrectionError", `formula: ${problem}\n${text}\n${" ".repeat(at)}^`, {
      code: "BadFormula",
    });
  }

  function expression(least: number): Formula {
    let left = atom();
    for (;;) {
      const before = at;
      const symbol = take(operator)?.[0] as Operator | undefined;
      if (symbol === undefined) return left;
      const level = precedence[symbol];
      if (level < least) {
        at = before;
        return left;
      }
      left = { kind: "operator", operator: symbol, left, right: expression(symbol === "^" ? level : level + 1) };
    }
  }

  function atom(): Formula {
    const number = take(literal);
    if (number !== undefined) return { kind: "number", value: Number(number[0]) };
    if (text[at] !== "-") return unsigned();
    at += 1;
    take(blank);
    return { kind: "negative", of: unsigned() };
  }

  function unsigned(): Formula {
    const position = at;
    if (text[at] === "(") {
      expect("(");
      const inner = expression(0);
      expect(")");
      return inner;
    }
    const byPosition = take(parameter);
    if (byPosition !== undefined) return { kind: "parameter", index: Number(byPosition[1]), position };
    const named = take(variable);
    if (named !== undefined) {
      const index = named[1] === undefined ? "xyzt".indexOf(named[0]) : Number(named[1]);
      return { kind: "variable", index, position };
    }
    const name = take(word)?.[0];
    if (name === undefined)
      return fail(at === text.length ? "it ends where a value should follow" : "a value is expected here");
    const count = functions.get(name);
    if (count === undefined) {
      at = position;
      return fail(`there is no ${name}; variables are x, y, z, t, functions ${[...functions.keys()].join(", ")}`);
    }
    expect("(");
    const values = [expression(0)];
    while (values.length < count) {
      expect(",");
      values.push(expression(0));
    }
    expect(")");
    return { kind: "call", name, arguments: values };
  }

  take(blank);
  const parsed = expression(0);
  if (at < text.length) fail("an operator is expected here");
  return parsed;
}
