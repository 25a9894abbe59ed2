import type { Schema, TestRule } from "./schema.ts";

const idBits = (bit: number): readonly TestRule[] => [{ of: "jetId", bits: 1 << bit }];
const cutBased = (point: number): readonly TestRule[] => [{ of: "cutBased", atLeast: point }];
const photonId = (point: number): readonly TestRule[] => [
  { of: "cutBased", atLeast: point },
  { of: "cutBasedBitmap", bits: 1 << (point - 1) },
];
const jetTests = { isLoose: idBits(0), isTight: idBits(1), isTightLeptonVeto: idBits(2) };
const massless = { constants: { mass: 0 } };
const neutral = { constants: { mass: 0, charge: 0 } };
const to = (target: string, ...by: string[]): { to: string; by: string[] } => ({ to: target, by });

/** Bits of `GenPart_statusFlags`, lowest first. */
export const genPartFlags = [
  "isPrompt",
  "isDecayedLeptonHadron",
  "isTauDecayProduct",
  "isPromptTauDecayProduct",
  "isDirectTauDecayProduct",
  "isDirectPromptTauDecayProduct",
  "isDirectHadronDecayProduct",
  "isHardProcess",
  "fromHardProcess",
  "isHardProcessTauDecayProduct",
  "isDirectHardProcessTauDecayProduct",
  "fromHardProcessBeforeFSR",
  "isFirstCopy",
  "isLastCopy",
  "isLastCopyBeforeFSR",
] as const;

/**
 * CMS NanoAOD, versions 5 to 15: what a version does not have is passed over, and of two spellings the one in the file is
 * used. Any file may be read with it; without these collections it has only the naming rules.
 */
export const nanoaod: Schema = {
  name: "NanoAOD",
  integers: ["run", "luminosityBlock"],
  collections: {
    Electron: {
      members: { regrEnergy: "energy" },
      references: {
        matched_gen: to("GenPart", "genPartIdx"),
        matched_jet: to("Jet", "jetIdx"),
        matched_photon: to("Photon", "photonIdx"),
      },
      tests: { isVeto: cutBased(1), isLoose: cutBased(2), isMedium: cutBased(3), isTight: cutBased(4) },
    },
    LowPtElectron: {
      references: {
        matched_electron: to("Electron", "electronIdx"),
        matched_gen: to("GenPart", "genPartIdx"),
        matched_photon: to("Photon", "photonIdx"),
      },
    },
    Muon: {
      references: {
        matched_fsrPhoton: to("FsrPhoton", "fsrPhotonIdx"),
        matched_gen: to("GenPart", "genPartIdx"),
        matched_jet: to("Jet", "jetIdx"),
      },
    },
    Tau: { references: { matched_gen: to("GenPart", "genPartIdx"), matched_jet: to("Jet", "jetIdx") } },
    Photon: {
      ...neutral,
      members: { regrEnergy: "energy" },
      references: {
        matched_electron: to("Electron", "electronIdx"),
        matched_gen: to("GenPart", "genPartIdx"),
        matched_jet: to("Jet", "jetIdx"),
      },
      tests: { isLoose: photonId(1), isMedium: photonId(2), isTight: photonId(3) },
    },
    FsrPhoton: { ...neutral, references: { matched_muon: to("Muon", "muonIdx") } },
    Jet: {
      constants: { charge: 0 },
      references: {
        matched_electrons: to("Electron", "electronIdx1", "electronIdx2"),
        matched_gen: to("GenJet", "genJetIdx"),
        matched_muons: to("Muon", "muonIdx1", "muonIdx2"),
      },
      tests: jetTests,
    },
    FatJet: {
      constants: { charge: 0 },
      references: {
        matched_gen: to("GenJetAK8", "genJetAK8Idx"),
        subjets: to("SubJet", "subJetIdx1", "subJetIdx2"),
      },
      tests: jetTests,
    },
    GenPart: {
      family: { parent: "genPartIdxMother", kind: "pdgId" },
      flags: { method: "hasFlags", of: "statusFlags", bits: genPartFlags },
    },
    GenVisTau: { references: { parent: to("GenPart", "genPartIdxMother") } },
    TrigObj: massless,
    IsoTrack: massless,
    SoftActivityJet: massless,
    CorrT1METJet: massless,
  },
};
