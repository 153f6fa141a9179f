// Queries beside a running program: over its tables, in jobs of their own, bounded, and yielding to it.

import type { JsonValue } from '../../connector/source.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { Program } from '../../plan/program.ts'
import { parseScript } from '../../sql/parse.ts'
import { bindScript } from '../../sql/script.ts'
import type { Completion } from '../../sql/completion/completion.ts'
import { formatType } from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'
import type { RowKind, Row } from '../../types/value.ts'
import { createRowCells } from '../connectors/live/json-cells.ts'
import { EmbeddedRunner, type EmbeddedRun } from '../embedded-runner.ts'
import { explainStatement } from '../load-script.ts'
import { nodePorts } from '../node-ports.ts'
import { type AdHocTable, adHocCatalog, adHocTables, heldTables } from './ad-hoc-catalog.ts'
import { NotAQueryError, QueryTooLargeError } from './ad-hoc-errors.ts'
import { connectorsApart } from './apart-source.ts'
import { heldTableSource } from './held-table-source.ts'
import { yieldingClock } from './yielding-clock.ts'

/** Records between two breaths of a query at most: the program goes on meanwhile. */
const BATCH_RECORDS = 1_000
const CHECK_EVERY_MS = 100

export interface AdHocOptions {
  readonly mode: 'streaming' | 'batch'
  /** State of all its operators; beyond, the query fails. */
  readonly maxStateBytes: number
  readonly signal: AbortSignal
}

/** One change of a result, as JSON. */
export interface AdHocChange {
  readonly kind: RowKind
  readonly cells: readonly JsonValue[]
}

/** A query that may be iterated once; nothing runs before, and nothing is left when the iteration ends. */
export interface AdHocQuery {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly notices: readonly string[]
  readonly changes: AsyncIterable<AdHocChange>
  /** How far it is. */
  progress(): { readonly recordsRead: number; readonly stateBytes: number }
}

/** What is wrong with a text, and where: lines and columns from 1. */
export interface SqlProblem {
  readonly message: string
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
  readonly proposal?: string
}

/** The queries beside one run. */
export class AdHocQueries {
  readonly #run: EmbeddedRun
  #running = 0
  #isOver = false

  constructor(run: EmbeddedRun) {
    this.#run = run
    const end = () => {
      this.#isOver = true
    }
    run.finished.then(end, end)
  }

  /** Queries that run now. */
  get running(): number {
    return this.#running
  }

  tables(): readonly AdHocTable[] {
    return adHocTables(this.#run)
  }

  async complete(text: string, position: number): Promise<readonly Completion[]> {
    const { complete } = await import('../../sql/completion/complete.ts')
    const { connectors, functions } = this.#run.program
    return complete(text, position, { connectors, functions, catalog: adHocCatalog(this.#run) })
  }

  /** What keeps a text from running, if anything does. */
  problems(text: string): readonly SqlProblem[] {
    if (text.trim() === '') return []
    try {
      this.#bind(text, 'streaming')
      return []
    } catch (error) {
      if (error instanceof MillraceError) return [problemOf(error, text)]
      throw error
    }
  }

  /** Binds a text; its last statement with an answer is what is run. @throws {MillraceError} with the place in the text */
  query(text: string, options: AdHocOptions): AdHocQuery {
    const { bound, program } = this.#bind(text, options.mode)
    const { query, queryColumns, notices } = bound
    if (query && bound.endsWithQuery) {
      let run: EmbeddedRun | undefined
      const changes = this.#changes(program, query, queryColumns, options, opened => {
        run = opened
      })
      const progress = () => ({
        recordsRead: run?.job.recordsRead ?? 0,
        stateBytes: run ? stateBytes(run) : 0,
      })
      return { columns: namesOf(queryColumns), notices, changes, progress }
    }
    const last = bound.results.at(-1)
    const answer = last?.kind === 'explain' ? explainStatement(program, last) : last
    return {
      columns: namesOf(answer?.columns ?? []),
      notices,
      changes: given(answer?.columns ?? [], answer?.rows ?? []),
      progress: () => ({ recordsRead: 0, stateBytes: 0 }),
    }
  }

  #bind(text: string, mode: 'streaming' | 'batch') {
    refuseOthers(text)
    const { program } = this.#run
    const held = heldTables(this.#run)
    const heldConnectors = new Set(
      this.#run.job.sinks.filter(s => s.writer.heldTable).map(s => s.node.table.connector),
    )
    const connectors = connectorsApart(
      program.connectors,
      [...heldConnectors].map(c => heldTableSource(c, mode, name => held.get(name))),
    )
    // Its own state is in memory, on this thread, and begins anew.
    const { stateDir: _state, fresh: _fresh, parallelism: _threads, ...own } = program.settings
    const bound = bindScript(text, {
      connectors,
      functions: program.functions,
      settings: { mode },
      defaults: own,
      catalog: adHocCatalog(this.#run),
    })
    const { parallelism: _asked, ...settings } = bound.settings
    const apart: Program = {
      name: `${program.name} console`,
      sinks: [],
      connectors,
      functions: program.functions,
      settings: { ...settings, mode },
    }
    return { bound, program: apart }
  }

  async *#changes(
    program: Program,
    query: PlanNode,
    columns: Schema,
    { maxStateBytes, signal, mode }: AdHocOptions,
    onOpen: (run: EmbeddedRun) => void,
  ): AsyncGenerator<AdHocChange> {
    const ports = nodePorts({})
    const tooLarge = new AbortController()
    let check: NodeJS.Timeout | undefined
    const runner = new EmbeddedRunner({
      ports: {
        ...ports,
        clock: yieldingClock(ports.clock, () => (this.#isOver ? 0 : this.#running)),
      },
      batchRecords: BATCH_RECORDS,
      onQuery(run) {
        onOpen(run)
        check = setInterval(() => {
          const bytes = stateBytes(run)
          if (bytes > maxStateBytes)
            tooLarge.abort(new QueryTooLargeError({ stateBytes: bytes, limitBytes: maxStateBytes }))
        }, CHECK_EVERY_MS)
      },
    })
    const cells = createRowCells(columns)
    const ending = AbortSignal.any([signal, tooLarge.signal])
    this.#running++
    try {
      const control = { signal: ending, boundedInput: mode === 'batch' }
      for await (const { kind, row } of runner.query(program, query, control)) {
        if (ending.aborted) break
        yield { kind, cells: cells(row) }
      }
      if (tooLarge.signal.aborted) throw tooLarge.signal.reason
    } finally {
      clearInterval(check)
      this.#running--
    }
  }
}

/** An error as an editor marks it; what has no place is at the start. */
export function problemOf(error: MillraceError, text: string): SqlProblem {
  const at = error.at ?? { start: 0, end: Math.min(1, text.length), line: 1, column: 1 }
  const message = (error.message.split('\n')[0] as string).replace(/ \(at \d+:\d+\)$/, '')
  const { start, end, line, column } = at
  return { message, start, end, line, column, ...(error.remedy && { proposal: error.remedy }) }
}

/** Statements that change nothing outside the text. */
const READING = new Set([
  'query',
  'explain',
  'describe',
  'show',
  'set',
  'reset',
  'use',
  'create-view',
])

function refuseOthers(text: string): void {
  for (const { kind, span } of parseScript(text))
    if (!READING.has(kind)) {
      const statement = kind.toUpperCase().replace('-', ' ')
      throw new NotAQueryError({ statement, at: span }).showPlace(text)
    }
}

const stateBytes = ({ job }: EmbeddedRun): number =>
  job.operators.reduce((sum, o) => sum + o.stats().stateBytes, job.bufferedBytes)

const namesOf = (columns: Schema) => columns.map(c => ({ name: c.name, type: formatType(c.type) }))

async function* given(columns: Schema, rows: readonly Row[]): AsyncGenerator<AdHocChange> {
  const cells = createRowCells(columns)
  for (const row of rows) yield { kind: '+I', cells: cells(row) }
}
