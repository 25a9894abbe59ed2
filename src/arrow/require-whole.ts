import { type Data, Type } from "apache-arrow";
import { CortadoError } from "../errors.ts";

/**
 * Checks that the buffers of Arrow data hold what its length and offsets say, children apart: what comes from a file may be
 * damaged, and a typed array answers an index beyond its end with nothing. Throws FormatError (`CorruptOffsets`).
 * Cost: one pass over offsets and dictionary indices.
 */
export function requireWhole(data: Data, path: string): void {
  const size = (data.values as { length: number } | undefined)?.length ?? 0;
  const what = wrong(data, size);
  if (what === undefined) return;
  const where = path === "" ? "a vector" : `"${path}"`;
  throw new CortadoError("FormatError", `the Arrow data of ${where} are damaged: they have ${what}`, {
    code: "CorruptOffsets",
    ...(path !== "" && { column: path }),
  });
}

/** What is wrong with data over `size` values, undefined if nothing is. */
function wrong(data: Data, size: number): string | undefined {
  const { length, offset, children } = data;
  if (data.typeId === Type.Null) return undefined;
  if (data.nullCount !== 0 && data.nullBitmap.length * 8 < offset + length) return "a validity shorter than its length";
  switch (data.typeId as Type) {
    case Type.Bool:
      return size * 8 >= offset + length ? undefined : "fewer values than its length";
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary:
      return offsetsFit(data, size) ? undefined : "offsets that are not in order, or beyond its bytes";
    case Type.List:
    case Type.LargeList:
      return offsetsFit(data, children[0]!.length)
        ? undefined
        : "offsets that are not in order, or beyond its elements";
    case Type.FixedSizeList:
      return children[0]!.length >= length * data.stride ? undefined : "fewer elements than its length";
    case Type.Struct:
      return children.every((child) => child.length >= length) ? undefined : "members shorter than its length";
    case Type.Dictionary:
      if (size < length) return "fewer indices than its length";
      return indicesFit(data, data.dictionary!.length) ? undefined : "an index beyond its dictionary";
    default:
      return size >= length * data.stride ? undefined : "fewer values than its length";
  }
}

function offsetsFit({ length, valueOffsets }: Data, size: number): boolean {
  const offsets = valueOffsets as Int32Array | BigInt64Array | undefined;
  if (length === 0) return true;
  if (offsets === undefined || offsets.length <= length || offsets[0]! < 0 || offsets[length]! > size) return false;
  for (let i = 0; i < length; i++) if (offsets[i + 1]! < offsets[i]!) return false;
  return true;
}

function indicesFit(data: Data, size: number): boolean {
  for (let i = 0; i < data.length; i++)
    if (data.getValid(i) && !(data.values[i]! >= 0 && data.values[i]! < size)) return false;
  return true;
}
