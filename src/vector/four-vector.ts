/**
 * Four-vectors in Cartesian components, double precision, in the units of the input (GeV).
 * Formulas: kinematics review of the Particle Data Group, sections 49.1 and 49.5; conventions of scikit-hep/vector.
 */
export class FourVector {
  // `declare`: a field that starts as undefined would keep V8 from storing it as a double.
  declare readonly x: number;
  declare readonly y: number;
  declare readonly z: number;
  /** Energy. */
  declare readonly t: number;

  constructor(x: number, y: number, z: number, t: number) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.t = t;
  }

  /** The sum of the two. */
  add(other: FourVector): FourVector {
    return new FourVector(this.x + other.x, this.y + other.y, this.z + other.z, this.t + other.t);
  }

  /** The difference of the two. */
  subtract(other: FourVector): FourVector {
    return new FourVector(this.x - other.x, this.y - other.y, this.z - other.z, this.t - other.t);
  }

  /** Transverse momentum. */
  get pt(): number {
    return Math.sqrt(this.x * this.x + this.y * this.y);
  }

  /** Azimuth in (−π, π]. */
  get phi(): number {
    return Math.atan2(this.y, this.x);
  }

  /** Pseudorapidity: asinh(pz/pt); 0 for the zero vector, ±∞ along the beam. */
  get eta(): number {
    return this.z === 0 ? 0 : Math.asinh(this.z / this.pt);
  }

  /** Magnitude of the momentum. */
  get p(): number {
    return Math.sqrt(this.x * this.x + this.y * this.y + this.z * this.z);
  }

  /** E² − p². */
  get mass2(): number {
    return this.t * this.t - this.x * this.x - this.y * this.y - this.z * this.z;
  }

  /** sign(m²)·√|m²|: negative for a spacelike vector, never NaN. */
  get mass(): number {
    const m2 = this.mass2;
    return m2 < 0 ? -Math.sqrt(-m2) : Math.sqrt(m2);
  }

  get energy(): number {
    return this.t;
  }
}

/** Anything with a direction in the detector. */
export interface Direction {
  readonly eta: number;
  readonly phi: number;
}

/** Anything with transverse momentum and azimuth: an object, or missing transverse momentum. */
export interface Transverse {
  readonly pt: number;
  readonly phi: number;
}

/** pt, η, φ, m (a negative mass is spacelike: it lowers E) → Cartesian. */
export function fromPtEtaPhiM(pt: number, eta: number, phi: number, mass: number): FourVector {
  const z = pt * Math.sinh(eta);
  return new FourVector(pt * Math.cos(phi), pt * Math.sin(phi), z, energyOf(pt, z, mass));
}

/** √(max(0, p² + copysign(m², m))) for transverse momentum `pt` and longitudinal momentum `z`. */
export function energyOf(pt: number, z: number, mass: number): number {
  return Math.sqrt(Math.max(0, pt * pt + z * z + (mass < 0 ? -mass * mass : mass * mass)));
}

/** φ₁ − φ₂ wrapped to [−π, π). */
export function deltaPhi(a: { readonly phi: number }, b: { readonly phi: number }): number {
  return wrapPhi(a.phi - b.phi);
}

/** An angle in radians wrapped to [−π, π). */
export function wrapPhi(angle: number): number {
  if (angle >= -Math.PI && angle < Math.PI) return angle;
  const turned = (angle + Math.PI) % (2 * Math.PI);
  return (turned < 0 ? turned + 2 * Math.PI : turned) - Math.PI;
}

/** √(Δη² + Δφ²) with wrapped Δφ. */
export function deltaR(a: Direction, b: Direction): number {
  const eta = a.eta - b.eta;
  const phi = wrapPhi(a.phi - b.phi);
  return Math.sqrt(eta * eta + phi * phi);
}

/** Transverse mass of two massless objects, √(2 pt₁ pt₂ (1 − cos Δφ)): a lepton and missing transverse momentum. */
export function transverseMass(a: Transverse, b: Transverse): number {
  return Math.sqrt(2 * a.pt * b.pt * (1 - Math.cos(a.phi - b.phi)));
}

type Numbers = ArrayLike<number>;

/**
 * pt, η, φ, m columns of `n` objects → their Cartesian components in float64, `4 n` entries: x, y, z, t of the first
 * object, of the second, and so on. Cost: one sinh, sin and cos per object.
 */
export function cartesianColumn(pt: Numbers, eta: Numbers, phi: Numbers, mass: Numbers): Float64Array {
  const out = new Float64Array(4 * pt.length);
  for (let i = 0; i < pt.length; i++) {
    const p = pt[i]!;
    const z = p * Math.sinh(eta[i]!);
    out[4 * i] = p * Math.cos(phi[i]!);
    out[4 * i + 1] = p * Math.sin(phi[i]!);
    out[4 * i + 2] = z;
    out[4 * i + 3] = energyOf(p, z, mass[i]!);
  }
  return out;
}
