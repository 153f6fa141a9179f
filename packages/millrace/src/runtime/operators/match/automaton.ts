// The automaton of a row pattern, as Flink's CEP library builds it: the same states and edges, in the same order.
//
// A greedy loop does not try the longest match first: it forbids what follows it to take a row that the loop itself could take.
// So `A+ B` over rows that are all A and B finds nothing. What several branches find at the same row is told apart by the order
// of edges alone, hence the care.

import {
  isGreedyLoop,
  type MatchPattern,
  type MatchRepeat,
  quantifiedVariables,
} from '../../../plan/match.ts'

/** A state waits for a row, or passes on to what may come instead. */
export interface MatchState {
  readonly index: number
  /** The pattern is complete. */
  readonly isFinal: boolean
  readonly edges: MatchEdge[]
}

export interface MatchEdge {
  /** `take` consumes the row as one of `variable`; `proceed` looks at the same row from `target`. */
  readonly action: 'take' | 'proceed'
  target: MatchState
  /** The variable whose condition must hold; -1: none need. */
  readonly variable: number
  /** Variables of greedy loops before it: none of their conditions may hold. */
  unless: readonly number[]
}

export interface MatchAutomaton {
  readonly states: readonly MatchState[]
  readonly start: MatchState
}

/** @see Flink's NFACompiler, for patterns of strict contiguity */
export function createAutomaton(pattern: MatchPattern): MatchAutomaton {
  const states: MatchState[] = []
  const addState = (isFinal = false): MatchState => {
    const state: MatchState = { index: states.length, isFinal, edges: [] }
    states.push(state)
    return state
  }
  const end = addState(true)
  const start = quantifiedVariables(pattern).reduceRight(
    (next, { variable, repeat }) => new Element(addState, variable, repeat).before(next),
    end,
  )
  return { states, start }
}

/** One variable with its quantifier. */
class Element {
  readonly #addState: () => MatchState
  readonly #variable: number
  readonly #repeat: MatchRepeat | undefined

  constructor(addState: () => MatchState, variable: number, repeat: MatchRepeat | undefined) {
    this.#addState = addState
    this.#variable = variable
    this.#repeat = repeat
  }

  /** The state that stands for this element, with `next` behind it. */
  before(next: MatchState): MatchState {
    const repeat = this.#repeat
    if (!repeat) return this.#single(next, undefined)
    const skipped = repeat.min === 0 ? next : undefined
    const least = Math.max(1, repeat.min)
    if (isGreedyLoop(repeat)) this.#forbid(next)
    if (repeat.max === Number.POSITIVE_INFINITY)
      return this.#times(this.#loop(next), least, skipped)
    let last = next
    for (let more = least; more < repeat.max; more++) last = this.#single(last, next)
    return this.#times(last, least, skipped)
  }

  /** `count` rows before `next`; the first may be skipped to `skipped`. */
  #times(next: MatchState, count: number, skipped: MatchState | undefined): MatchState {
    let last = next
    for (let i = 1; i < count; i++) last = this.#single(last, undefined)
    return this.#single(last, skipped)
  }

  #single(next: MatchState, skipped: MatchState | undefined): MatchState {
    const state = this.#addState()
    state.edges.push(this.#take(next))
    if (skipped) state.edges.push(proceed(skipped))
    return state
  }

  #loop(next: MatchState): MatchState {
    const state = this.#addState()
    state.edges.push(proceed(next), this.#take(state))
    return state
  }

  #take(target: MatchState): MatchEdge {
    return { action: 'take', target, variable: this.#variable, unless: [] }
  }

  #forbid(next: MatchState): void {
    for (const edge of next.edges) edge.unless = [...edge.unless, this.#variable]
  }
}

function proceed(target: MatchState): MatchEdge {
  return { action: 'proceed', target, variable: -1, unless: [] }
}
