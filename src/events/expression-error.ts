import { CortadoError, nearest } from "../errors.ts";

/** Finds where in a text the names of a syntax tree stand, as long as they are asked for in the order of the text. */
export class NamePlaces {
  private readonly text: string;
  private from = 0;
  /** Position of the name found last. */
  last = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Position of the next occurrence of a name as a whole word. */
  next(name: string): number {
    const word = new RegExp(
      `(?<![\\w.$])\\.?${name.replace(/[$]/g, "\\$")}(?![\\w$])|(?<=\\.)${name.replace(/[$]/g, "\\$")}(?![\\w$])`,
      "g",
    );
    word.lastIndex = this.from;
    const found = word.exec(this.text);
    if (found === null) return this.from;
    this.from = found.index + found[0].length;
    this.last = found.index;
    return found.index;
  }
}

/** An error in an expression that points at the character. */
export function expressionError(
  text: string,
  position: number,
  what: string,
  names: readonly string[] = [],
  name = "",
): CortadoError<"UsageError"> {
  const close = nearest(name, names);
  const hint = close.length > 0 ? ` Nearest: ${close.join(", ")}.` : "";
  const pointer = `${text}\n${" ".repeat(position)}^`;
  return new CortadoError("UsageError", `${what}${hint}\n${pointer}`, { code: "BadArgument", nearest: close });
}
