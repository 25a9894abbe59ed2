import { gunzipSync } from "fflate";
import { CortadoError, whatExists } from "../errors.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A value of a JSON document and where it stands, so that whatever is wrong with it can be named. */
export class JsonPlace {
  readonly value: Json | undefined;
  readonly path: string;

  constructor(value: Json | undefined, path: string) {
    this.value = value;
    this.path = path;
  }

  /** Throws CorrectionError `BadCorrection` naming this place. */
  fail(problem: string): never {
    throw new CortadoError("CorrectionError", `${this.path}: ${problem}`, { code: "BadCorrection" });
  }

  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isObject(): boolean {
    return typeof this.value === "object" && this.value !== null && !Array.isArray(this.value);
  }

  /** The value at `key` of an object, which may be absent. */
  at(key: string): JsonPlace {
    if (!this.isObject) return this.fail(`an object is expected, not ${shown(this.value)}`);
    const object = this.value as { readonly [key: string]: Json };
    return new JsonPlace(Object.hasOwn(object, key) ? object[key] : undefined, `${this.path}.${key}`);
  }

  items(): readonly JsonPlace[] {
    if (!Array.isArray(this.value)) return this.fail(`a list is expected, not ${shown(this.value)}`);
    return (this.value as readonly Json[]).map((item, i) => new JsonPlace(item, `${this.path}[${i}]`));
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.fail(`a string is expected, not ${shown(this.value)}`);
  }

  number(): number {
    return typeof this.value === "number" ? this.value : this.fail(`a number is expected, not ${shown(this.value)}`);
  }

  /** One of a few words. */
  oneOf<W extends string>(words: readonly W[]): W {
    const word = this.text();
    if ((words as readonly string[]).includes(word)) return word as W;
    return this.fail(`there is no "${word}" here. ${whatExists(word, words)}`);
  }
}

/** A parsed document as a place to read from; `name` begins the path in messages. */
export function document(json: unknown, name: string): JsonPlace {
  return new JsonPlace(json as Json, name);
}

/**
 * What a caller gave as a document: parsed JSON as it is, text, or the bytes of a file, which may be gzipped (`.json.gz`).
 * Throws FormatError `NotJson` for text or bytes that are none.
 */
export function parsedJson(given: unknown, name: string): unknown {
  try {
    if (typeof given === "string") return JSON.parse(given);
    if (!(given instanceof Uint8Array)) return given;
    const bytes = given[0] === 0x1f && given[1] === 0x8b ? gunzipSync(given) : given;
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new CortadoError(
      "FormatError",
      `${name} is not JSON: ${(cause as Error).message}`,
      { code: "NotJson" },
      { cause },
    );
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
