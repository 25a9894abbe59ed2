import { type AdditionTable, columnAddition } from "../accumulator/index.ts";
import { histAddition } from "../hist/index.ts";
import { cutflowAddition, lumiListAddition, nminusoneAddition, weightStatisticsAddition } from "../selection/index.ts";
import { partsAddition } from "./parquet-parts.ts";

/** How every tagged value of a result adds: the one full table. */
export const additions: AdditionTable = {
  column: columnAddition,
  cutflow: cutflowAddition,
  hist: histAddition,
  lumiList: lumiListAddition,
  nminusone: nminusoneAddition,
  parquet: partsAddition,
  weightStatistics: weightStatisticsAddition,
};
