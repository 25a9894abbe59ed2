export { type ArrowIpcForm, fromArrowIpc, toArrowIpc } from "./arrow-ipc.ts";
export { fromArrowTable, toArrowTable } from "./arrow-table.ts";
export { fromArrow } from "./from-arrow.ts";
export { toArrow } from "./to-arrow.ts";
