// What keeps a source from going on, in words.

export interface SourceTrouble {
  /** A clause without a stop at its end: `broker 1 has not answered for 30.0 s`. */
  readonly fact: string
  /** What to do about it: sentences. */
  readonly remedy?: string
  /** Whether to open connections anew may end it. */
  readonly isCurable: boolean
}
