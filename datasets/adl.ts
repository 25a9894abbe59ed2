/**
 * Events for the ADL benchmark: the columns its eight queries use, as NanoAOD names them. Multiplicities and spectra
 * resemble those of the 2012 single-muon data (3.2 jets, 1.4 muons and 0.2 electrons an event), so that every query
 * selects events. Run it with `cortado generate datasets/adl.ts --events 200000 --seed 1 --out events.parquet`.
 */
import type { Column, DType, ListColumn, PrimitiveColumn, ValuesOf } from "cortado/jagged";
import { type Collision, collide, type Reconstructed } from "./collision.ts";
import { random } from "./random.ts";

/** Events made with one stream of random numbers: how many there are in all changes none of them. */
const batchEvents = 50_000;

const firstRun = 193_834;
const eventsPerRun = 120_000;
const eventsPerLuminosityBlock = 400;

/** Batches of up to 50,000 events; for the same seed the same events, to the last bit. */
export default function* generate(options: { events: number; seed: number }): Iterable<Record<string, Column>> {
  let start = 0;
  do {
    const stop = Math.min(options.events, start + batchEvents);
    yield batch(options.seed, start, stop);
    start = stop;
  } while (start < options.events);
}

function batch(seed: number, start: number, stop: number): Record<string, Column> {
  const source = random(seed, start / batchEvents);
  const length = stop - start;
  const ids = {
    run: new Uint32Array(length),
    luminosityBlock: new Uint32Array(length),
    event: new BigUint64Array(length),
  };
  const met = { pt: new Float32Array(length), phi: new Float32Array(length) };
  const trigger = new Uint8Array(length);
  const vertices = new Int32Array(length);
  const jets = objects(length, ["pt", "eta", "phi", "mass", "btag"]);
  const muons = objects(length, ["pt", "eta", "phi", "mass", "charge"]);
  const electrons = objects(length, ["pt", "eta", "phi", "mass", "charge"]);

  for (let i = 0; i < length; i++) {
    const collision = collide(source);
    const serial = start + i;
    ids.run[i] = firstRun + Math.floor(serial / eventsPerRun);
    ids.luminosityBlock[i] = 1 + Math.floor((serial % eventsPerRun) / eventsPerLuminosityBlock);
    // Increasing, unique, and soon above 2^32.
    ids.event[i] = 4_290_000_000n + BigInt(53 * serial + Math.floor(53 * source.uniform()));
    met.pt[i] = Math.hypot(collision.metX, collision.metY);
    met.phi[i] = Math.atan2(collision.metY, collision.metX);
    trigger[i] = Number(fires(collision, source.uniform()));
    vertices[i] = collision.vertices;
    put(jets, i, collision.jets);
    put(muons, i, collision.muons);
    put(electrons, i, collision.electrons);
  }
  return {
    run: flat("uint32", ids.run),
    luminosityBlock: flat("uint32", ids.luminosityBlock),
    event: flat("uint64", ids.event),
    ...columnsOf("Jet", jets),
    ...columnsOf("Muon", muons),
    ...columnsOf("Electron", electrons),
    MET_pt: flat("float32", rounded(met.pt)),
    MET_phi: flat("float32", rounded(met.phi)),
    HLT_IsoMu24: flat("bool", trigger),
    PV_npvs: flat("int32", vertices),
  };
}

/** The trigger on an isolated muon above 24 GeV. */
function fires(collision: Collision, chance: number): boolean {
  const hard = collision.muons.some((muon) => muon.pt > 24 && Math.abs(muon.eta) < 2.1);
  return hard && chance < (collision.isolated ? 0.93 : 0.12);
}

/** The objects of all events so far: where each event's end, and their members one after the other. */
interface Objects {
  readonly offsets: Int32Array;
  readonly members: { readonly [name in keyof Reconstructed]?: number[] };
}

function objects(events: number, names: readonly (keyof Reconstructed)[]): Objects {
  return { offsets: new Int32Array(events + 1), members: Object.fromEntries(names.map((name) => [name, []])) };
}

/** Adds the objects of an event, the highest pt first. */
function put(to: Objects, event: number, found: Reconstructed[]): void {
  found.sort((a, b) => b.pt - a.pt);
  for (const name of Object.keys(to.members) as (keyof Reconstructed)[])
    for (const one of found) to.members[name]!.push(one[name]);
  to.offsets[event + 1] = to.offsets[event]! + found.length;
}

/** `nJet`, `Jet_pt`, …: the lists share one offsets array. */
function columnsOf(collection: string, from: Objects): Record<string, Column> {
  const length = from.offsets.length - 1;
  const counts = Uint32Array.from({ length }, (_, i) => from.offsets[i + 1]! - from.offsets[i]!);
  const columns: Record<string, Column> = { [`n${collection}`]: flat("uint32", counts) };
  for (const [name, values] of Object.entries(from.members)) {
    const content =
      name === "charge" ? flat("int32", Int32Array.from(values)) : flat("float32", rounded(Float32Array.from(values)));
    columns[`${collection}_${name}`] = { kind: "list", length, offsets: from.offsets, content } satisfies ListColumn;
  }
  return columns;
}

function flat<D extends DType>(dtype: D, values: ValuesOf[D]): PrimitiveColumn<D> {
  return { kind: "primitive", dtype, length: values.length, values };
}

/** Rounds to 10 bits of mantissa in place, as NanoAOD does: a dictionary of the values is then small. */
function rounded(values: Float32Array): Float32Array {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) bits[i] = (bits[i]! + 0x1000) & ~0x1fff;
  return values;
}
