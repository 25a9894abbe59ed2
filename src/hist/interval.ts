/** The probability within one standard deviation of a normal distribution. */
export const oneSigma = 0.6826894921370859;

/** Two limits; NaN where there is none. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
