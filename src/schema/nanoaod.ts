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

const noJetId =
  "NanoAOD has none from version 15 on: it is a condition on neHEF, neEmEF, chHEF, chEmEF, muEF, chMultiplicity and neMultiplicity";
const missingEt = [
  "CaloMET",
  "ChsMET",
  "DeepMETResolutionTune",
  "DeepMETResponseTune",
  "GenMET",
  "MET",
  "METFixEE2017",
  "PFMET",
  "PuppiMET",
  "RawMET",
  "RawPFMET",
  "RawPuppiMET",
  "TkMET",
  "TrkMET",
];

/**
 * What is read without another schema: the rules of `nanoaod`, of which a file may have as much as it has. Any file may be
 * read with it; one without these collections has only the naming rules.
 */
export const anyNanoaod: Schema = {
  name: "NanoAOD, or names like its own",
  integers: ["run", "luminosityBlock"],
  absent: { MET: "NanoAOD has PFMET and PuppiMET in its place from version 15 on" },
  records: Object.fromEntries(missingEt.map((name) => [name, { polar: { pt: "pt", phi: "phi" } }])),
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
      absent: { jetId: noJetId },
    },
    FatJet: {
      constants: { charge: 0 },
      references: {
        matched_gen: to("GenJetAK8", "genJetAK8Idx"),
        subjets: to("SubJet", "subJetIdx1", "subJetIdx2"),
      },
      tests: jetTests,
      absent: { jetId: noJetId },
    },
    GenPart: {
      family: { parent: "genPartIdxMother", kind: "pdgId" },
      flags: { method: "hasFlags", of: "statusFlags", bits: genPartFlags },
    },
    GenVisTau: { references: { parent: to("GenPart", "genPartIdxMother") } },
    TrigObj: massless,
    IsoTrack: massless,
    SoftActivityJet: massless,
    CorrT1METJet: { ...massless, aliases: { pt: "rawPt", mass: "rawMass" } },
  },
};

/**
 * CMS NanoAOD, versions 5 to 15: what a version does not have is passed over, and of two spellings the one in the file is
 * used. A file must have `run`, `luminosityBlock` and `event`; `{ ...nanoaod, required: [] }`, or in JSON
 * `{"name": "…", "extends": "NanoAOD", "required": []}`, does without.
 */
export const nanoaod: Schema = { ...anyNanoaod, name: "NanoAOD", required: ["run", "luminosityBlock", "event"] };
