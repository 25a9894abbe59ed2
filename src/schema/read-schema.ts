import { readFileSync } from "node:fs";
import { CortadoError, nearest, whatExists } from "../errors.ts";
import type { Schema } from "./schema.ts";

type Check = (value: unknown, at: string) => void;

const text: Check = (value, at) => {
  if (typeof value !== "string") throw bad(`${at} is a text`);
};
const number: Check = (value, at) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw bad(`${at} is a number`);
};
const yesOrNo: Check = (value, at) => {
  if (typeof value !== "boolean") throw bad(`${at} is true or false`);
};
const pattern: Check = (value, at) => {
  text(value, at);
  try {
    new RegExp(value as string);
  } catch (error) {
    throw bad(`${at} is a regular expression: ${(error as Error).message}`);
  }
};

function list(element: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) throw bad(`${at} is a list`);
    for (const [k, one] of value.entries()) element(one, `${at}[${k}]`);
  };
}

function map(element: Check): Check {
  return (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw bad(`${at} is an object`);
    for (const [key, one] of Object.entries(value)) element(one, `${at}.${key}`);
  };
}

/** An object with these keys and no others; those that end in `?` may be absent. */
function object(keys: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(keys).map((key) => key.replace("?", ""));
  return (value, at) => {
    map(() => undefined)(value, at);
    const given = value as Record<string, unknown>;
    for (const key of Object.keys(given))
      if (!names.includes(key)) throw bad(`${at} has no "${key}". ${whatExists(key, names)}`, nearest(key, names));
    for (const [key, check] of Object.entries(keys)) {
      const name = key.replace("?", "");
      if (given[name] !== undefined) check(given[name], at === "" ? name : `${at}.${name}`);
      else if (name === key) throw bad(`${at} needs "${name}"`);
    }
  };
}

const rule: Check = (value, at) => {
  const keys: Record<string, Check> =
    "bits" in Object(value) ? { of: text, bits: number } : { of: text, atLeast: number };
  object(keys)(value, at);
};

const schema = object({
  name: text,
  "extends?": (value, at) => {
    if (value !== "NanoAOD") throw bad(`${at} is "NanoAOD", the only schema with a name`);
  },
  "rename?": list(object({ from: pattern, to: text })),
  "counter?": (value, at) => {
    if (typeof value !== "string" || value.split("*").length !== 2) throw bad(`${at} is a name with one *, as in "n*"`);
  },
  "integers?": list(text),
  "required?": list(text),
  "absent?": map(text),
  "records?": map(object({ "polar?": object({ pt: text, phi: text }), "lists?": yesOrNo })),
  "collections?": map(
    object({
      "members?": map(text),
      "aliases?": map(text),
      "constants?": map(number),
      "references?": map(object({ to: text, by: list(text) })),
      "family?": object({ parent: text, kind: text }),
      "tests?": map(list(rule)),
      "absent?": map(text),
      "flags?": object({ method: text, of: text, bits: list(text) }),
      "mass?": object({ pt: text, eta: text, energy: text }),
    }),
  ),
});

/** A schema from data, checked. Throws `UsageError` (`BadArgument`) saying where it is wrong, with the nearest names. */
export function checkSchema(data: unknown): Schema {
  schema(data, "the schema");
  return data as Schema;
}

/** A schema from a JSON file. Throws `NotFoundError`, `FormatError` (`NotJson`), or as `checkSchema`. */
export function readSchema(file: string): Schema {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new CortadoError(
      "NotFoundError",
      `there is no schema ${file}`,
      { code: "NoSuchFile", file },
      { cause: error },
    );
  }
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch (error) {
    const message = `${file} is not JSON: ${(error as Error).message}`;
    throw new CortadoError("FormatError", message, { code: "NotJson", file }, { cause: error });
  }
  return checkSchema(data);
}

function bad(message: string, near: readonly string[] = []): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", `schema: ${message}`, { code: "BadArgument", nearest: near });
}
