export {
  cartesianColumn,
  type Direction,
  deltaPhi,
  deltaR,
  energyOf,
  FourVector,
  fromPtEtaPhiM,
  type Transverse,
  transverseMass,
  wrapPhi,
} from "./four-vector.ts";
