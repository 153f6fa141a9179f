// Constructors of plan nodes: they derive each node's schema, so that SQL and the Table API cannot disagree about it.

import type { DataType } from '../types/data-type.ts'
import { isTimestamp, notNull, types, withNullable, afterComputation } from '../types/data-type.ts'
import type { Column, Schema } from '../types/schema.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { Row } from '../types/value.ts'
import type {
  AggregateCall,
  Expression,
  NamedExpression,
  PositionCall,
  SortKey,
} from './expression.ts'
import type {
  AggregateNode,
  FilterNode,
  JoinKind,
  JoinNode,
  LateRowsNode,
  MatchNode,
  OverFrame,
  OverNode,
  PlanNode,
  ProcessNode,
  ProjectNode,
  RankNode,
  ScanNode,
  SetOperationNode,
  SinkNode,
  SortNode,
  TemporalJoinNode,
  UnionNode,
  UnnestNode,
  ValuesNode,
  WatermarkNode,
  WindowNode,
  WindowSpec,
} from './node.ts'
import type { ProcessFunction } from './process-function.ts'

/** Reads all columns of a table. */
export function createScan(table: TableDescriptor): ScanNode {
  return { kind: 'scan', schema: table.schema, table, columns: table.schema.map((_, i) => i) }
}

export function createValues(schema: Schema, rows: readonly Row[]): ValuesNode {
  return { kind: 'values', schema, rows }
}

/** The input's column at `index` as an expression. */
export function columnAt(input: PlanNode, index: number): Expression {
  const { name, type } = input.schema[index] as Column
  return { kind: 'column', index, name, type }
}

export function createFilter(input: PlanNode, condition: Expression): FilterNode {
  return { kind: 'filter', schema: input.schema, input, condition }
}

export function createProject(input: PlanNode, columns: readonly NamedExpression[]): ProjectNode {
  return { kind: 'project', schema: columns.map(columnOf), input, columns }
}

const columnOf = ({ name, expression }: NamedExpression): Column => ({
  name,
  type: expression.type,
})

/**
 * Marks `column` as the event-time attribute.
 *
 * @param type the attribute's type: in a stream of Flink's it has milliseconds, whatever the column has
 */
export function createWatermark(
  input: PlanNode,
  column: number,
  watermark: Expression,
  type: DataType | undefined = input.schema[column]?.type,
): WatermarkNode {
  const schema = input.schema.map((c, i) =>
    i === column && type !== undefined && isTimestamp(type)
      ? { ...c, type: { ...type, attribute: 'rowtime' as const } }
      : c,
  )
  return { kind: 'watermark', schema, input, column, watermark }
}

/**
 * Appends `window_start`, `window_end` (TIMESTAMP(3)) and `window_time` (the time attribute's type): all NOT NULL.
 *
 * `window_time` takes over as the event-time attribute; the column it came from is a former one, as in Flink.
 */
export function createWindow(input: PlanNode, timeColumn: number, window: WindowSpec): WindowNode {
  const { type } = input.schema[timeColumn] as Column
  const edge = notNull(types.timestamp(3))
  const schema: Schema = [
    ...input.schema.map((c, i) =>
      i === timeColumn ? { ...c, type: afterComputation(c.type) } : c,
    ),
    { name: 'window_start', type: edge },
    { name: 'window_end', type: edge },
    { name: 'window_time', type: withNullable(type, false) },
  ]
  return { kind: 'window', schema, input, timeColumn, window }
}

/** The rows that a window drops; behind the watermark, their time is no event time any more. */
export function createLateRows(
  input: PlanNode,
  timeColumn: number,
  window: WindowSpec,
): LateRowsNode {
  const schema = input.schema.map(c => ({ ...c, type: afterComputation(c.type) }))
  return { kind: 'late-rows', schema, input, timeColumn, window }
}

/**
 * Keys, then aggregates. With grouping sets one more column, `$grouping`: a bit a key, the first key's the highest, set when the key is
 * not in the row's set.
 */
export function createAggregate(
  input: PlanNode,
  keys: readonly NamedExpression[],
  aggregates: readonly AggregateCall[],
  groupingSets?: readonly (readonly number[])[],
): AggregateNode {
  const schema = [
    ...keys.map((key, i) =>
      groupingSets?.some(set => !set.includes(i)) ? nullable(columnOf(key)) : columnOf(key),
    ),
    ...aggregates.map(call => ({
      name: call.name,
      // Only without keys there is a group without rows.
      type: keys.length === 0 || mayBeNull(call) ? call.type : notNull(call.type),
    })),
    ...(groupingSets ? [{ name: '$grouping', type: notNull(types.int) }] : []),
  ]
  return {
    kind: 'aggregate',
    schema,
    input,
    keys,
    aggregates,
    ...(groupingSets ? { groupingSets } : {}),
  }
}

/** Whether the aggregate of a group that has rows may be NULL. */
const mayBeNull = ({ binding, filter, args }: AggregateCall): boolean =>
  !binding.isNullOnlyIfEmpty || filter !== undefined || args.some(a => a.type.nullable)

const nullable = (column: Column): Column => ({ ...column, type: withNullable(column.type, true) })

/** @param condition over the columns of left then right */
export function createJoin(
  join: JoinKind,
  left: PlanNode,
  right: PlanNode,
  condition: Expression,
): JoinNode {
  return { kind: 'join', schema: joinSchema(join, left, right), join, left, right, condition }
}

/** Columns of left then right; those of a side that may be missing become nullable. Semi and anti joins keep the left only. */
export function joinSchema(join: JoinKind, left: PlanNode, right: PlanNode): Schema {
  if (join === 'semi' || join === 'anti') return left.schema
  const missesLeft = join === 'right' || join === 'full'
  const missesRight = join === 'left' || join === 'full'
  return [
    ...(missesLeft ? left.schema.map(nullable) : left.schema),
    ...(missesRight ? right.schema.map(nullable) : right.schema),
  ]
}

export function createTemporalJoin(
  facts: Pick<
    TemporalJoinNode,
    | 'join'
    | 'left'
    | 'right'
    | 'timeColumn'
    | 'condition'
    | 'rightKey'
    | 'rightTimeColumn'
    | 'lookup'
  >,
): TemporalJoinNode {
  const schema = joinSchema(facts.join, facts.left, facts.right)
  return { kind: 'temporal-join', schema, ...facts }
}

export interface UnnestFacts {
  readonly join?: 'inner' | 'left'
  readonly withOrdinality?: boolean
  /** Names of the appended columns; absent: the element's field names, else `EXPR$0`, `EXPR$1`. */
  readonly names?: readonly (string | undefined)[]
}

/** Appends the element's fields (ROW), the key and value (MAP), or the element. */
export function createUnnest(
  input: PlanNode,
  collection: Expression,
  { join = 'inner', withOrdinality = false, names }: UnnestFacts = {},
): UnnestNode {
  const elements = elementColumns(collection.type)
  if (withOrdinality) elements.push({ name: 'ORDINALITY', type: notNull(types.int) })
  const appended = elements.map((c, i) => ({ ...c, name: names?.[i] ?? c.name }))
  const schema = [...input.schema, ...(join === 'left' ? appended.map(nullable) : appended)]
  return { kind: 'unnest', schema, input, join, collection, withOrdinality }
}

function elementColumns(type: DataType): Column[] {
  if (type.kind === 'map')
    return [
      { name: 'EXPR$0', type: type.key },
      { name: 'EXPR$1', type: type.value },
    ]
  if (type.kind !== 'array' && type.kind !== 'multiset') return []
  const { element } = type
  if (element.kind !== 'row') return [{ name: 'EXPR$0', type: element }]
  return element.fields.map(({ name, type: field }) => ({
    name,
    type: withNullable(field, field.nullable || element.nullable),
  }))
}

/** @param rankName the appended column of the rank (BIGINT NOT NULL); absent: not appended */
export function createRank(
  facts: Pick<RankNode, 'input' | 'function' | 'partition' | 'order' | 'from' | 'to'>,
  rankName?: string,
): RankNode {
  const { schema } = facts.input
  return {
    kind: 'rank',
    schema:
      rankName === undefined
        ? schema
        : [...schema, { name: rankName, type: notNull(types.bigint) }],
    ...facts,
    withRank: rankName !== undefined,
  }
}

export function createOver(facts: {
  readonly input: PlanNode
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  readonly frame: OverFrame
  readonly calls: readonly AggregateCall[]
  readonly positions?: readonly PositionCall[]
}): OverNode {
  const { positions = [] } = facts
  const { to, from } = facts.frame
  // Flink takes every frame with a distance for one that may be without rows.
  const hasEmptyFrame = 'offset' in to || 'offset' in from
  const appended = [
    ...facts.calls.map(call => ({
      name: call.name,
      type: hasEmptyFrame || mayBeNull(call) ? call.type : notNull(call.type),
    })),
    ...positions.map(({ name, type }) => ({ name, type })),
  ]
  return { kind: 'over', schema: [...facts.input.schema, ...appended], ...facts, positions }
}

/** The partition's columns (plain columns of the input), then the measures. */
export function createMatch(
  facts: Pick<MatchNode, 'input' | 'partition' | 'order' | 'definition' | 'measures'>,
): MatchNode {
  const keys = facts.partition.map(e => ({
    name: e.kind === 'column' ? e.name : 'EXPR$0',
    type: e.type,
  }))
  return { kind: 'match', schema: [...keys, ...facts.measures.columns.map(columnOf)], ...facts }
}

export function createSort(
  input: PlanNode,
  order: readonly SortKey[],
  bounds: { readonly offset?: number; readonly limit?: number | undefined } = {},
): SortNode {
  const { offset = 0, limit } = bounds
  return {
    kind: 'sort',
    schema: input.schema,
    input,
    order,
    offset,
    ...(limit === undefined ? {} : { limit }),
  }
}

/** UNION ALL; the inputs have the same column types, the names are the first's. */
export function createUnion(inputs: readonly PlanNode[]): UnionNode {
  return { kind: 'union', schema: schemaOfAll(inputs), inputs }
}

export function createSetOperation(
  facts: Pick<SetOperationNode, 'operation' | 'all' | 'left' | 'right'>,
): SetOperationNode {
  return { kind: 'set-operation', schema: schemaOfAll([facts.left, facts.right]), ...facts }
}

/** The first input's columns, nullable where those of any are. */
function schemaOfAll(inputs: readonly PlanNode[]): Schema {
  const [first] = inputs
  return (first as PlanNode).schema.map((c, i) =>
    inputs.some(input => input.schema[i]?.type.nullable) ? nullable(c) : c,
  )
}

/** @param schema of the output that is read */
export function createProcess(
  input: PlanNode,
  keys: readonly Expression[],
  process: ProcessFunction,
  schema: Schema,
  output = 'main',
): ProcessNode {
  return { kind: 'process', schema, input, keys, process, output }
}

export function createSink(
  input: PlanNode,
  table: TableDescriptor,
  { onConflict, overwrite }: InsertChoices = {},
): SinkNode {
  return {
    kind: 'sink',
    schema: input.schema,
    input,
    table,
    ...(onConflict && { onConflict }),
    ...(overwrite && { overwrite }),
  }
}

/** What INSERT says of the rows that are there already. */
interface InsertChoices {
  readonly onConflict?: SinkNode['onConflict'] | undefined
  readonly overwrite?: boolean | undefined
}
