// The search for matches over the rows of one partition, one row after the other: Flink's NFA under strict contiguity.

import { EvaluationError } from '../../../functions/evaluation-error.ts'
import type { MatchSkip } from '../../../plan/match.ts'
import type { MatchAutomaton, MatchEdge, MatchState } from './automaton.ts'
import { RunQueue, type Started } from './run-queue.ts'

/** A row in the order of the search. */
export interface SearchedRow {
  /** Grows from row to row of a partition. */
  readonly position: number
  readonly time: number
}

/** The rows of a run, from the last one back. Runs share what they have in common. */
export interface PathNode<E extends SearchedRow> {
  readonly variable: number
  readonly entry: E
  readonly previous: PathNode<E> | undefined
}

/** A partial match in its state, a complete one in the final state, or the start that waits for a first row. */
export interface Run<N> extends Started {
  readonly state: MatchState
  readonly last: N | undefined
  readonly startTime: number
}

/** The runs of one partition. */
export interface Runs<N> {
  partial: RunQueue<Run<N>>
  /** Matches that wait for partial ones that began before them. */
  readonly complete: RunQueue<Run<N>>
}

/** What the search needs of its owner, who keeps the paths. */
export interface MatchPaths<E extends SearchedRow, N extends PathNode<E>> {
  /** Whether the row may be the next of `variable` behind the path. */
  holds(variable: number, last: N | undefined, entry: E): boolean
  extend(last: N | undefined, variable: number, entry: E): N
  /** A run holds the path that ends here. */
  hold(last: N): void
  release(last: N): void
  /** A match: its rows, from the last one back. */
  found(last: N): void
}

export interface SearchSettings {
  readonly automaton: MatchAutomaton
  readonly skip: MatchSkip
  readonly variableNames: readonly string[]
  /** 0: without bound. */
  readonly withinMs: number
}

/** @see Flink's NFA and AfterMatchSkipStrategy */
export class MatchSearch<E extends SearchedRow, N extends PathNode<E>> {
  readonly #settings: SearchSettings
  readonly #paths: MatchPaths<E, N>

  constructor(settings: SearchSettings, paths: MatchPaths<E, N>) {
    this.#settings = settings
    this.#paths = paths
  }

  /** What a partition begins with. */
  freshRuns(): Runs<N> {
    const runs: Runs<N> = { partial: new RunQueue(), complete: new RunQueue() }
    runs.partial.add({
      state: this.#settings.automaton.start,
      last: undefined,
      first: Number.POSITIVE_INFINITY,
      startTime: Number.POSITIVE_INFINITY,
    })
    return runs
  }

  /** Takes the next row in: every run goes on with it or ends, and a new one may begin. */
  advance(runs: Runs<N>, entry: E): void {
    const partial = new RunQueue<Run<N>>()
    const complete = new RunQueue<Run<N>>()
    for (const run of runs.partial) {
      for (const next of this.#next(run, entry)) (next.state.isFinal ? complete : partial).add(next)
      if (run.last === undefined) partial.add(run)
      else this.#paths.release(run.last)
    }
    for (const run of complete) runs.complete.add(run)
    this.#giveComplete(runs, partial)
    runs.partial = partial
  }

  /** Gives up runs that are not complete in time. */
  expire(runs: Runs<N>, time: number): void {
    const { withinMs } = this.#settings
    if (withinMs === 0) return
    const partial = new RunQueue<Run<N>>()
    for (const run of runs.partial)
      if (run.last !== undefined && time - run.startTime >= withinMs) this.#paths.release(run.last)
      else partial.add(run)
    this.#giveComplete(runs, partial)
    runs.partial = partial
  }

  #next(run: Run<N>, entry: E): readonly Run<N>[] {
    const answers: (boolean | undefined)[] = []
    const holds = (variable: number): boolean => {
      const known = answers[variable]
      if (known !== undefined) return known
      const answer = this.#paths.holds(variable, run.last, entry)
      answers[variable] = answer
      return answer
    }
    const isOpen = ({ variable, unless }: MatchEdge): boolean =>
      (variable < 0 || holds(variable)) && !unless.some(holds)
    const next: Run<N>[] = []
    const start = run.last === undefined ? { first: entry.position, startTime: entry.time } : run
    for (const edge of takingEdges(run.state, isOpen)) {
      const last = this.#paths.extend(run.last, edge.variable, entry)
      const go = (state: MatchState): void => {
        this.#paths.hold(last)
        next.push({ state, last, first: start.first, startTime: start.startTime })
      }
      go(edge.target)
      const final = finalBehind(edge.target, isOpen)
      if (final) go(final)
    }
    return next
  }

  /** Matches come in the order of their first rows: one waits while a run that began before it may still become one. */
  #giveComplete(runs: Runs<N>, partial: RunQueue<Run<N>>): void {
    const release = (run: Run<N>): void => this.#paths.release(run.last as N)
    for (;;) {
      const match = runs.complete.head
      if (!match || (partial.head && match.first > partial.head.first)) return
      runs.complete.poll()
      const isSkipped = this.#skippedBy(match)
      partial.removeIf(isSkipped, release)
      runs.complete.removeIf(isSkipped, release)
      this.#paths.found(match.last as N)
      release(match)
    }
  }

  /** Which runs begin with a row that the match passes over. */
  #skippedBy(match: Run<N>): (run: Run<N>) => boolean {
    const { skip } = this.#settings
    const last = match.last as N
    switch (skip.kind) {
      case 'past-last-row':
        return run => run.first <= last.entry.position
      case 'to-next-row':
        return run => run.first <= match.first
      default: {
        const target = this.#skipTarget(match, skip.kind === 'to-first', skip.variable)
        return run => run.first < target
      }
    }
  }

  #skipTarget(match: Run<N>, isFirst: boolean, variable: number): number {
    const name = this.#settings.variableNames[variable]
    let target: number | undefined
    for (let node: PathNode<E> | undefined = match.last; node; node = node.previous) {
      if (node.variable !== variable) continue
      target = node.entry.position
      if (!isFirst) break
    }
    if (target === undefined)
      throw new EvaluationError(
        `AFTER MATCH SKIP TO ${name}: the match has no row of "${name}"`,
        'Skip to a variable that every match has, or PAST LAST ROW.',
      )
    if (target === match.first)
      throw new EvaluationError(
        `AFTER MATCH SKIP TO ${name}: the search would begin at the first row of the match again`,
        'Skip to a variable behind the first row, TO NEXT ROW or PAST LAST ROW.',
      )
    return target
  }
}

type IsOpen = (edge: MatchEdge) => boolean

/** Edges that take the row, over all states that it can be looked at from. */
function takingEdges(from: MatchState, isOpen: IsOpen): readonly MatchEdge[] {
  const taking: MatchEdge[] = []
  const states = [from]
  for (let state = states.pop(); state; state = states.pop())
    for (const edge of state.edges) {
      if (!isOpen(edge)) continue
      if (edge.action === 'take') taking.push(edge)
      else states.push(edge.target)
    }
  return taking
}

/** The final state, when nothing that is missing is needed. */
function finalBehind(from: MatchState, isOpen: IsOpen): MatchState | undefined {
  const states = [from]
  for (let state = states.pop(); state; state = states.pop())
    for (const edge of state.edges) {
      if (edge.action !== 'proceed' || !isOpen(edge)) continue
      if (edge.target.isFinal) return edge.target
      states.push(edge.target)
    }
  return undefined
}
