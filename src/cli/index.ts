export type { Arguments, CommandForm, Option, Options } from "./arguments.ts";
export { columnNames } from "./column-names.ts";
export { asProcess, runCommand } from "./command.ts";
export { exitCodes } from "./exit-code.ts";
export { generateWithProgress } from "./generate.ts";
export { type FoundHist, histogramsIn } from "./histograms-in.ts";
export { type Interruption, onInterrupt } from "./interrupt.ts";
export {
  type Clock,
  type ProgressDisplay,
  type ProgressOptions,
  type ProgressStream,
  showProgress,
} from "./progress.ts";
export { bytes, count, duration, plural, rate, si } from "./quantity.ts";
export { type FigureOptions, type SavedFigures, saveFigures } from "./save-figures.ts";
export { type SavedRun, type SaveOptions, saveRun } from "./save-run.ts";
export { runSummary } from "./summary.ts";
export { facts, someOf, type TableColumn, table } from "./table.ts";
export { writeWhole } from "./whole-file.ts";
