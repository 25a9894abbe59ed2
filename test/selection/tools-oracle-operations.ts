import { accumulate } from "./tools-oracle-accumulate.ts";
import { cuts } from "./tools-oracle-cuts.ts";
import { lumi } from "./tools-oracle-lumi.ts";
import { weights } from "./tools-oracle-weights.ts";

export type Fields = { readonly [key: string]: unknown };
export type ToolsCase = { readonly id: string; readonly op: string } & Fields;

export interface ToolsInputs {
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly selection: Fields;
}

/** Runs a case and compares. */
export type Operation = (c: ToolsCase, inputs: ToolsInputs) => void;

/** How each operation of tools.json is said in cortado. */
export const toolsOperations: Readonly<Record<string, Operation>> = { weights, ...cuts, ...lumi, accumulate };
