/**
 * The little TeX that axis labels use: `p_T`, `^{2}`, `_{jj}`, `GeV^-1`, Greek names (`\mu` or ROOT's `#mu`),
 * `\bar{t}`, `\sqrt{s}`, and `$...$` around it as matplotlib wants it. What is not understood stays as it was written.
 */

/** A piece of a text set in one way. */
export interface TextRun {
  readonly text: string;
  /** 0 on the line, 1 raised, -1 lowered. */
  readonly level: -1 | 0 | 1;
  /** A line above: antiparticles, and what is under a root. */
  readonly overline: boolean;
}

/** How much smaller sub- and superscripts are. */
export const scriptScale = 0.7;

const symbols: Readonly<Record<string, string>> = {
  ...greek(),
  pm: "±",
  mp: "∓",
  times: "×",
  cdot: "·",
  to: "→",
  rightarrow: "→",
  leftarrow: "←",
  ell: "ℓ",
  infty: "∞",
  geq: "≥",
  ge: "≥",
  leq: "≤",
  le: "≤",
  neq: "≠",
  approx: "≈",
  sim: "~",
  circ: "°",
  deg: "°",
  prime: "′",
  hbar: "ħ",
  int: "∫",
  sum: "∑",
  quad: " ",
};

function greek(): Record<string, string> {
  const names =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho _ sigma tau upsilon phi chi psi omega";
  const table: Record<string, string> = {};
  names.split(" ").forEach((name, i) => {
    if (name === "_") return;
    table[name] = String.fromCodePoint(0x3b1 + i);
    table[name[0]!.toUpperCase() + name.slice(1)] = String.fromCodePoint(0x391 + i);
  });
  return table;
}

/** Commands that only say how their argument looks; the argument stays. */
const wrappers = new Set(["mathrm", "text", "rm", "it", "mathit", "bf", "mathbf"]);

/** `source` cut into runs; two neighbours always differ in level or overline. Never throws. */
export function parseText(source: string): TextRun[] {
  const runs: { text: string; level: -1 | 0 | 1; overline: boolean }[] = [];
  const emit = (text: string, level: -1 | 0 | 1, overline: boolean): void => {
    const last = runs.at(-1);
    if (text === "") return;
    if (last !== undefined && last.level === level && last.overline === overline) last.text += text;
    else runs.push({ text, level, overline });
  };
  const read = (text: string, level: -1 | 0 | 1, overline: boolean, math: boolean): void => {
    let at = 0;
    while (at < text.length) {
      const rest = text.slice(at);
      const dollars = /^\$([^$]+)\$/.exec(rest);
      if (dollars !== null && !math) {
        read(dollars[1]!, level, overline, true);
        at += dollars[0].length;
        continue;
      }
      const script = readScript(text, at, math);
      if (script !== undefined) {
        read(script.inner, level !== 0 ? level : text[at] === "^" ? 1 : -1, overline, math);
        at = script.end;
        continue;
      }
      const command = /^[\\#]([A-Za-z]+) ?/.exec(rest);
      if (command !== null) {
        const name = command[1]!;
        const end = at + 1 + name.length;
        const argument = text[end] === "{" ? braced(text, end) : undefined;
        if (argument !== undefined && (name === "bar" || name === "overline" || name === "sqrt")) {
          if (name === "sqrt") emit("√", level, overline);
          read(argument.inner, level, true, math);
          at = argument.end;
          continue;
        }
        if (argument !== undefined && wrappers.has(name)) {
          read(argument.inner, level, overline, math);
          at = argument.end;
          continue;
        }
        if (symbols[name] !== undefined) {
          emit(symbols[name], level, overline);
          at += math ? command[0].length : 1 + name.length;
          continue;
        }
      }
      const escaped = /^\\([%#$&_{},; ])/.exec(rest);
      if (escaped !== null) {
        emit(",; ".includes(escaped[1]!) ? "\u00a0" : escaped[1]!, level, overline);
        at += 2;
        continue;
      }
      if (math && (rest[0] === "{" || rest[0] === "}")) {
        at += 1;
        continue;
      }
      const character = String.fromCodePoint(text.codePointAt(at)!);
      emit(math && character === "-" && level === 0 ? "−" : character, level, overline);
      at += character.length;
    }
  };
  read(source, 0, false, false);
  return runs;
}

/** The argument of `^` or `_` at `at`, if there is one: braces, a number after `^`, or one letter as in `p_T` and `#mu_R`. */
function readScript(text: string, at: number, math: boolean): { inner: string; end: number } | undefined {
  const sign = text[at];
  if (sign !== "^" && sign !== "_") return undefined;
  if (text[at + 1] === "{") return braced(text, at + 1);
  const rest = text.slice(at + 1);
  if (sign === "^") {
    const power = /^[-−+]?\d+/.exec(rest);
    if (power !== null) return { inner: power[0], end: at + 1 + power[0].length };
  }
  const single = math ? /^(\\[A-Za-z]+|[^\s{}^_\\])/.exec(rest) : /^[A-Za-z0-9](?![A-Za-z0-9_])/.exec(rest);
  const before = text.slice(0, at);
  const named = /[\\#]([A-Za-z]+)$/.exec(before)?.[1];
  const alone = math || /(^|[^A-Za-z0-9_])\p{L}$/u.test(before) || (named !== undefined && named in symbols);
  return single !== null && alone ? { inner: single[0], end: at + 1 + single[0].length } : undefined;
}

/** What is inside the braces that open at `at`; `undefined` if they never close. */
function braced(text: string, at: number): { inner: string; end: number } | undefined {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === "{") depth++;
    if (text[i] === "}" && --depth === 0) return { inner: text.slice(at + 1, i), end: i + 1 };
  }
  return undefined;
}

const raised: Readonly<Record<string, string>> = {
  ...zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
};
const lowered: Readonly<Record<string, string>> = zip("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ");

function zip(from: string, to: string): Record<string, string> {
  const target = [...to];
  return Object.fromEntries([...from].map((c, i) => [c, target[i]!]));
}

/** The same text without markup, as near as Unicode comes: `10⁻³`, `pT` (there is no lowered T). */
export function plainText(source: string): string {
  return parseText(source)
    .map((run) => {
      const table = run.level === 1 ? raised : run.level === -1 ? lowered : undefined;
      const characters = [...run.text];
      const set = table !== undefined && characters.every((c) => table[c] !== undefined);
      const text = set ? characters.map((c) => table[c]!).join("") : run.text;
      return run.overline && characters.length === 1 ? `${text}\u0304` : text;
    })
    .join("");
}
