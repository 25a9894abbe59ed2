import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const beside = resolve(import.meta.dirname, "../../../shared");

/** Folder of the Parquet oracles, and whether it is there. */
export const oracles: string = join(process.env["CORTADO_ORACLES"] ?? join(beside, "oracles"), "parquet");
export const hasOracles: boolean = existsSync(join(oracles, "index.json"));

/** Folder of the real data, and whether it is there. */
export const data: string = process.env["CORTADO_DATA"] ?? join(beside, "data");
export const hasData: boolean = existsSync(data);
