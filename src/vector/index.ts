export { cartesianColumn } from "./cartesian.ts";
export * from "./columns.ts";
export {
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
