export { fromNpz } from "./from-npz.ts";
export { type NpyArray, readNpy, writeNpy } from "./npy.ts";
export { type NpzHist, type NpzValue, toNpz } from "./to-npz.ts";
export { unzip } from "./unzip.ts";
export { type NpzOptions, unzipNpy, zipNpy } from "./zip-npy.ts";
