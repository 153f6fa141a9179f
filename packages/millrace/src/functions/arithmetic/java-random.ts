// The generator of java.util.Random: RAND with a seed gives Flink's very numbers.

const MULTIPLIER = 0x5deece66dn
const MASK = (1n << 48n) - 1n

/** @see the specification of `next(int)` in java.util.Random */
export class JavaRandom {
  #state: bigint

  constructor(seed: number) {
    this.#state = (BigInt(seed) ^ MULTIPLIER) & MASK
  }

  /** `[0, 1)` */
  nextDouble(): number {
    return (this.#next(26) * 2 ** 27 + this.#next(27)) / 2 ** 53
  }

  /** `[0, bound)`; the bound is positive. */
  nextInt(bound: number): number {
    if ((bound & -bound) === bound) return Math.floor((bound * this.#next(31)) / 2 ** 31)
    for (;;) {
      const bits = this.#next(31)
      const value = bits % bound
      // Bits beyond the last whole multiple of the bound would favour small numbers.
      if (bits - value + (bound - 1) < 2 ** 31) return value
    }
  }

  #next(bits: number): number {
    this.#state = (this.#state * MULTIPLIER + 0xbn) & MASK
    return Number(this.#state >> BigInt(48 - bits))
  }
}
