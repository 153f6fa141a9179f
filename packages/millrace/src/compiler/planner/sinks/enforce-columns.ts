// What a sink's columns are declared as is held before rows reach it: NOT NULL, and the lengths of texts and bytes.

import { castBinding } from '../../../functions/conversion/cast-binding.ts'
import { EvaluationError } from '../../../functions/evaluation-error.ts'
import { isProblem, type ScalarBinding } from '../../../functions/function-definition.ts'
import { codePointLength } from '../../../functions/string/code-points.ts'
import type { Expression, NamedExpression } from '../../../plan/expression.ts'
import { type DataType, formatType, notNull, types } from '../../../types/data-type.ts'
import { InternalError } from '../../../types/errors.ts'
import type { Column } from '../../../types/schema.ts'
import type { TableDescriptor } from '../../../types/table-descriptor.ts'
import type { Value } from '../../../types/value.ts'
import type { ExecNode } from '../../exec-node.ts'
import {
  type LengthCheck,
  nestedCheck,
  type NestedChecks,
  type NestedScope,
} from './enforce-nested.ts'
import { createCalc } from '../create-calc.ts'
import type { Planner } from '../planner.ts'
import { PlanError } from '../plan-error.ts'

const LENGTH_SETTING = 'table.exec.sink.type-length-enforcer'
const NULL_SETTING = 'table.exec.sink.not-null-enforcer'
const NESTED_SETTING = 'table.exec.sink.nested-constraint-enforcer'
const BOOLEAN = notNull(types.boolean)

type ColumnExpression = Extract<Expression, { kind: 'column' }>
type SizedType = Extract<DataType, { readonly length: number }>

/**
 * The rows of `input` as the table's columns are declared: a NULL in a column that is NOT NULL is an error of its row, or drops it;
 * a text or bytes of another length go as they are, are cut and padded, or are an error of their row. Inside of rows and collections
 * this holds where a setting says so.
 *
 * @throws {PlanError} `MR_SQL_UNSUPPORTED` when values inside of collections would have to be cut
 * @see Flink's table.exec.sink.not-null-enforcer, type-length-enforcer and nested-constraint-enforcer; where it fails on NULLs in
 *   columns with a length, they pass
 */
export function enforceColumns(
  planner: Planner,
  input: ExecNode,
  table: TableDescriptor,
): ExecNode {
  const setting = (key: string) => planner.settings.options?.get(key)?.toLowerCase()
  const drops = setting(NULL_SETTING) === 'drop'
  const lengths = setting(LENGTH_SETTING)
  const scope = setting(NESTED_SETTING) ?? 'ignore'
  const checks: NestedChecks | undefined =
    scope === 'ignore'
      ? undefined
      : {
          scope: scope as NestedScope,
          dropsNulls: drops,
          lengthProblem: lengths === 'error' ? lengthCheck : undefined,
          remedies: { nulls: NULL_REMEDY, lengths: LENGTH_REMEDY },
        }
  const conditions: Expression[] = []
  const columns = table.schema.map((column, index): NamedExpression => {
    const { type } = input.schema[index] as Column
    const value: ColumnExpression = { kind: 'column', index, name: column.name, type }
    if (mayBreakNotNull(type, column.type))
      conditions.push(drops ? isNotNull(value) : requireNotNull(value, table))
    const size = sizeOf(column.type)
    if (size && lengths === 'error') conditions.push(requireLength(value, size, table))
    const check = checks && nestedCheck(column, table.name, checks)
    if (check) conditions.push(requireParts(value, check))
    const trims = lengths === 'trim_pad' && (size !== undefined || (checks && hasSize(column.type)))
    if (!trims) return { name: column.name, expression: value }
    if (!size && scope === 'rows_and_collections') throw collectionsAreNotTrimmed(table, column)
    return { name: column.name, expression: trimmed(planner, value, column.type) }
  })
  const isKept = columns.every(c => c.expression.kind === 'column')
  if (isKept && conditions.length === 0) return input
  const [first] = conditions
  return createCalc(
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

/** Whether a part of a row, not of a collection, has a length that is bounded. */
const hasSize = (type: DataType): boolean =>
  sizeOf(type) !== undefined || (type.kind === 'row' && type.fields.some(f => hasSize(f.type)))

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
        NULL_REMEDY,
      )
    },
  })

const requireLength = (
  value: ColumnExpression,
  type: SizedType,
  { name }: TableDescriptor,
): Expression => {
  const check = lengthCheck(type)
  return call('REQUIRE_LENGTH', value, {
    nulls: 'own',
    evaluate(v: string | Uint8Array | null) {
      const problem = v === null ? undefined : check?.(v)
      if (problem === undefined) return true
      throw new EvaluationError(`column "${value.name}" of table ${name} ${problem}`, LENGTH_REMEDY)
    },
  })
}

const requireParts = (value: ColumnExpression, check: (value: Value) => boolean): Expression =>
  call('REQUIRE_PARTS', value, { nulls: 'own', evaluate: check })

/** What is wrong with the length of a text or bytes; undefined for types without one. */
function lengthCheck(type: DataType): LengthCheck | undefined {
  const size = sizeOf(type)
  if (!size) return undefined
  const isExact = size.kind === 'char' || size.kind === 'binary'
  return value => {
    const length = typeof value === 'string' ? codePointLength(value) : (value as Uint8Array).length
    if (isExact ? length === size.length : length <= size.length) return undefined
    return `is ${formatType({ ...size, nullable: true })}, but gets a value of length ${length}`
  }
}

/** The value as a CAST of an unbounded one makes it: what it is declared as need not hold. */
function trimmed({ settings }: Planner, arg: ColumnExpression, declared: DataType): Expression {
  const from = { ...withoutLengths(declared), nullable: arg.type.nullable }
  const to = { ...declared, nullable: arg.type.nullable }
  const session = { timeZone: settings.timeZone ?? 'UTC' }
  const binding = castBinding(from, to, session, { safe: false })
  if (isProblem(binding)) throw new InternalError(binding.problem)
  return { kind: 'cast', type: binding.returns, arg, safe: false, binding }
}

/** Of texts and bytes, also in the fields of rows. */
function withoutLengths(type: DataType): DataType {
  switch (type.kind) {
    case 'char':
    case 'varchar':
      return { ...types.string, nullable: type.nullable }
    case 'binary':
    case 'varbinary':
      return { ...types.bytes, nullable: type.nullable }
    case 'row':
      return {
        ...type,
        fields: type.fields.map(f => ({ ...f, type: withoutLengths(f.type) })),
      }
    default:
      return type
  }
}

const collectionsAreNotTrimmed = ({ name }: TableDescriptor, column: Column): PlanError =>
  new PlanError(
    'MR_SQL_UNSUPPORTED',
    `column "${column.name}" of table ${name}: '${LENGTH_SETTING}' = 'TRIM_PAD' cannot cut values inside of collections`,
    `SET '${NESTED_SETTING}' = 'ROWS', or '${LENGTH_SETTING}' = 'ERROR'.`,
  )

const NULL_REMEDY = `Filter such rows out, or SET '${NULL_SETTING}' = 'DROP'.`
const LENGTH_REMEDY = `Cast it, or SET '${LENGTH_SETTING}' = 'TRIM_PAD' or 'IGNORE'.`
