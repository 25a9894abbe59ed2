import { CortadoError } from "../errors.ts";
import { erf } from "./erf.ts";
import { type Formula, type Operator, parseFormula } from "./formula.ts";

/** What the text of {@link formulaCode} may call, as `m.name`. */
export const formulaFunctions: { readonly [name: string]: (a: number, b: number) => number } = { erf, pow };

/** Powers as C has them: 1 to any power is 1, and so is −1 to an infinite one, where JavaScript gives NaN. */
function pow(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
}

const comparison: ReadonlySet<Operator> = new Set(["==", "!=", "<", ">", "<=", ">="]);

/**
 * JavaScript text that computes the formula `text`. `variables` are the texts for x, y, z, t; parameters are
 * values, or texts as well.
 * Throws CorrectionError `BadFormula` for a mistake, a variable or a parameter that is not there.
 */
export function formulaCode(
  text: string,
  variables: readonly string[],
  parameters: readonly (number | string)[],
): string {
  const lacking = (what: string, index: number, has: number, position: number): CortadoError =>
    new CortadoError(
      "CorrectionError",
      `formula: ${what} ${index} is used, ${has === 0 ? "none is" : has === 1 ? "1 is" : `${has} are`} given\n${text}\n${" ".repeat(position)}^`,
      { code: "BadFormula" },
    );

  function code(node: Formula): string {
    switch (node.kind) {
      case "number":
        return numberCode(node.value);
      case "variable":
        if (node.index >= variables.length) throw lacking("variable", node.index, variables.length, node.position);
        return variables[node.index]!;
      case "parameter":
        if (node.index >= parameters.length) throw lacking("parameter", node.index, parameters.length, node.position);
        return parameterCode(parameters[node.index]!);
      case "negative":
        return `(-${code(node.of)})`;
      case "call":
        return call(node.name, node.arguments);
      case "operator": {
        const [left, right] = [code(node.left), code(node.right)];
        if (node.operator === "^") return power(node.left, node.right);
        if (node.operator === "&&" || node.operator === "||")
          return `(${left} !== 0 ${node.operator} ${right} !== 0 ? 1 : 0)`;
        if (!comparison.has(node.operator)) return `(${left} ${node.operator} ${right})`;
        const same =
          node.operator.length === 2 && "=!".includes(node.operator[0]!) ? `${node.operator}=` : node.operator;
        return `(${left} ${same} ${right} ? 1 : 0)`;
      }
    }
  }

  function power(base: Formula, exponent: Formula): string {
    const simple = base.kind === "variable" || base.kind === "number" || base.kind === "parameter";
    if (simple && exponent.kind === "number" && exponent.value === 2) return `(${code(base)} * ${code(base)})`;
    return `m.pow(${code(base)}, ${code(exponent)})`;
  }

  function call(name: string, given: readonly Formula[]): string {
    if (name === "pow") return power(given[0]!, given[1]!);
    const [a, b] = given.map(code);
    // As std::max and std::min: a NaN that stands second is passed over, which Math.max would not do.
    if (name === "max") return `((a, b) => a < b ? b : a)(${a}, ${b})`;
    if (name === "min") return `((a, b) => b < a ? b : a)(${a}, ${b})`;
    if (name === "erf") return `m.erf(${a})`;
    return b === undefined ? `Math.${name}(${a})` : `Math.${name}(${a}, ${b})`;
  }

  return code(parseFormula(text));
}

function parameterCode(parameter: number | string): string {
  return typeof parameter === "string" ? parameter : numberCode(parameter);
}

/** A number as text that may stand anywhere in an expression. */
export function numberCode(value: number): string {
  if (Number.isFinite(value))
    return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? "-0" : value})` : String(value);
  return Number.isNaN(value) ? "NaN" : value < 0 ? "(-Infinity)" : "Infinity";
}
