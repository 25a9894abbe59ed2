export * from "./columns.ts";
export {
  cartesianColumn,
  type Direction,
  deltaPhi,
  deltaR,
  energyOf,
  FourVector,
  fromPtEtaPhiM,
  type ThreeVector,
  type Transverse,
  transverseMass,
  type WrapOption,
  wrapPhi,
} from "./four-vector.ts";
