// Stream: the same rows as events for functions of TypeScript, with keyed state and timers.

import {
  columnAt,
  createFilter,
  createProcess,
  createUnion,
  createWatermark,
} from '../../plan/create-node.ts'
import { createCall } from '../../plan/create-expression.ts'
import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { ProcessFunction } from '../../plan/process-function.ts'
import { notNull, types } from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'
import { listNames, proposal } from '../../types/unknown-name.ts'
import type { Duration } from '../../types/duration.ts'
import { durationMs } from '../../types/duration.ts'
import type { ActionOptions } from '../actions.ts'
import type { AppContext } from '../app-context.ts'
import { columnsReadBy } from './columns-read-by.ts'
import type { ConnectorSpec } from '../connections/connector-spec.ts'
import { KeyedStream, UndeclaredKeyTypeError } from './keyed-stream.ts'
import { intervalLiteral } from '../columns/literal.ts'
import type { ProcessDefinition, SideOutputs } from './process-definition.ts'
import { processEvents } from './process-events.ts'
import { indexOfColumn, reorderColumns } from '../tables/project-columns.ts'
import type { Columns, NameOf, NameOfKind, RowOf, SqlType, ValueOf } from '../columns/sql-type.ts'
import { schemaOf } from '../columns/sql-type.ts'
import type { StateSpecs } from './state-builder.ts'
import { Table } from '../tables/table.ts'
import { callOfLambda, positionsReadBy } from './user-function.ts'
import type { IntoOptions } from '../connections/write-table.ts'
import { writeInto } from '../connections/write-table.ts'

export interface ToTableOptions<C extends Columns> {
  /** Makes a column the event time, with its own watermark. */
  readonly watermark?: WatermarkSpec<NameOfKind<C, 'timestamp'>>
  /** Makes a column the event time under the watermark that the stream already has. */
  readonly eventTime?: NameOfKind<C, 'timestamp'>
}

/** The event time is the column; rows may be late by `delay`. */
export interface WatermarkSpec<N extends string = string> {
  readonly column: N
  /** Default: 0, rows come in order. */
  readonly delay?: Duration
}

/** Makes the column an event-time attribute whose watermark is behind it by `delay`. */
export function addWatermark(app: AppContext, plan: PlanNode, spec: WatermarkSpec): PlanNode {
  const index = indexOfColumn(plan, spec.column)
  const column = columnAt(plan, index)
  const delayMs = durationMs(spec.delay ?? 0, 'watermark delay')
  const watermark =
    delayMs === 0 ? column : createCall(app.environment, '-', [column, intervalLiteral(delayMs)])
  return createWatermark(plan, index, watermark)
}

/** No side outputs. */
export type NoSideOutputs = Readonly<Record<never, Columns>>

/** A process function has no such side output. */
export class UnknownSideOutputError extends MillraceError {
  constructor(facts: { readonly name: string; readonly known: readonly string[] }) {
    super(
      'MR_PLAN_INVALID',
      `Unknown side output "${facts.name}". Declared: ${listNames(facts.known)}.${proposal(facts.name, facts.known)}`,
      { remedy: 'Declare it in sideOutputs.' },
    )
  }
}

/**
 * Events of columns `C`, with side outputs `U`. Immutable and lazy, as tables are.
 *
 * Functions get rows as objects and must not keep or change them. Which columns a function reads is found in its source; the others are
 * never decoded.
 */
export class Stream<C extends Columns, U extends SideOutputs = NoSideOutputs> {
  /** The logical plan. */
  readonly plan: PlanNode
  readonly #app: AppContext

  constructor(app: AppContext, plan: PlanNode) {
    this.#app = app
    this.plan = plan
    Object.freeze(this)
  }

  /** One event for each, of the declared columns. */
  map<O extends Columns>(fn: (event: RowOf<C>) => RowOf<O>, schema: O): Stream<O> {
    const onEvent: ProcessFunction['onEvent'] = (event, context) =>
      context.emit(fn(event as RowOf<C>))
    return this.#process('map', fn, onEvent, schema)
  }

  /** Events for which the function gives `true`. */
  filter(fn: (event: RowOf<C>) => boolean): Stream<C> {
    const name = fn.name === '' ? 'lambda' : fn.name
    const condition = callOfLambda(name, fn, this.plan.schema, notNull(types.boolean))
    return new Stream(this.#app, createFilter(this.plan, condition))
  }

  /** Any number of events for each, of the declared columns. */
  flatMap<O extends Columns>(fn: (event: RowOf<C>) => Iterable<RowOf<O>>, schema: O): Stream<O> {
    const onEvent: ProcessFunction['onEvent'] = (event, context) => {
      for (const made of fn(event as RowOf<C>)) context.emit(made)
    }
    return this.#process('flatMap', fn, onEvent, schema)
  }

  /**
   * Keeps events with the same key together. A function that only picks columns (`d => d.flight`, `d => [d.origin, d.dest]`) is as good
   * as their names; any other needs the type of its result.
   *
   * @throws {UndeclaredKeyTypeError} `MR_PLAN_INVALID` for a computed key without a type
   */
  keyBy<N extends NameOf<C>>(
    ...columns: readonly [N, ...N[]]
  ): KeyedStream<C, C[N] extends SqlType<infer T> ? T : never>
  keyBy<K>(key: (event: RowOf<C>) => K): KeyedStream<C, K>
  keyBy<T extends SqlType>(
    key: (event: RowOf<C>) => ValueOf<T>,
    type: T,
  ): KeyedStream<C, ValueOf<T>>
  keyBy(...args: readonly unknown[]): unknown {
    const [first, type] = args
    const keys =
      typeof first === 'function'
        ? this.#keysOf(first as (event: never) => unknown, type as SqlType | undefined)
        : (args as string[]).map(name => columnAt(this.plan, indexOfColumn(this.plan, name)))
    return new KeyedStream(this.#app, this.plan, keys)
  }

  /** Runs a function over all events as one group. See {@link KeyedStream.process}. */
  process<
    O extends Columns = C,
    S extends StateSpecs = Record<never, never>,
    V extends SideOutputs = NoSideOutputs,
  >(definition: ProcessDefinition<C, null, O, S, V>): Stream<O, V> {
    return processEvents(this.#app, this.plan, [], definition)
  }

  /** What a process function emitted to a side output. It runs once, however many of its outputs are read. */
  sideOutput<N extends keyof U & string>(name: N): Stream<U[N]> {
    const outputs = this.plan.kind === 'process' ? this.plan.process.sideOutputs : {}
    const schema = Object.hasOwn(outputs, name) ? outputs[name] : undefined
    if (!schema || this.plan.kind !== 'process')
      throw new UnknownSideOutputError({ name, known: Object.keys(outputs) })
    const { input, keys, process } = this.plan
    return new Stream(this.#app, createProcess(input, keys, process, schema, name))
  }

  /** The events of both streams, in no particular order between them. */
  union(other: Stream<C>): Stream<C> {
    const aligned = reorderColumns(other.plan, this.plan.schema)
    return new Stream(this.#app, createUnion([this.plan, aligned]))
  }

  /** The events as a table. */
  toTable(options: ToTableOptions<C> = {}): Table<C> {
    const { watermark, eventTime } = options
    const timed = eventTime === undefined ? this.plan : withEventTime(this.plan, eventTime)
    return new Table(this.#app, watermark ? addWatermark(this.#app, timed, watermark) : timed)
  }

  /** Writes the events to a connection or a declared table, once the app runs. */
  into(target: ConnectorSpec | string, options: IntoOptions<NameOf<C>> = {}): void {
    writeInto(this.#app, this.plan, target, options)
  }

  /** Runs and gives all events. Bounded input only. */
  collect(options: ActionOptions = {}): Promise<RowOf<C>[]> {
    return this.toTable().collect(options)
  }

  /** Runs and calls `visit` with each event; a promise holds back the next. Bounded input only. */
  forEach(
    visit: (event: RowOf<C>) => void | Promise<void>,
    options: ActionOptions = {},
  ): Promise<void> {
    return this.toTable().forEach(visit, options)
  }

  #process<O extends Columns>(
    name: string,
    fn: (...args: never[]) => unknown,
    onEvent: ProcessFunction['onEvent'],
    schema: O,
  ): Stream<O> {
    const reads = positionsReadBy(fn, this.plan.schema)
    const process: ProcessFunction = {
      name: fn.name === '' ? name : `${name} ${fn.name}`,
      ...(reads ? { reads } : {}),
      state: {},
      sideOutputs: {},
      onEvent,
    }
    return new Stream(this.#app, createProcess(this.plan, [], process, schemaOf(schema)))
  }

  #keysOf(key: (event: never) => unknown, type: SqlType | undefined): readonly Expression[] {
    const { schema } = this.plan
    if (type) return [callOfLambda(key.name === '' ? 'key' : key.name, key, schema, type.dataType)]
    const { picks } = columnsReadBy(key)
    if (!picks) throw new UndeclaredKeyTypeError()
    return picks.map(name => columnAt(this.plan, indexOfColumn(this.plan, name)))
  }
}

/** Marks a column of a process node's output as the event time. */
function withEventTime(plan: PlanNode, name: string): PlanNode {
  const index = indexOfColumn(plan, name)
  const schema = plan.schema.map((c, i) =>
    i === index && (c.type.kind === 'timestamp' || c.type.kind === 'timestamp_ltz')
      ? { ...c, type: { ...c.type, attribute: 'rowtime' as const } }
      : c,
  )
  return { ...plan, schema } as PlanNode
}
