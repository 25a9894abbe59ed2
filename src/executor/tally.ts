import type { ChunkOutcome } from "../processor/index.ts";
import type { Metrics } from "./report.ts";

/** The metrics of a run while it runs. */
export class Tally {
  retries = 0;
  bytesread = 0;
  chunkReplays = 0;
  probe: Metrics["probe"] = { entries: 0, replays: 0, bytesread: 0 };
  private bytesDecoded = 0;
  private peakBytes = 0;
  private processtime = 0;
  private readtime = 0;
  private decodetime = 0;
  private readonly bytesByColumn = new Map<string, number>();
  private readonly buffers = new Set<string>();
  private readonly started = performance.now();

  /** Counts a chunk that was processed. */
  add({ read, replays, seconds }: ChunkOutcome): void {
    this.chunkReplays += replays;
    this.processtime += seconds;
    this.bytesread += read.bytes;
    this.bytesDecoded += read.bytesDecoded;
    this.peakBytes = Math.max(this.peakBytes, read.bytesDecoded);
    this.readtime += read.readtime;
    this.decodetime += read.decodetime;
    for (const buffer of read.buffers) this.buffers.add(buffer);
    for (const [name, bytes] of Object.entries(read.bytesByColumn))
      this.bytesByColumn.set(name, (this.bytesByColumn.get(name) ?? 0) + bytes);
  }

  metrics(counted: Pick<Metrics, "entries" | "chunks" | "skipped" | "workers" | "mergetime">): Metrics {
    const byColumn = [...this.bytesByColumn].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      entries: counted.entries,
      chunks: counted.chunks,
      columns: byColumn.map(([name]) => name),
      buffers: [...this.buffers].sort(),
      bytesread: this.bytesread,
      bytesByColumn: Object.fromEntries(byColumn),
      bytesDecoded: this.bytesDecoded,
      peakBytes: this.peakBytes,
      processtime: this.processtime,
      readtime: this.readtime,
      decodetime: this.decodetime,
      mergetime: counted.mergetime,
      walltime: (performance.now() - this.started) / 1000,
      workers: counted.workers,
      retries: this.retries,
      skipped: counted.skipped,
      probe: this.probe,
      chunkReplays: this.chunkReplays,
    };
  }
}
