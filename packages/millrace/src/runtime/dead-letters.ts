// Dead letters: records that could not be processed, kept in the state with place, reason and bytes, unless another system takes them.

import type { DeadLetter } from '../connector/dead-letter.ts'
import type { DeltaWriter } from '../state/delta-format.ts'
import type { StateEntry } from '../state/state-backend.ts'
import { MAX_WATERMARK } from '../types/value.ts'
import {
  decodeCount,
  encodeCount,
  LETTER_KEY,
  LETTER_VALUE,
  letterOf,
  rowOf,
} from './letter-codec.ts'
import type { Operator, OperatorStats } from './operator.ts'

/** The operator that letters are in the state of. */
export const LETTERS_ID = '$dead-letters'

/** Tables of its state: the letters, and how many went elsewhere or stayed. */
const LETTERS = 0
const COUNT = 1

/** How many are held in memory. */
const RECENT = 1000

export class DeadLetters implements Operator {
  readonly id = LETTERS_ID
  readonly deadline = MAX_WATERMARK
  /** All that the program has put aside, over restarts. */
  count = 0
  readonly recent: DeadLetter[] = []
  readonly #takenElsewhere: (letter: DeadLetter) => boolean
  #fresh: DeadLetter[] = []
  #isCountKept = true

  /** @param takenElsewhere writes it with the epoch's output, if it belongs there; else it stays in the state */
  constructor(takenElsewhere: (letter: DeadLetter) => boolean = () => false) {
    this.#takenElsewhere = takenElsewhere
  }

  add(letter: Omit<DeadLetter, 'sequence'>): void {
    const numbered = { sequence: ++this.count, ...letter }
    if (this.#takenElsewhere(numbered)) this.#isCountKept = false
    else this.#fresh.push(numbered)
    this.#remember(numbered)
  }

  advance(): void {}

  collect(writer: DeltaWriter): void {
    for (const letter of this.#fresh)
      writer.put(LETTERS, undefined, LETTER_KEY, [letter.sequence], LETTER_VALUE, rowOf(letter))
    this.#fresh = []
    if (!this.#isCountKept) encodeCount(writer, COUNT, this.count)
    this.#isCountKept = true
  }

  restore(entry: StateEntry): void {
    if (entry.table === COUNT) {
      this.count = Math.max(this.count, decodeCount(entry))
      return
    }
    const letter = letterOf(entry)
    this.count = Math.max(this.count, letter.sequence)
    this.#remember(letter)
  }

  restored(): void {
    this.recent.sort((a, b) => a.sequence - b.sequence)
  }

  stats(): OperatorStats {
    return {
      id: this.id,
      recordsIn: this.count,
      recordsOut: 0,
      late: 0,
      expired: 0,
      stateEntries: this.count,
      stateBytes: 0,
    }
  }

  #remember(letter: DeadLetter): void {
    this.recent.push(letter)
    if (this.recent.length > RECENT) this.recent.shift()
  }
}

/** The letters among entries of that operator's state. */
export function lettersIn(entries: readonly StateEntry[]): DeadLetter[] {
  return entries.filter(e => e.table === LETTERS).map(letterOf)
}
