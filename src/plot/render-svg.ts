import { finishSvg } from "./finish-svg.ts";
import type { JsonObject } from "./spec.ts";

/** What Vega made of a specification, before our own pass over it. */
export interface VegaDrawing {
  readonly svg: string;
  readonly warnings: readonly string[];
}

/** Draws a specification with vega-lite and vega, which are loaded now and not before. No canvas, no DOM. */
export async function drawWithVega(spec: JsonObject): Promise<VegaDrawing> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const warnings: string[] = [];
  const logger = collector(warnings);
  const compiled = vegaLite.compile(spec as never, { logger: logger as never });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: "none", logger: logger as never });
  try {
    return { svg: await view.toSVG(), warnings };
  } finally {
    view.finalize();
  }
}

/** A figure as a standalone SVG. A warning of Vega goes to the console: it means that a picture may lack something. */
export async function renderSvg(spec: JsonObject, description: string): Promise<string> {
  const { svg, warnings } = await drawWithVega(spec);
  for (const warning of warnings) console.warn(`figure "${description}": ${warning}`);
  return finishSvg(svg, description);
}

interface Logger {
  level(level?: number): number | Logger;
  error(...message: unknown[]): Logger;
  warn(...message: unknown[]): Logger;
  info(): Logger;
  debug(): Logger;
}

function collector(warnings: string[]): Logger {
  const logger: Logger = {
    level: (level) => (level === undefined ? 2 : logger),
    error: (...message) => {
      throw message[0] instanceof Error ? message[0] : new Error(message.map(String).join(" "));
    },
    warn: (...message) => {
      warnings.push(message.map(String).join(" "));
      return logger;
    },
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
