// The state of MATCH_RECOGNIZE: rows, the paths of runs over them, and per partition the runs. All three go when no run needs them.

import { type DataType, notNull, types } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import type { Row } from '../../../types/value.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import type { MatchAutomaton, MatchState } from './automaton.ts'
import type { PathNode, Run, Runs } from './match-search.ts'
import type { MatchRow } from './match-values.ts'
import { RunQueue } from './run-queue.ts'

/** A row that waits for its time (`position` 0), or is part of runs. */
export interface StoredMatchRow extends StateRecord, MatchRow {
  readonly id: number
  readonly partition: MatchPartition
  position: number
  /** How many nodes hold it. */
  holders: number
}

export interface StoredNode extends StateRecord, PathNode<MatchRow> {
  readonly id: number
  readonly entry: StoredMatchRow
  readonly previous: StoredNode | undefined
  /** How many runs and nodes hold it. */
  holders: number
}

/** Live while a run has begun. */
export interface MatchPartition extends StateRecord, Runs<StoredNode> {
  readonly keyValues: Row
  readonly mapKey: MapKey
  /** By time, in the order of arrival. */
  readonly waiting: Map<number, StoredMatchRow[]>
  /** Of the last row that was searched. */
  position: number
}

const NUMBERS = notNull({ kind: 'array', element: notNull(types.double), nullable: true })
/** Numbers that a run is stored as: state, node, first, start time. */
const RUN_WIDTH = 4
const NONE = -1

/** The three tables; entries of one partition share a key group. */
export class MatchTables {
  readonly rows: StateTable<StoredMatchRow>
  readonly nodes: StateTable<StoredNode>
  readonly partitions: StateTable<MatchPartition>

  constructor(key: JoinKey, rowTypes: readonly DataType[]) {
    this.rows = new StateTable<StoredMatchRow>({
      table: 0,
      groupTypes: key.types,
      memberTypes: [ID_TYPE],
      valueTypes: [...rowTypes, ID_TYPE],
      keyOf: e => [...e.partition.keyValues, e.id],
      valueOf: e => [...e.row, e.position],
    })
    this.nodes = new StateTable<StoredNode>({
      table: 1,
      groupTypes: key.types,
      memberTypes: [ID_TYPE],
      valueTypes: [notNull(types.int), ID_TYPE, ID_TYPE],
      keyOf: n => [...n.entry.partition.keyValues, n.id],
      valueOf: n => [n.variable, n.entry.id, n.previous?.id ?? NONE],
    })
    this.partitions = new StateTable<MatchPartition>({
      table: 2,
      groupTypes: key.types,
      memberTypes: [],
      valueTypes: [ID_TYPE, NUMBERS, NUMBERS],
      keyOf: p => p.keyValues,
      valueOf: p => [p.position, numbersOf(p.partial), numbersOf(p.complete)],
    })
  }
}

const numbersOf = (runs: RunQueue<Run<StoredNode>>): number[] =>
  [...runs].flatMap(r => [r.state.index, r.last?.id ?? NONE, r.first, r.startTime])

/** Links stored entries to each other again, once all of them are read. */
export class MatchRestore {
  readonly #key: JoinKey
  readonly #automaton: MatchAutomaton
  readonly #partitions = new Map<MapKey, MatchPartition>()
  readonly #rows = new Map<number, StoredMatchRow>()
  readonly #nodes = new Map<number, StoredRow>()
  readonly #linked = new Map<number, StoredNode>()
  readonly #runs: { readonly partition: MatchPartition; readonly value: Row }[] = []
  readonly #partitionOf: (mapKey: MapKey, keyValues: Row) => MatchPartition
  readonly #timeOf: (row: Row) => number

  constructor(facts: {
    readonly key: JoinKey
    readonly automaton: MatchAutomaton
    readonly timeOf: (row: Row) => number
    /** Finds or makes the partition. */
    readonly partitionOf: (mapKey: MapKey, keyValues: Row) => MatchPartition
  }) {
    this.#key = facts.key
    this.#automaton = facts.automaton
    this.#timeOf = facts.timeOf
    this.#partitionOf = facts.partitionOf
  }

  /** @returns the greatest id in it */
  put(stored: StoredRow): number {
    const { table, key, value } = stored
    if (table === 2) {
      this.#runs.push({ partition: this.#partition(key), value })
      return 0
    }
    const id = key.at(-1) as number
    if (table === 1) this.#nodes.set(id, stored)
    else {
      const row = value.slice(0, -1)
      this.#rows.set(id, {
        ...fresh(),
        stored: true,
        id,
        partition: this.#partition(key.slice(0, -1)),
        row,
        time: this.#timeOf(row),
        position: value.at(-1) as number,
        holders: 0,
      })
    }
    return id
  }

  /** @returns the rows that wait, in the order of their arrival */
  link(): readonly StoredMatchRow[] {
    for (const { partition, value } of this.#runs) {
      const [position, partial, complete] = value as [number, number[], number[]]
      Object.assign(partition, { live: true, stored: true, position })
      partition.partial = new RunQueue()
      this.#fill(partition.partial, partial)
      this.#fill(partition.complete, complete)
    }
    return [...this.#rows.values()].filter(r => r.position === 0).sort((a, b) => a.id - b.id)
  }

  #fill(queue: RunQueue<Run<StoredNode>>, numbers: readonly number[]): void {
    for (let i = 0; i < numbers.length; i += RUN_WIDTH) {
      const [state, node, first, startTime] = numbers.slice(i, i + RUN_WIDTH) as [
        number,
        number,
        number,
        number,
      ]
      const last = this.#node(node)
      if (last) last.holders++
      queue.add({ state: this.#automaton.states[state] as MatchState, last, first, startTime })
    }
  }

  /** Paths may be long: nodes are linked from the first on, without recursion. */
  #node(id: number): StoredNode | undefined {
    const missing: number[] = []
    for (let at = id; at !== NONE && !this.#linked.has(at); )
      at = (this.#nodes.get(missing[missing.push(at) - 1] as number) as StoredRow)
        .value[2] as number
    for (const at of missing.reverse()) {
      const [variable, row, previousId] = (this.#nodes.get(at) as StoredRow).value as number[]
      const entry = this.#rows.get(row as number) as StoredMatchRow
      const previous = this.#linked.get(previousId as number)
      entry.holders++
      if (previous) previous.holders++
      const linked = { ...fresh(), stored: true, holders: 0, id: at, variable, entry, previous }
      this.#linked.set(at, linked as StoredNode)
    }
    return this.#linked.get(id)
  }

  #partition(keyValues: Row): MatchPartition {
    const mapKey = this.#key.mapKeyOf(keyValues) as MapKey
    const partition = this.#partitions.get(mapKey) ?? this.#partitionOf(mapKey, keyValues)
    this.#partitions.set(mapKey, partition)
    return partition
  }
}
