/** Random numbers that are the same on every machine: a generator of our own, seeded by a seed and a stream number. */
export interface Random {
  /** Uniform in the open interval (0, 1), 32 bits. */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  /** Mean 1. */
  exponential(): number;
  /** Gamma distribution with this shape and mean `shape`. */
  gamma(shape: number): number;
  poisson(mean: number): number;
}

/**
 * xoshiro128** (D. Blackman, S. Vigna, ACM Trans. Math. Softw. 47, 36, 2021), its state filled by the finaliser of
 * MurmurHash3 over a Weyl sequence that starts at the seed and the stream. Streams of one seed are independent.
 */
export function random(seed: number, stream: number): Random {
  let weyl =
    mix(seed % 2 ** 32) ^ mix(Math.floor(seed / 2 ** 32) ^ 0x5bd1e995) ^ Math.imul(mix(stream + 1), 0x27d4eb2f);
  const next = (): number => {
    weyl = (weyl + 0x9e3779b9) | 0;
    return mix(weyl);
  };
  let [a, b, c, d] = [next(), next(), next(), next() | 1];

  const uniform = (): number => {
    const times5 = Math.imul(b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return ((result >>> 0) + 0.5) / 2 ** 32;
  };
  const exponential = (): number => -Math.log(uniform());
  const normal = (): number => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform());

  // G. Marsaglia, W. W. Tsang, ACM Trans. Math. Softw. 26, 363 (2000); below shape 1 by a power of a uniform.
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * Math.exp(-exponential() / shape);
    const third = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const cube = (1 + x / Math.sqrt(9 * third)) ** 3;
      if (cube > 0 && Math.log(uniform()) < 0.5 * x * x + third * (1 - cube + Math.log(cube))) return third * cube;
    }
  };
  const poisson = (mean: number): number => {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > limit; product *= uniform()) count++;
    return count;
  };
  return { uniform, normal, exponential, gamma, poisson };
}

function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
