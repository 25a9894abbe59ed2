import { CortadoError } from "../errors.ts";

/** Loops over elements, made from the text of an expression so that each is compiled for its own types of arrays. */

type Loop = (x: unknown, y: unknown, out: unknown, n: number, c: unknown) => void;

const loops = new Map<string, Loop>();

/**
 * Runs `out[i] = expression` for `n` elements, where the expression says `a` for `x[i]` and `b` for `y[i]`; `x` and `y`
 * are typed arrays, or plain values that stand for every element, `c` one more array to look into. Expressions are constants of this folder (never of a
 * user) and may call the functions of {@link elementFunctions} as `f.name`.
 * Cost: compiled once for each expression and types of arrays; then one pass.
 */
export function elementLoop(expression: string, x: unknown, y: unknown, out: object, n: number, c?: object): void {
  const key = `${expression}|${arrayName(x)}|${arrayName(y)}|${arrayName(out)}`;
  let loop = loops.get(key);
  if (loop === undefined) {
    const [a, b] = [ArrayBuffer.isView(x) ? "x[i]" : "x", ArrayBuffer.isView(y) ? "y[i]" : "y"];
    // The engine keeps what it learns about types with the text of a function: each kind has its own text.
    const source = `// ${key.replaceAll("\n", " ")}
    return function (x, y, out, n, c) {
      for (let i = 0; i < n; i++) { const a = ${a}; const b = ${b}; out[i] = ${expression}; }
    }`;
    loop = new Function("f", source)(elementFunctions) as Loop;
    loops.set(key, loop);
  }
  loop(x, y, out, n, c);
}

function arrayName(values: unknown): string {
  return ArrayBuffer.isView(values) ? values.constructor.name : typeof values;
}

/** `out[i]` is 1 where value `i` differs from the one before. */
export function changesLoop(values: object, out: Uint8Array): void {
  forTypes(
    values,
    `return function (values, out) {
      for (let i = 1; i < out.length; i++) out[i] = values[i] === values[i - 1] ? 0 : 1;
    }`,
  )(values, out);
}

const typed = new Map<string, (...all: unknown[]) => unknown>();

/** The function that a text gives, made anew for each kind of array as `values`: its loops then meet one kind only. */
export function forTypes(values: object, source: string): (...all: unknown[]) => unknown {
  const key = `${source}|${arrayName(values)}`;
  let loop = typed.get(key);
  if (loop === undefined) {
    loop = new Function(`// ${arrayName(values)}\n${source}`)() as (...all: unknown[]) => unknown;
    typed.set(key, loop);
  }
  return loop;
}

/** What takes more than an expression. Integer division and remainder by 0 are 0, as in NumPy. */
const elementFunctions = {
  /** Rounds half to even. */
  rint(a: number): number {
    const floor = Math.floor(a);
    const rest = a - floor;
    if (rest < 0.5) return rest === 0 ? a : floor === 0 && a < 0 ? -0 : floor;
    if (rest > 0.5) return floor === -1 ? -0 : floor + 1;
    return floor % 2 === 0 ? floor : floor === -1 ? -0 : floor + 1;
  },
  /** Remainder with the sign of the divisor. */
  mod(a: number, b: number): number {
    const rest = a % b;
    if (rest === 0) return b < 0 ? -0 : 0;
    return rest < 0 === b < 0 ? rest : rest + b;
  },
  intMod(a: number, b: number): number {
    if (b === 0) return 0;
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  },
  bigMod(a: bigint, b: bigint): bigint {
    if (b === 0n) return 0n;
    const rest = a % b;
    return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
  },
  /** Rounds down, by the remainder as Python does: 1 // 0.1 is 9. */
  floorDivide(a: number, b: number): number {
    if (b === 0) return a / b;
    let rest = a % b;
    let quotient = (a - rest) / b;
    if (rest !== 0 && rest < 0 !== b < 0) {
      rest += b;
      quotient -= 1;
    }
    if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
    const floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  },
  intFloorDivide(a: number, b: number): number {
    return b === 0 ? 0 : Math.floor(a / b);
  },
  bigFloorDivide(a: bigint, b: bigint): bigint {
    if (b === 0n) return 0n;
    const quotient = a / b;
    return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
  },
  /** Powers of integers wrap like their products. */
  intPower(a: number, b: number): number {
    if (b < 0) throw negativePower(a, b);
    let [result, base, exponent] = [1, a, b];
    for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
      if (exponent % 2 === 1) result = Math.imul(result, base);
      base = Math.imul(base, base);
    }
    return result;
  },
  bigPower(a: bigint, b: bigint): bigint {
    if (b < 0n) throw negativePower(a, b);
    let [result, base, exponent] = [1n, a, b];
    for (; exponent > 0n; exponent >>= 1n) {
      if (exponent & 1n) result = BigInt.asIntN(64, result * base);
      base = BigInt.asIntN(64, base * base);
    }
    return result;
  },
  power(a: number, b: number): number {
    return a === 1 || (a === -1 && (b === Infinity || b === -Infinity)) ? 1 : a ** b;
  },
};

function negativePower(a: number | bigint, b: number | bigint): CortadoError {
  return new CortadoError(
    "ShapeError",
    `power: ${a} to the power of ${b} is no integer: convert the column first, as in valuesAstype(column, "float64")`,
    { code: "TypeMismatch" },
  );
}
