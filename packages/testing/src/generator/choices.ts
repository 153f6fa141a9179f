// A stream of choices from which plans and data are made: the same numbers give the same plan.

/** Draws from numbers that somebody else made (a property test, which shrinks them), then zeros. */
export class Choices {
  readonly #numbers: Iterator<number>

  constructor(numbers: Iterable<number>) {
    this.#numbers = numbers[Symbol.iterator]()
  }

  /** An integer in `[0, bound)`. */
  below(bound: number): number {
    const { value, done } = this.#numbers.next()
    return done ? 0 : Math.abs(Math.trunc(value)) % bound
  }

  /** True once in `n`. */
  oneIn(n: number): boolean {
    return this.below(n) === n - 1
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }

  /** Some of them, in order; at least `least`. */
  some<T>(from: readonly T[], least = 0): readonly T[] {
    const taken = from.filter(() => this.below(2) === 1)
    return taken.length >= least ? taken : from.slice(0, least)
  }
}

/** Endless numbers of a seed: mulberry32. */
export function* numbersOf(seed: number): Generator<number> {
  let state = seed >>> 0
  for (;;) {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    yield (t ^ (t >>> 14)) >>> 0
  }
}

/** Numbers in `[0, 1)` of a seed. */
export function randomOf(seed: number): () => number {
  const numbers = numbersOf(seed)
  return () => (numbers.next().value as number) / 2 ** 32
}
