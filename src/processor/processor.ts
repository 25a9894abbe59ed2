/** JSON: what options are made of, since they travel to worker threads and into reports. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Named options of a processor. */
export type Options = Readonly<Record<string, Json>>;

/**
 * An analysis: what to do with the events of one chunk. Its module is loaded by URL and the class, its default export,
 * is made anew for every chunk with the options of the run.
 *
 * `process` must be pure: the same chunk gives the same answer, whatever ran before; nothing may depend on where chunks
 * begin and end; a chunk may have no events. It runs more than once on a chunk when it asks for a column that was not
 * read yet.
 */
export abstract class Processor<Events, Out = unknown, O extends Options = Options> {
  /** The options of the run, a copy of its own for each instance. */
  readonly options: O;

  constructor(options?: O) {
    this.options = options ?? ({} as O);
  }

  /**
   * What the events of one chunk contribute. The results of all chunks are added: numbers, `Hist`, records and maps by
   * key, sets, lists in the order of the events.
   */
  abstract process(events: Events): Out | Promise<Out>;

  /** Called once, on the sum over all chunks, in a run that completed; what it returns, if anything, is the result. */
  postprocess?(result: Out): unknown;
}

/** The short form of a processor: `process` as a function. */
export type ProcessFunction<Events = never, O extends Options = Options> = (events: Events, options: O) => unknown;

/** The long form, as the module exports it: a class that is constructed as `new P(options)`. */
// biome-ignore lint/suspicious/noExplicitAny: a processor of any events and options
export type ProcessorClass = new (options: any) => Processor<any, any, any>;
