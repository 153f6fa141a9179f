// Expressions to JavaScript: statements into a block, the value in an atom. NULL is `null`.

import type { Expression } from '../../plan/expression.ts'
import { assertNever } from '../../types/errors.ts'
import { PlanError } from '../planner/plan-error.ts'
import type { Value } from '../../types/value.ts'
import type { BlockScope } from './code-module.ts'
import type { EmittedColumn } from './emitted-row.ts'

/** Where expressions find their columns and the evaluation context. */
export interface EmitEnvironment {
  readonly columns: readonly EmittedColumn[]
  /** Name of the `EvaluationContext` in generated code. */
  readonly context: string
}

/** Emits the evaluation of `expression` and returns an atom with its value. */
export function emitExpression(
  scope: BlockScope,
  expression: Expression,
  env: EmitEnvironment,
): string {
  switch (expression.kind) {
    case 'literal':
      return emitLiteral(scope, expression.value)
    case 'column':
      return (env.columns[expression.index] as EmittedColumn).value(scope)
    case 'field': {
      const direct = directColumn(expression, env)
      if (direct) return direct.value(scope)
      const row = emitExpression(scope, expression.arg, env)
      const read = `${row}[${expression.index}]`
      return scope.assign(
        expression.name,
        expression.arg.type.nullable ? `${row} === null ? null : ${read}` : read,
      )
    }
    case 'call':
      return emitBound(scope, expression.name, expression.binding, expression.args, env)
    case 'cast':
      return emitBound(scope, 'cast', expression.binding, [expression.arg], env)
    case 'logical':
      return emitLogical(scope, expression.op, expression.args, env)
    case 'case':
      return emitCase(scope, expression, env)
    default:
      return assertNever(expression)
  }
}

/** The column that a plain column or field reference stands for, when it has a value of its own. */
export function directColumn(
  expression: Expression,
  env: EmitEnvironment,
): EmittedColumn | undefined {
  if (expression.kind === 'column') return env.columns[expression.index]
  if (expression.kind === 'field')
    return directColumn(expression.arg, env)?.fields?.get(expression.index)
  return undefined
}

/** Emits a condition; the returned atom is TRUE in JavaScript exactly when the SQL condition is TRUE. */
export function emitCondition(
  scope: BlockScope,
  condition: Expression,
  env: EmitEnvironment,
): string {
  const value = emitExpression(scope, condition, env)
  return condition.type.nullable ? `${value} === true` : value
}

export function emitLiteral(scope: BlockScope, value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'NaN'
    if (!Number.isFinite(value) || Object.is(value, -0)) return scope.constant(value, 'number')
    return value < 0 ? scope.assign('n', `${value}`) : String(value)
  }
  if (typeof value === 'bigint') return value < 0n ? scope.assign('n', `${value}n`) : `${value}n`
  if (typeof value === 'string') return scope.constant(value, 'text')
  return scope.constant(value, 'literal')
}

function emitBound(
  scope: BlockScope,
  name: string,
  binding: Extract<Expression, { kind: 'call' }>['binding'],
  args: readonly Expression[],
  env: EmitEnvironment,
): string {
  if (binding.async)
    throw new PlanError(
      'MR_PLAN_INVALID',
      `the async function ${name} stands where rows cannot wait for it`,
      'Call it in the SELECT list or in WHERE; elsewhere compute it in a sub-query, and use its column.',
    )
  const atoms = args.map(arg => emitExpression(scope, arg, env))
  const call = (inner: BlockScope): string => {
    if (binding.emit) return binding.emit(inner, atoms)
    const f = scope.constant(binding.evaluate, name)
    return `${f}(${(binding.usesContext ? [env.context, ...atoms] : atoms).join(', ')})`
  }
  const nullable =
    binding.nulls === 'strict'
      ? [...new Set(atoms.filter((_, i) => mayBeNull(args[i] as Expression)))]
      : []
  if (nullable.some(a => a === 'null')) return 'null'
  const guarded = nullable.filter(a => !isNonNullLiteral(a))
  if (guarded.length === 0) return scope.assign(name, call(scope))
  const result = scope.local(name)
  const inner = scope.child()
  const value = call(inner)
  const test = guarded.map(a => `${a} !== null`).join(' && ')
  if (inner.isEmpty) scope.statement(`const ${result} = ${test} ? ${value} : null`)
  else {
    scope.statement(`let ${result} = null`)
    inner.statement(`${result} = ${value}`)
    scope.statement(`if (${test}) {\n${inner.text()}\n}`)
  }
  return result
}

/** A DECIMAL that overflows is NULL even where Flink types it NOT NULL. */
function mayBeNull(expression: Expression): boolean {
  return (
    expression.type.nullable ||
    (expression.type.kind === 'decimal' && expression.kind !== 'literal')
  )
}

const isNonNullLiteral = (atom: string): boolean => /^(?:-?\d|true$|false$|text_)/.test(atom)

/** Three-valued and lazy: the next operand is evaluated only while the result is open. */
function emitLogical(
  scope: BlockScope,
  op: 'and' | 'or',
  args: readonly Expression[],
  env: EmitEnvironment,
): string {
  const decided = op === 'and' ? 'false' : 'true'
  const nullable = args.some(a => a.type.nullable)
  const [first, ...rest] = args as readonly [Expression, ...Expression[]]
  const result = scope.local(op)
  scope.statement(`let ${result} = ${emitExpression(scope, first, env)}`)
  for (const arg of rest) {
    scope.block(`if (${result} !== ${decided}) `, inner => {
      const value = emitExpression(inner, arg, env)
      inner.statement(
        nullable
          ? `if (${value} === ${decided}) ${result} = ${decided}\nelse if (${value} === null) ${result} = null`
          : `${result} = ${value}`,
      )
    })
  }
  return result
}

function emitCase(
  scope: BlockScope,
  expression: Extract<Expression, { kind: 'case' }>,
  env: EmitEnvironment,
): string {
  const result = scope.local('case')
  scope.statement(`let ${result}`)
  const emitFrom = (block: BlockScope, index: number): void => {
    const branch = expression.branches[index]
    if (!branch) {
      block.statement(`${result} = ${emitExpression(block, expression.otherwise, env)}`)
      return
    }
    const test = emitCondition(block, branch.when, env)
    block.block(`if (${test}) `, inner => {
      inner.statement(`${result} = ${emitExpression(inner, branch.then, env)}`)
    })
    block.block('else ', inner => emitFrom(inner, index + 1))
  }
  emitFrom(scope, 0)
  return result
}
