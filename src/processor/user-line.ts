import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of cortado's own sources: frames in it are not the user's. */
const own = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * `file:line:column` of the innermost stack frame that is neither cortado's nor Node's: where in the user's code an
 * error arose. `undefined` for what is not an error or never passed through user code.
 */
export function userLine(error: unknown): string | undefined {
  if (!(error instanceof Error) || typeof error.stack !== "string") return undefined;
  for (const line of error.stack.split("\n")) {
    const found = /^\s+at (?:.* \()?((?:file:\/\/)?[^()]*?):(\d+):(\d+)\)?$/.exec(line);
    if (found === null) continue;
    const [, where, row, column] = found;
    const file = pathOf(where!.replace(/^async /, ""));
    if (file !== undefined && !file.startsWith(`${own}/`) && !file.includes("/node_modules/"))
      return `${file}:${row}:${column}`;
  }
  return undefined;
}

/**
 * `file:line:column` of a syntax error, where Node writes it above the stack with the source and a mark under it (it does
 * so for TypeScript and CommonJS, not for plain modules).
 */
export function syntaxLine(error: unknown): string | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const [place, ...rest] = (error.stack ?? "").split("\n");
  const found = /^(.*):(\d+)$/.exec(place ?? "");
  const file = found === null ? undefined : pathOf(found[1]!);
  const mark = rest.find((line) => /^\s*\^+\s*$/.test(line)) ?? "^";
  return file === undefined ? undefined : `${file}:${found![2]}:${mark.indexOf("^") + 1}`;
}

/** The path of a frame's file without query; `undefined` for Node's own and generated code. */
function pathOf(where: string): string | undefined {
  if (where.startsWith("file://")) return fileURLToPath(where.replace(/[?#].*$/, ""));
  return where.startsWith("/") || /^[A-Za-z]:[\\/]/.test(where) ? where : undefined;
}
