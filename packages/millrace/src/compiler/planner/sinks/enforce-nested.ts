// What a sink's columns are declared as inside of rows and collections: NOT NULL, and the lengths of texts and bytes.

import { EvaluationError } from '../../../functions/evaluation-error.ts'
import type { DataType } from '../../../types/data-type.ts'
import type { Column } from '../../../types/schema.ts'
import type { Value } from '../../../types/value.ts'

/** How deep the declarations count, as `table.exec.sink.nested-constraint-enforcer` says. */
export type NestedScope = 'rows' | 'rows_and_collections'

export interface NestedChecks {
  readonly scope: NestedScope
  /** A NULL drops the row; else it is an error. */
  readonly dropsNulls: boolean
  /** What is wrong with a value of this type by its length; absent: nothing. */
  readonly lengthProblem: ((type: DataType) => LengthCheck | undefined) | undefined
  readonly remedies: { readonly nulls: string; readonly lengths: string }
}

export type LengthCheck = (value: Value) => string | undefined

interface Problem {
  /** Behind the column's name, such as `.r[0].x`. */
  readonly path: string
  readonly text: string
  readonly isNull: boolean
}

type Check = (value: Value) => Problem | undefined

/**
 * Whether a value of the column may be written, by what its parts are declared as; undefined when they may be anything.
 *
 * @throws {EvaluationError} from the returned function, with the part's path
 */
export function nestedCheck(
  { name, type }: Column,
  table: string,
  checks: NestedChecks,
): ((value: Value) => boolean) | undefined {
  const check = partsOf(type, checks)
  if (!check) return undefined
  return value => {
    const problem = check(value)
    if (!problem) return true
    if (problem.isNull && checks.dropsNulls) return false
    throw new EvaluationError(
      `column "${name}${problem.path}" of table ${table} ${problem.text}`,
      problem.isNull ? checks.remedies.nulls : checks.remedies.lengths,
    )
  }
}

/** A value inside of another: itself, and what is in it. */
function partOf(type: DataType, checks: NestedChecks): Check | undefined {
  const parts = partsOf(type, checks)
  const length = checks.lengthProblem?.(type)
  if (type.nullable && !parts && !length) return undefined
  return value => {
    if (value === null)
      return type.nullable
        ? undefined
        : { path: '', text: 'is NOT NULL, but gets a NULL', isNull: true }
    const text = length?.(value)
    return text === undefined ? parts?.(value) : { path: '', text, isNull: false }
  }
}

function partsOf(type: DataType, checks: NestedChecks): Check | undefined {
  if (type.kind === 'row') return fieldsOf(type.fields, checks)
  if (checks.scope === 'rows') return undefined
  if (type.kind === 'array') {
    const element = partOf(type.element, checks)
    return element && (value => firstOf(value as readonly Value[], i => `[${i}]`, element))
  }
  if (type.kind !== 'map' && type.kind !== 'multiset') return undefined
  const key = partOf(type.kind === 'map' ? type.key : type.element, checks)
  const content = type.kind === 'map' ? partOf(type.value, checks) : undefined
  if (!key && !content) return undefined
  return value => {
    if (value === null) return undefined
    const entries = value as ReadonlyMap<Value, Value>
    return (
      (key && firstOf([...entries.keys()], () => '[key]', key)) ??
      (content && firstOf([...entries.values()], () => '[value]', content))
    )
  }
}

function fieldsOf(
  fields: readonly { readonly name: string; readonly type: DataType }[],
  checks: NestedChecks,
): Check | undefined {
  const checked = fields.flatMap(({ name, type }, index) => {
    const check = partOf(type, checks)
    return check ? [{ index, name, check }] : []
  })
  if (checked.length === 0) return undefined
  return value => {
    if (value === null) return undefined
    for (const { index, name, check } of checked) {
      const problem = check((value as readonly Value[])[index] ?? null)
      if (problem) return { ...problem, path: `.${name}${problem.path}` }
    }
    return undefined
  }
}

function firstOf(
  values: readonly Value[] | null,
  placeOf: (index: number) => string,
  check: Check,
): Problem | undefined {
  for (const [i, value] of values?.entries() ?? []) {
    const problem = check(value)
    if (problem) return { ...problem, path: placeOf(i) + problem.path }
  }
  return undefined
}
