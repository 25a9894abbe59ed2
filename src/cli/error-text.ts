import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { CortadoError, type ErrorData, errorToData } from "../errors.ts";
import { count } from "./quantity.ts";
import { facts, someOf } from "./table.ts";

/**
 * An error for a person: the message, then dataset, file, events, the user's line with its source text, columns and
 * causes, each where it is known and not already said. With `verbose` the stacks follow.
 */
export function errorText(error: unknown, verbose = false): string {
  const data = errorToData(error);
  const lines = [`${heading(data)}${data.message}`];
  const about = particulars(data);
  if (about.length > 0) lines.push(facts(about, "  "));
  if (verbose) {
    for (const e of chain(data)) lines.push("", e.stack ?? errorLine(e));
  } else if (data.kind === undefined || data.kind === "InternalError") {
    lines.push(...topFrame(data));
  }
  return lines.join("\n");
}

/** The same in one line, for lists of failures. */
export function errorLine(data: ErrorData): string {
  return `${heading(data)}${data.message.split("\n", 1)[0]}`;
}

function heading(data: ErrorData): string {
  if (data.kind === undefined) return `${data.name}: `;
  return data.kind === "UsageError" ? "" : `${data.kind}: `;
}

interface AnyFields {
  readonly dataset?: string;
  readonly file?: string;
  readonly otherFile?: string;
  readonly start?: number;
  readonly stop?: number;
  readonly column?: string;
  readonly columns?: readonly string[];
  readonly userLine?: string;
  readonly rowGroup?: number;
  readonly page?: number;
  readonly exitCode?: number;
}

function particulars(data: ErrorData): [string, string][] {
  const said = chain(data);
  const known = Object.assign({}, ...said.map((e) => e.fields ?? {}).reverse()) as AnyFields;
  const pairs: [string, string][] = [];
  if (known.dataset !== undefined) pairs.push(["dataset", known.dataset]);
  if (known.file !== undefined) pairs.push(["file", known.file]);
  if (known.otherFile !== undefined) pairs.push(["and file", known.otherFile]);
  if (known.start !== undefined && known.stop !== undefined)
    pairs.push(["events", `${count(known.start)} to ${count(known.stop)}`]);
  if (known.column !== undefined) pairs.push(["column", known.column]);
  if (known.columns !== undefined && known.columns.length > 0) pairs.push(["columns", someOf(known.columns, 12)]);
  if (known.rowGroup !== undefined)
    pairs.push(["row group", `${known.rowGroup}${known.page === undefined ? "" : `, page ${known.page}`}`]);
  if (known.exitCode !== undefined) pairs.push(["exit code", String(known.exitCode)]);
  if (known.userLine !== undefined) pairs.push(["line", sourceLine(known.userLine)]);
  let before = data.message;
  for (const cause of said.slice(1)) {
    if (!before.includes(cause.message)) pairs.push(["because", `${heading(cause)}${cause.message}`]);
    before = cause.message;
  }
  return pairs;
}

function chain(data: ErrorData): ErrorData[] {
  const all: ErrorData[] = [];
  for (let e: ErrorData | undefined = data; e !== undefined; e = e.cause) all.push(e);
  return all;
}

/** `file:line:column`, with the text of that line under it and a mark, if the file can be read. */
function sourceLine(place: string): string {
  const found = /^(.*):(\d+):(\d+)$/.exec(place);
  if (found === null) return place;
  try {
    const path = found[1]!.startsWith("file:") ? fileURLToPath(found[1]!) : found[1]!;
    const [line, column] = [Number(found[2]), Number(found[3])];
    const text = readFileSync(path, "utf8").split("\n")[line - 1];
    const near = relative(process.cwd(), path);
    const shown = `${near.startsWith("..") ? path : near}:${line}:${column}`;
    if (text === undefined || text.trim() === "" || text.length > 200) return shown;
    const indent = /^\s*/.exec(text)![0].length;
    return `${shown}\n  ${text.slice(indent)}\n  ${" ".repeat(Math.max(0, column - 1 - indent))}^`;
  } catch {
    return place;
  }
}

function topFrame(data: ErrorData): string[] {
  const frame = data.stack?.split("\n").find((l) => /^\s+at /.test(l));
  return frame === undefined ? [] : [frame.replace(/^\s+/, "  "), "  (--verbose shows the whole stack)"];
}

/** True if `value` is a failed run's error: it carries what was finished. */
export function carriesRunResult<R>(value: unknown): value is CortadoError & { readonly runResult: R } {
  return value instanceof CortadoError && "runResult" in value && value.runResult !== undefined;
}
