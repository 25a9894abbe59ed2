// The columns of datasets/adl.ts, written by `cortado types`: make it again rather than editing it.
import type { Events as EventsOf, List, LorentzItem } from "cortado";

export interface Electron extends LorentzItem {
  readonly charge: number;
  readonly eta: number;
  readonly mass: number;
  readonly phi: number;
  readonly pt: number;
}

export interface Jet extends LorentzItem {
  readonly btag: number;
  /** 0, not in the file */
  readonly charge: number;
  readonly eta: number;
  readonly mass: number;
  readonly phi: number;
  readonly pt: number;
}

export interface Muon extends LorentzItem {
  readonly charge: number;
  readonly eta: number;
  readonly mass: number;
  readonly phi: number;
  readonly pt: number;
}

export interface HLT {
  readonly IsoMu24: boolean;
  /** False if there is no value for this name here: reading it would throw. */
  has(name: string): boolean;
}

export interface MET {
  readonly phi: number;
  readonly pt: number;
  /** by pt, phi */
  readonly px: number;
  /** by pt, phi */
  readonly py: number;
  /** False if there is no value for this name here: reading it would throw. */
  has(name: string): boolean;
}

export interface PV {
  readonly npvs: number;
  /** False if there is no value for this name here: reading it would throw. */
  has(name: string): boolean;
}

/** One event, inside a lambda. */
export interface Event {
  readonly Electron: List<Electron>;
  readonly Jet: List<Jet>;
  readonly Muon: List<Muon>;
  readonly HLT: HLT;
  readonly MET: MET;
  readonly PV: PV;
  readonly event: bigint;
  readonly luminosityBlock: number;
  readonly nElectron: number;
  readonly nJet: number;
  readonly nMuon: number;
  readonly run: number;
  /** False if there is no value for this name here: reading it would throw. */
  has(name: string): boolean;
}

/** The events of a chunk. */
export type Events = EventsOf<Event>;
