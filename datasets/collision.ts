import { breitWigner, decay, decayTo, fromPtYPhiM, type Momentum } from "./decay.ts";
import type { Random } from "./random.ts";

/** Something reconstructed, GeV and radian. */
export interface Reconstructed {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
  /** Leptons: +1 or -1. Jets: 0. */
  readonly charge: number;
  /** Jets: between 0 and 1, or -1 or -10 where the tagger has no answer. Leptons: 0. */
  readonly btag: number;
}

/** What a detector would tell of one collision. Lists are in no order. */
export interface Collision {
  readonly vertices: number;
  readonly muons: Reconstructed[];
  readonly electrons: Reconstructed[];
  readonly jets: Reconstructed[];
  metX: number;
  metY: number;
  /** Whether a muon from a W or Z is there, which an isolation requirement lets pass. */
  isolated: boolean;
}

const muonMass = 0.10565837;
const electronMass = 0.000510999;

/**
 * One proton-proton collision as a single-muon trigger of 2012 collects them: a hard process, pile-up on top, a detector
 * that smears and misses. Shapes and rates are our own, chosen to look like data; the rates of top pairs and of three
 * leptons are ten times nature's, so that small samples have some.
 */
export function collide(random: Random): Collision {
  for (;;) {
    const collision: Collision = {
      vertices: 1 + random.poisson(14),
      muons: [],
      electrons: [],
      jets: [],
      metX: 0,
      metY: 0,
      isolated: false,
    };
    let draw = random.uniform();
    for (const { rate, happen } of processes) {
      if ((draw -= rate) >= 0) continue;
      happen(random, collision);
      break;
    }
    addPileUp(random, collision);
    // The trigger: an event without a muon hardly gets in.
    if (collision.muons.length > 0 || random.uniform() < 0.02) return collision;
  }
}

const processes: readonly { rate: number; happen: (random: Random, collision: Collision) => void }[] = [
  { rate: 0.46, happen: heavyFlavour },
  { rate: 0.385, happen: wBoson },
  { rate: 0.1, happen: zBoson },
  { rate: 0.035, happen: topPair },
  { rate: 0.02, happen: wz },
];

/** Two jets of b quarks, one with a muon inside. */
function heavyFlavour(random: Random, collision: Collision): void {
  const pt = fallingPt(random, 18, 3.2, 400);
  const phi = 2 * Math.PI * random.uniform();
  const near = fromPtYPhiM(pt, 1.3 * random.normal(), phi, 5);
  const far = fromPtYPhiM(
    pt * (0.7 + 0.3 * random.uniform()),
    1.5 * random.normal(),
    phi + Math.PI + 0.3 * random.normal(),
    5,
  );
  const share = 0.35 + 0.6 * random.uniform();
  const spread = 0.08;
  const muon = fromPtYPhiM(
    share * pt,
    rapidity(near) + spread * random.normal(),
    phi + spread * random.normal(),
    muonMass,
  );
  addMuon(random, collision, muon, sign(random));
  addJet(random, collision, near, true);
  addJet(random, collision, far, true);
  addNeutrino(collision, scaled(near, 0.3 * (1 - share)));
}

function wBoson(random: Random, collision: Collision): void {
  const boson = producedBoson(random, breitWigner(random, 80.4, 2.1, 40, 160), collision);
  decayW(random, collision, boson, "muon", sign(random));
}

function zBoson(random: Random, collision: Collision): void {
  const boson = producedBoson(random, breitWigner(random, 91.19, 2.5, 30, 250), collision);
  decayZ(random, collision, boson, "muon");
}

/** A W and a Z: three leptons, the Z's of either flavour. */
function wz(random: Random, collision: Collision): void {
  const z = producedBoson(random, breitWigner(random, 91.19, 2.5, 60, 120), collision);
  const w = fromPtYPhiM(20 * random.gamma(1.5), 1.2 * random.normal(), 2 * Math.PI * random.uniform(), 80.4);
  const flavour = random.uniform() < 0.5 ? "muon" : "electron";
  decayZ(random, collision, z, flavour);
  decayW(random, collision, w, flavour === "electron" || random.uniform() < 0.5 ? "muon" : "electron", sign(random));
}

/** Two top quarks, one to a muon, the other to anything. */
function topPair(random: Random, collision: Collision): void {
  const pt = 45 * random.gamma(2.2);
  const phi = 2 * Math.PI * random.uniform();
  const charge = sign(random);
  for (const leg of [1, -1]) {
    const top = fromPtYPhiM(
      pt,
      random.normal(),
      leg === 1 ? phi : phi + Math.PI,
      breitWigner(random, 172.5, 1.4, 150, 195),
    );
    const [w, b] = decayTo(random, top, breitWigner(random, 80.4, 2.1, 60, 100), 4.8);
    addJet(random, collision, b, true);
    const way = leg === 1 ? 0 : random.uniform();
    if (way < 0.11) decayW(random, collision, w, "muon", leg * charge);
    else if (way < 0.22) decayW(random, collision, w, "electron", leg * charge);
    else for (const quark of decay(random, w)) addJet(random, collision, quark, false);
  }
}

/** A boson with the jets it recoils against. */
function producedBoson(random: Random, mass: number, collision: Collision): Momentum {
  const pt = 9 * random.gamma(1.4) * (random.uniform() < 0.15 ? 3 : 1);
  const phi = 2 * Math.PI * random.uniform();
  if (pt > 12) {
    const recoil = fromPtYPhiM(pt, 1.6 * random.normal(), phi + Math.PI + 0.2 * random.normal(), 5);
    addJet(random, collision, recoil, random.uniform() < 0.03);
  }
  return fromPtYPhiM(pt, 1.3 * random.normal(), phi, mass);
}

type Flavour = "muon" | "electron";

function decayW(random: Random, collision: Collision, w: Momentum, flavour: Flavour, charge: number): void {
  const [lepton, neutrino] = decay(random, w);
  addPrompt(random, collision, lepton, flavour, charge);
  addNeutrino(collision, neutrino);
}

function decayZ(random: Random, collision: Collision, z: Momentum, flavour: Flavour): void {
  const [plus, minus] = decay(random, z);
  addPrompt(random, collision, plus, flavour, 1);
  addPrompt(random, collision, minus, flavour, -1);
}

/** A lepton of a W or Z. Electrons, and now and then muons, are found as jets as well. */
function addPrompt(random: Random, collision: Collision, lepton: Momentum, flavour: Flavour, charge: number): void {
  if (flavour === "muon") {
    collision.isolated = true;
    addMuon(random, collision, lepton, charge);
    if (random.uniform() < 0.1) addJet(random, collision, lepton, false);
  } else {
    addLepton(random, collision.electrons, lepton, charge, {
      mass: electronMass,
      ptMin: 5,
      etaMax: 2.5,
      resolution: 0.025,
    });
    if (random.uniform() < 0.9) addJet(random, collision, lepton, false);
  }
}

function addMuon(random: Random, collision: Collision, muon: Momentum, charge: number): void {
  addLepton(random, collision.muons, muon, charge, { mass: muonMass, ptMin: 3, etaMax: 2.4, resolution: 0.015 });
}

function addLepton(
  random: Random,
  leptons: Reconstructed[],
  lepton: Momentum,
  charge: number,
  detector: { mass: number; ptMin: number; etaMax: number; resolution: number },
): void {
  const { pt, eta, phi } = directionOf(lepton);
  const measured = pt * (1 + detector.resolution * random.normal());
  if (measured < detector.ptMin || Math.abs(eta) > detector.etaMax || random.uniform() > 0.95) return;
  leptons.push({ pt: measured, eta, phi, mass: detector.mass, charge, btag: 0 });
}

function addJet(random: Random, collision: Collision, parton: Momentum, isB: boolean): void {
  const { pt, eta, phi } = directionOf(parton);
  pushJet(random, collision, pt * (1 + (0.08 + 0.8 / Math.sqrt(pt + 1)) * random.normal()), eta, phi, isB);
}

function pushJet(random: Random, collision: Collision, pt: number, eta: number, phi: number, isB: boolean): void {
  if (pt < 15 || Math.abs(eta) > 4.7) return;
  const mass = pt * (0.07 + 0.03 * random.gamma(1.5));
  collision.jets.push({ pt, eta, phi, mass, charge: 0, btag: tag(random, eta, isB) });
}

/** Tagger: no tracks forward (-10), no vertex now and then (-1), b quarks near 1, others below. */
function tag(random: Random, eta: number, isB: boolean): number {
  if (Math.abs(eta) > 2.5) return random.uniform() < 0.85 ? -10 : -1;
  if (random.uniform() < 0.1) return -1;
  const u = random.uniform();
  return isB && random.uniform() < 0.8 ? 1 - 0.7 * u * u : 0.92 * u ** 1.6;
}

/** Soft jets and leptons of the other vertices, and what they do to the transverse momentum balance. */
function addPileUp(random: Random, collision: Collision): void {
  const activity = collision.vertices / 15;
  for (let left = random.poisson(4.6 * activity * random.gamma(0.45)); left > 0; left--) {
    const kind = random.uniform();
    const eta =
      kind < 0.5
        ? 9.4 * (random.uniform() - 0.5)
        : kind < 0.68
          ? 1.5 * random.normal()
          : sign(random) * (3.1 + 0.7 * random.normal());
    pushJet(random, collision, fallingPt(random, 15, 3.5, 300), eta, angle(random), random.uniform() < 0.03);
  }
  for (let left = random.poisson(0.8 * random.gamma(0.4)); left > 0; left--)
    addMuon(
      random,
      collision,
      fromPtYPhiM(3 + 4 * random.exponential(), 1.2 * random.normal(), angle(random), muonMass),
      sign(random),
    );
  for (let left = random.poisson(0.34 * random.gamma(0.6)); left > 0; left--) {
    const fake = fromPtYPhiM(5 + 8 * random.exponential(), 1.3 * random.normal(), angle(random), electronMass);
    addPrompt(random, collision, fake, "electron", sign(random));
  }
  const resolution = 13.5 * Math.sqrt(0.4 + 0.6 * activity);
  collision.metX += resolution * random.normal();
  collision.metY += resolution * random.normal();
}

function addNeutrino(collision: Collision, neutrino: Momentum): void {
  collision.metX += neutrino.px;
  collision.metY += neutrino.py;
}

/** A spectrum falling as pt^-power above `low`, softly cut at `high`. */
function fallingPt(random: Random, low: number, power: number, high: number): number {
  for (;;) {
    const pt = low * Math.exp(random.exponential() / (power - 1));
    if (random.uniform() < Math.exp(-pt / high)) return pt;
  }
}

const sign = (random: Random): number => (random.uniform() < 0.5 ? -1 : 1);
const angle = (random: Random): number => 2 * Math.PI * random.uniform() - Math.PI;
const scaled = (p: Momentum, by: number): Momentum => ({ px: p.px * by, py: p.py * by, pz: p.pz * by, e: p.e * by });
const rapidity = (p: Momentum): number => Math.atanh(p.pz / p.e);

function directionOf(p: Momentum): { pt: number; eta: number; phi: number } {
  const pt = Math.hypot(p.px, p.py);
  return { pt, eta: Math.asinh(p.pz / pt), phi: Math.atan2(p.py, p.px) };
}
