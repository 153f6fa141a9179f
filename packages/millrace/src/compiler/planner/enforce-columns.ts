// What a sink's columns are declared as is held before rows reach it: NOT NULL, and the lengths of texts and bytes.

import { castBinding } from '../../functions/conversion/cast-binding.ts'
import { EvaluationError } from '../../functions/evaluation-error.ts'
import { isProblem, type ScalarBinding } from '../../functions/function-definition.ts'
import { codePointLength } from '../../functions/string/code-points.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import { type DataType, formatType, notNull, types } from '../../types/data-type.ts'
import { InternalError } from '../../types/errors.ts'
import type { Column } from '../../types/schema.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { Value } from '../../types/value.ts'
import type { ExecNode } from '../exec-node.ts'
import type { PhysicalPlanner } from './physical-planner.ts'

const LENGTH_SETTING = 'table.exec.sink.type-length-enforcer'
const NULL_SETTING = 'table.exec.sink.not-null-enforcer'
const BOOLEAN = notNull(types.boolean)

type ColumnExpression = Extract<Expression, { kind: 'column' }>
type SizedType = Extract<DataType, { readonly length: number }>

/**
 * The rows of `input` as the table's columns are declared: a NULL in a column that is NOT NULL is an error of its row, or drops it;
 * a text or bytes of another length go as they are, are cut and padded, or are an error of their row.
 *
 * @see Flink's table.exec.sink.not-null-enforcer and type-length-enforcer; where it fails on NULLs in columns with a length, they pass
 */
export function enforceColumns(
  planner: PhysicalPlanner,
  input: ExecNode,
  table: TableDescriptor,
): ExecNode {
  const setting = (key: string) => planner.settings.options?.get(key)?.toLowerCase()
  const drops = setting(NULL_SETTING) === 'drop'
  const lengths = setting(LENGTH_SETTING)
  const conditions: Expression[] = []
  const columns = table.schema.map((column, index): NamedExpression => {
    const { type } = input.schema[index] as Column
    const value: ColumnExpression = { kind: 'column', index, name: column.name, type }
    if (mayBreakNotNull(type, column.type))
      conditions.push(drops ? isNotNull(value) : requireNotNull(value, table))
    const size = sizeOf(column.type)
    if (size && lengths === 'error') conditions.push(requireLength(value, size, table))
    const expression =
      size && lengths === 'trim_pad' ? trimmed(planner, value, size) : (value as Expression)
    return { name: column.name, expression }
  })
  const isKept = columns.every(c => c.expression.kind === 'column')
  if (isKept && conditions.length === 0) return input
  const [first] = conditions
  return planner.calc(
    input,
    columns,
    conditions.length > 1 ? { kind: 'logical', op: 'and', type: BOOLEAN, args: conditions } : first,
  )
}

/** A DECIMAL that overflows is NULL, whatever it is declared as. */
const mayBreakNotNull = (from: DataType, to: DataType): boolean =>
  !to.nullable && (from.nullable || from.kind === 'null' || from.kind === 'decimal')

/** Of types with a length that is bounded. */
function sizeOf(type: DataType): SizedType | undefined {
  switch (type.kind) {
    case 'char':
    case 'binary':
      return type
    case 'varchar':
      return type.length < (types.string as SizedType).length ? type : undefined
    case 'varbinary':
      return type.length < (types.bytes as SizedType).length ? type : undefined
    default:
      return undefined
  }
}

const call = (
  name: string,
  value: ColumnExpression,
  binding: Pick<ScalarBinding, 'nulls' | 'evaluate' | 'emit'>,
): Expression => ({
  kind: 'call',
  name,
  type: BOOLEAN,
  args: [value],
  binding: { parameters: [value.type], returns: BOOLEAN, ...binding },
})

const isNotNull = (value: ColumnExpression): Expression =>
  call('IS_NOT_NULL', value, {
    nulls: 'own',
    evaluate: (v: Value) => v !== null,
    emit: (_, [atom]) => `(${atom} !== null)`,
  })

const requireNotNull = (value: ColumnExpression, { name }: TableDescriptor): Expression =>
  call('REQUIRE_NOT_NULL', value, {
    nulls: 'own',
    evaluate(v: Value) {
      if (v !== null) return true
      throw new EvaluationError(
        `column "${value.name}" of table ${name} is NOT NULL, but gets a NULL`,
        `Filter such rows out, or SET '${NULL_SETTING}' = 'DROP'.`,
      )
    },
  })

const requireLength = (
  value: ColumnExpression,
  type: SizedType,
  { name }: TableDescriptor,
): Expression => {
  const isExact = type.kind === 'char' || type.kind === 'binary'
  return call('REQUIRE_LENGTH', value, {
    nulls: 'own',
    evaluate(v: string | Uint8Array | null) {
      if (v === null) return true
      const length = typeof v === 'string' ? codePointLength(v) : v.length
      if (isExact ? length === type.length : length <= type.length) return true
      throw new EvaluationError(
        `column "${value.name}" of table ${name} is ${formatType({ ...type, nullable: true })}, but gets a value of length ${length}`,
        `Cast it, or SET '${LENGTH_SETTING}' = 'TRIM_PAD' or 'IGNORE'.`,
      )
    },
  })
}

/** The value as a CAST of an unbounded one makes it: what it is declared as need not hold. */
function trimmed({ settings }: PhysicalPlanner, arg: ColumnExpression, to: SizedType): Expression {
  const isText = to.kind === 'char' || to.kind === 'varchar'
  const from = { ...(isText ? types.string : types.bytes), nullable: arg.type.nullable }
  const session = { timeZone: settings.timeZone ?? 'UTC' }
  const binding = castBinding(from, to, session, { safe: false })
  if (isProblem(binding)) throw new InternalError(binding.problem)
  return { kind: 'cast', type: binding.returns, arg, safe: false, binding }
}
