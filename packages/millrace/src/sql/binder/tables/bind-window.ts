// Window table functions: TUMBLE, HOP, CUMULATE, SESSION over a table, and the same windows written in GROUP BY.

import { insteadOf } from '../../../functions/other-names.ts'
import { proposal } from '../../../types/unknown-name.ts'
import { createWindow } from '../../../plan/create-node.ts'
import { located } from '../../../plan/origin.ts'
import type { Expression } from '../../../plan/expression.ts'
import { UnknownColumnError } from '../../../plan/expression-errors.ts'
import type { PlanNode, WindowSpec } from '../../../plan/node.ts'
import {
  type DataType,
  formatType,
  isProctime,
  isRowtime,
  isTimestamp,
} from '../../../types/data-type.ts'
import type { SourceSpan } from '../../../types/errors.ts'
import type { Column } from '../../../types/schema.ts'
import type { Call, Expression as SqlExpression, Path } from '../../ast/expression.ts'
import { bindQuery } from '../bind-query.ts'
import { bindTablePath } from './bind-table-path.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError, InvalidSqlWindowError, UnsupportedSqlError } from '../binder-errors.ts'
import { functionName } from '../expressions/bind-call.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import { Scope } from '../scope.ts'

type WindowKind = 'TUMBLE' | 'HOP' | 'CUMULATE' | 'SESSION'

/** Parameters behind DATA and TIMECOL, in order. Flink's names. */
const PARAMETERS: Readonly<Record<WindowKind, readonly string[]>> = {
  TUMBLE: ['SIZE', 'OFFSET'],
  HOP: ['SLIDE', 'SIZE', 'OFFSET'],
  CUMULATE: ['STEP', 'SIZE', 'OFFSET'],
  SESSION: ['GAP'],
}

export const isWindowFunction = (name: string): name is WindowKind =>
  Object.hasOwn(PARAMETERS, name)

const insteadOfTableFunction = (name: string): string =>
  insteadOf(name) ??
  `Windows are ${Object.keys(PARAMETERS).join(', ')}.${proposal(name, Object.keys(PARAMETERS))} ` +
    'Functions over a whole table are written as a process function of a stream.'

/**
 * `TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)` and its like.
 *
 * @throws {InvalidSqlWindowError} `MR_PLAN_WINDOW`
 */
export function bindWindowFunction(context: BinderContext, call: Call): PlanNode {
  const kind = functionName(call)
  if (!isWindowFunction(kind))
    throw new UnsupportedSqlError({
      what: `The table function ${kind}`,
      remedy: insteadOfTableFunction(kind),
      at: call.span,
    })
  const args = namedArguments(kind, call)
  const data = args.get('DATA')
  const { input, partitionBy } = boundData(context, kind, data, call)
  const time = args.get('TIMECOL')
  const [column, second] = time?.kind === 'descriptor' ? time.columns : []
  if (!column || second)
    throw new InvalidSqlWindowError({
      problem: `${kind} needs DESCRIPTOR with one column as its second argument`,
      remedy: 'Write DESCRIPTOR(ts).',
      at: time?.span ?? call.span,
    })
  const timeColumn = indexOf(input, column)
  requireTime(input, timeColumn, column.span)
  const partition = partitionBy.map(e => columnOf(input, e))
  const durations = durationsOf(context, kind, args, call)
  if (kind === 'HOP')
    requireMultiple(durations.get('SIZE') ?? 0, durations.get('SLIDE') ?? 0, 'slide', call.span)
  const window = createWindow(input, timeColumn, specOf(kind, durations, partition, call.span))
  return located(window, { text: context.text, at: call.span })
}

/** The rows that are put into windows: `TABLE t [PARTITION BY …]`, or a query in parentheses. */
function boundData(
  context: BinderContext,
  kind: WindowKind,
  data: SqlExpression | undefined,
  call: Call,
): { readonly input: PlanNode; readonly partitionBy: readonly SqlExpression[] } {
  if (data?.kind === 'table-argument' && isPath(data.source))
    return { input: bindTablePath(context, data.source), partitionBy: data.partitionBy }
  if (data?.kind === 'subquery') return { input: bindQuery(context, data.query), partitionBy: [] }
  throw new InvalidSqlError({
    problem: `The first argument of ${kind} must be TABLE and a table's name`,
    remedy:
      data?.kind === 'column'
        ? `Write ${kind}(TABLE ${data.path.map(p => p.name).join('.')}, …).`
        : `Name the sub-query with WITH or CREATE VIEW, and write ${kind}(TABLE name, …).`,
    at: data?.span ?? call.span,
  })
}

/**
 * A window of GROUP BY: `TUMBLE(ts, size)`, `HOP(ts, slide, size)`.
 *
 * @returns the time column and the window, to be set below the aggregation
 */
export function bindGroupWindow(
  context: BinderContext,
  scope: Scope,
  call: Call,
): { readonly timeColumn: number; readonly window: WindowSpec } {
  const kind = functionName(call).replace(/_.*/, '') as WindowKind
  const [time, ...rest] = call.args
  const column =
    time && bindExpression({ environment: context.environment, scope, clause: 'GROUP BY' }, time)
  if (column?.kind !== 'column' || !isTime(column.type))
    throw new InvalidSqlWindowError({
      problem: `${kind} needs an event-time column as its first argument`,
      remedy: 'Declare WATERMARK FOR the column on its table.',
      at: time?.span ?? call.span,
    })
  const names = PARAMETERS[kind].slice(0, kind === 'HOP' ? 2 : 1)
  if (rest.length !== names.length)
    throw new InvalidSqlWindowError({
      problem: `${kind} in GROUP BY takes the time column and ${names.join(' and ')}`,
      remedy: `Write ${kind}(ts, ${names.map(() => "INTERVAL '1' MINUTE").join(', ')}), or use the table function ${kind}.`,
      at: call.span,
    })
  const args = new Map(names.map((name, i) => [name, rest[i] as SqlExpression]))
  const window = specOf(kind, durationsOf(context, kind, args, call), [], call.span)
  if (window.kind === 'hop' && window.sizeMs < window.slideMs)
    throw new InvalidSqlWindowError({
      problem: `The windows of ${window.sizeMs} ms every ${window.slideMs} ms leave gaps`,
      remedy: 'Make the size at least as long as the slide.',
      at: call.span,
    })
  return { timeColumn: column.index, window }
}

function namedArguments(kind: WindowKind, call: Call): ReadonlyMap<string, SqlExpression> {
  const names =
    kind === 'SESSION' && call.args.length === 4
      ? ['DATA', 'TIMECOL', 'GAP', 'OFFSET']
      : ['DATA', 'TIMECOL', ...PARAMETERS[kind]]
  const args = new Map<string, SqlExpression>()
  for (const [i, arg] of call.args.entries()) {
    const name = arg.kind === 'named-argument' ? arg.name.name.toUpperCase() : names[i]
    if (name === undefined || !names.includes(name))
      throw new InvalidSqlWindowError({
        problem: `${kind} has no argument ${name ?? i + 1}`,
        remedy: `Its arguments are ${names.join(', ')}.`,
        at: arg.span,
      })
    args.set(name, arg.kind === 'named-argument' ? arg.value : arg)
  }
  return args
}

const isPath = (source: Path | object): source is Path => Array.isArray(source)

function indexOf(input: PlanNode, column: Path[number]): number {
  const index = input.schema.findIndex(c => c.name === column.name)
  if (index >= 0) return index
  throw new UnknownColumnError({
    column: column.name,
    available: input.schema.map(c => c.name),
    at: column.span,
  })
}

function requireTime(input: PlanNode, index: number, at: SourceSpan): void {
  const column = input.schema[index]
  if (!column || isTime(column.type)) return
  throw new InvalidSqlWindowError({
    problem: `A window needs an event-time column; "${column.name}" is ${formatType(column.type)}`,
    remedy: rowtimeRemedy(input, column),
    at,
  })
}

/** Event time or processing time. */
const isTime = (type: DataType): boolean => isRowtime(type) || isProctime(type)

function rowtimeRemedy(input: PlanNode, { name, type }: Column): string {
  const known = input.schema.filter(c => isRowtime(c.type)).map(c => `"${c.name}"`)
  if (known.length > 0) return `Its event time is ${known.join(' or ')}.`
  return isTimestamp(type)
    ? `Declare WATERMARK FOR ${name} AS ${name} - INTERVAL '5' SECOND on the table it comes from.`
    : "Declare a TIMESTAMP(3) column ts with WATERMARK FOR ts AS ts - INTERVAL '5' SECOND on the table it comes from."
}

function columnOf(input: PlanNode, e: SqlExpression): number {
  const [name, field] = e.kind === 'column' ? e.path : []
  if (name && !field) return indexOf(input, name)
  throw new InvalidSqlWindowError({
    problem: 'PARTITION BY of a window takes columns only',
    remedy: 'Compute the value as a column of a view, and partition by that.',
    at: e.span,
  })
}

function durationsOf(
  context: BinderContext,
  kind: WindowKind,
  args: ReadonlyMap<string, SqlExpression>,
  call: Call,
): ReadonlyMap<string, number> {
  const scope = new Scope([], [])
  const found = new Map<string, number>()
  for (const name of PARAMETERS[kind]) {
    const arg = args.get(name)
    if (!arg) {
      if (name === 'OFFSET') continue
      throw new InvalidSqlWindowError({
        problem: `${kind} lacks its ${name}`,
        remedy: `Its arguments are DATA, TIMECOL, ${PARAMETERS[kind].join(', ')}.`,
        at: call.span,
      })
    }
    const bound = bindExpression(
      { environment: context.environment, scope, clause: 'a window' },
      arg,
    )
    found.set(name, milliseconds(bound, name, arg.span))
  }
  return found
}

function milliseconds(e: Expression, name: string, at: SourceSpan): number {
  if (e.kind === 'literal' && e.type.kind === 'interval_day') return e.value as number
  throw new InvalidSqlWindowError({
    problem:
      e.type.kind === 'interval_year'
        ? `The window's ${name} is of months or years, which differ in length`
        : `The window's ${name} must be a constant INTERVAL`,
    remedy: "Write it in days or smaller units, such as INTERVAL '1' DAY.",
    at,
  })
}

function specOf(
  kind: WindowKind,
  durations: ReadonlyMap<string, number>,
  partition: readonly number[],
  at: SourceSpan,
): WindowSpec {
  const get = (name: string): number => durations.get(name) ?? 0
  for (const [name, ms] of durations)
    if (name !== 'OFFSET' && ms <= 0)
      throw new InvalidSqlWindowError({
        problem: `The window's ${name.toLowerCase()} must be positive`,
        remedy: "Give a duration such as INTERVAL '15' MINUTE.",
        at,
      })
  const sizeMs = get('SIZE')
  const offsetMs = get('OFFSET')
  switch (kind) {
    case 'TUMBLE':
      return { kind: 'tumble', sizeMs, offsetMs }
    case 'HOP':
      return { kind: 'hop', sizeMs, slideMs: get('SLIDE'), offsetMs }
    case 'CUMULATE':
      requireMultiple(sizeMs, get('STEP'), 'step', at)
      return { kind: 'cumulate', maxSizeMs: sizeMs, stepMs: get('STEP'), offsetMs }
    default:
      return { kind: 'session', gapMs: get('GAP'), partition }
  }
}

function requireMultiple(sizeMs: number, unitMs: number, unit: string, at: SourceSpan): void {
  if (sizeMs % unitMs === 0) return
  throw new InvalidSqlWindowError({
    problem: `The window's size of ${sizeMs} ms is no multiple of its ${unit} of ${unitMs} ms`,
    remedy: `Make the size a multiple of the ${unit}.`,
    at,
  })
}
