export { alignedRanges, chunkRanges, type EventRange, roundHalfEven } from "./chunks.ts";
export {
  type Dataset,
  type DatasetEntry,
  type DatasetFile,
  type FileEntry,
  type Fileset,
  type FilesetForm,
  filesetOfInputs,
  type Metadata,
  normaliseFileset,
  reservedMetadata,
} from "./fileset.ts";
export { type FilesetInput, toFileset } from "./fileset-input.ts";
export { expandInput, neighbours, stemOf } from "./inputs.ts";
export { readFileset } from "./read-fileset.ts";
