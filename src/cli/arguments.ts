import { parseArgs } from "node:util";
import { CortadoError, whatExists } from "../errors.ts";

/** What an option takes: nothing, any text, or a whole number not below `min`. */
export type Option =
  | { readonly type: "flag"; readonly help: string }
  | { readonly type: "text"; readonly value: string; readonly help: string }
  | { readonly type: "integer"; readonly value: string; readonly min: number; readonly help: string };

export type Options = Readonly<Record<string, Option>>;

/** One command as plain data: what is parsed and what `--help` shows. */
export interface CommandForm<O extends Options = Options> {
  readonly name: string;
  /** How it is called: `cortado NAME` unless told. */
  readonly call?: string;
  /** What follows that in the usage line, options apart. */
  readonly operands: string;
  /** Fewest and most operands. */
  readonly takes: readonly [number, number];
  readonly summary: string;
  /** Commands to try, each with a line that says what it does. */
  readonly examples: readonly (readonly [string, string])[];
  readonly options: O;
  /** Paragraphs under the options. */
  readonly notes?: readonly string[];
}

type ValueOf<O extends Option> = O extends { type: "flag" }
  ? boolean
  : O extends { type: "integer" }
    ? number | undefined
    : string | undefined;

/** What a command line said. */
export interface Arguments<O extends Options = Options> {
  readonly operands: readonly string[];
  readonly options: { readonly [K in keyof O]: ValueOf<O[K]> };
}

/** Options every command has; `main` acts on them. */
export const commonOptions = {
  verbose: { type: "flag", help: "with an error, also the stack" },
  help: { type: "flag", help: "this text" },
} as const;

/**
 * Reads a command line. Throws `UsageError` for an unknown option (naming the nearest), a missing or malformed
 * value, and too few or too many operands. With `--help` among the options nothing is checked.
 */
export function parseArguments<O extends Options>(
  form: CommandForm<O>,
  argv: readonly string[],
): Arguments<O & typeof commonOptions> {
  const known: Options = { ...form.options, ...commonOptions };
  const config = Object.fromEntries(
    Object.entries(known).map(([name, o]) => [
      name,
      { type: o.type === "flag" ? ("boolean" as const) : ("string" as const), ...(name === "help" && { short: "h" }) },
    ]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(known)) values[name] = option.type === "flag" ? false : undefined;
  const asked = tokens.some((t) => t.kind === "option" && t.name === "help");
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = known[token.name];
    if (option !== undefined && Object.hasOwn(known, token.name))
      values[token.name] = asked ? (token.value ?? true) : optionValue(form, token, option);
    else if (!asked) throw unknownOption(form, token.rawName, Object.keys(known));
  }
  const [least, most] = form.takes;
  if (!asked && (positionals.length < least || positionals.length > most))
    throw usage(
      form,
      `${positionals.length < least ? "something is missing" : `do not know what to do with "${positionals[most]}"`}: ${callOf(form)} ${form.operands}`,
    );
  return { operands: positionals, options: values as Arguments<O & typeof commonOptions>["options"] };
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionValue(form: CommandForm<Options>, token: OptionToken, option: Option): boolean | string | number {
  const { rawName, value } = token;
  if (option.type === "flag") {
    if (value !== undefined) throw usage(form, `${rawName} takes no value, but "${value}" was given`);
    return true;
  }
  const swallowed = token.inlineValue === false && value !== undefined && /^-[^\d.]/.test(value);
  if (value === undefined || value === "" || swallowed)
    throw usage(form, `${rawName} needs a value: ${rawName} ${option.value}`);
  if (option.type === "text") return value;
  const number = Number(value);
  if (!/^[+-]?\d+(e\d+)?$/i.test(value) || !Number.isSafeInteger(number) || number < option.min)
    throw usage(form, `${rawName} takes a whole number from ${option.min} up, not "${value}"`);
  return number;
}

function unknownOption(form: CommandForm<Options>, rawName: string, names: readonly string[]): CortadoError {
  const exists = whatExists(
    rawName,
    names.map((n) => `--${n}`),
  );
  return usage(form, `there is no option ${rawName}. ${exists}`);
}

function usage(form: CommandForm<Options>, message: string): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", `${message}\nSee: ${callOf(form)} --help`, { code: "BadArgument" });
}

const callOf = (form: CommandForm<Options>): string => form.call ?? `cortado ${form.name}`;

/** The text of `cortado NAME --help`. */
export function helpText(form: CommandForm<Options>): string {
  const shown: Options = { ...form.options, ...commonOptions };
  const left = Object.entries(shown).map(([name, o]) => `--${name}${o.type === "flag" ? "" : ` ${o.value}`}`);
  const widest = Math.max(...left.map((l) => l.length));
  const options = Object.values(shown).map((o, i) =>
    `  ${left[i]!.padEnd(widest)}  ${o.help}`.replaceAll("\n", `\n${" ".repeat(widest + 4)}`),
  );
  const examples = form.examples.flatMap(([command, says]) => [`  # ${says}`, `  ${command}`, ""]);
  return [
    form.summary,
    "",
    `  ${callOf(form)} ${form.operands} [options]`,
    "",
    "Examples:",
    ...examples,
    "Options:",
    ...options,
    ...(form.notes ?? []).flatMap((n) => ["", n]),
  ].join("\n");
}
