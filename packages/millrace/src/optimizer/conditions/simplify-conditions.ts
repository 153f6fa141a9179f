// Shorter expressions of the same meaning, in three-valued logic; in a filter, where UNKNOWN is as good as FALSE, shorter still.
//
//   everywhere   NOT (a > b) ─► a <= b;  NOT NOT a ─► a;  NOT (a OR b) ─► NOT a AND NOT b;  a AND a ─► a;
//                a BETWEEN b AND c ─► a >= b AND a <= c;  a IS NULL OR a IS NOT NULL ─► TRUE;
//                n IS NULL ─► FALSE for a column that is NOT NULL;  CASE WHEN c THEN TRUE ELSE FALSE END ─► c IS TRUE
//   in a filter  c IS TRUE ─► c;  a = a ─► a IS NOT NULL;  a > 5 AND a > 3 ─► a > 5;  a > 5 AND a < 3 ─► FALSE
//
// Unsafe, and not done: on FLOAT and DOUBLE, where NaN compares with nothing; on what can fail or differs each time it is evaluated;
// by the type of computed values, which may say NOT NULL of a DECIMAL that overflows.

import { createBuiltInRegistry } from '../../functions/built-in.ts'
import { createCall, createLogical } from '../../plan/create-expression.ts'
import { createFilter } from '../../plan/create-node.ts'
import type {
  CallExpression,
  CaseExpression,
  Expression,
  LogicalExpression,
} from '../../plan/expression.ts'
import { mapExpressions } from '../../plan/map-children.ts'
import type { PlanNode, SinkNode } from '../../plan/node.ts'
import { transformExpression, transformPlan } from '../../plan/transform.ts'
import type { DataType } from '../../types/data-type.ts'
import { notNull, sameType, types } from '../../types/data-type.ts'
import {
  allOf,
  canFail,
  conjunctsOf,
  isConstant,
  isDeterministic,
  isTrivial,
} from '../expression-facts.ts'
import { narrowRanges } from './narrow-ranges.ts'
import { remembered } from './remembered.ts'
import { StructuralKeys } from '../structural-key.ts'

/** The statements with simpler expressions. */
export function simplifyConditions(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, simplifyNode, done) as SinkNode)
}

function simplifyNode(node: PlanNode): PlanNode {
  const simpler = mapExpressions(node, simplifyExpression)
  if (simpler.kind !== 'filter') return simpler
  const condition = simplifyFilter(simpler.condition)
  return condition === simpler.condition ? simpler : createFilter(simpler.input, condition)
}

const environment = { functions: createBuiltInRegistry(), session: { timeZone: 'UTC' } }
const keys = new StructuralKeys()
const keyOf = remembered((e: Expression): string => JSON.stringify(keys.expression(e)))
const call = (name: string, ...args: readonly Expression[]) => createCall(environment, name, args)
const boolean = (value: boolean): Expression => ({
  kind: 'literal',
  type: notNull(types.boolean),
  value,
})

/** The expression, simpler; equal to it for every row. */
export const simplifyExpression = remembered(
  (e: Expression): Expression => transformExpression(e, simplifyOnce),
)

function simplifyOnce(e: Expression): Expression {
  switch (e.kind) {
    case 'logical':
      return simplifyLogical(e)
    case 'case':
      return simplifyCase(e)
    case 'call':
      return simplifyCall(e)
    default:
      return e
  }
}

const INVERSE: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  'IS NULL': 'IS NOT NULL',
  'IS NOT NULL': 'IS NULL',
}

function simplifyCall(e: CallExpression): Expression {
  const [arg] = e.args
  if (arg && isTrivial(arg) && (e.name === 'BETWEEN' || e.name === 'NOT BETWEEN'))
    return simplifyBetween(e)
  if (!arg || !e.binding.emit) return e
  if (e.name === 'NOT' && arg.kind === 'logical' && arg.op === 'or')
    return { ...arg, op: 'and', args: arg.args.map(a => simplifyOnce(call('NOT', a))) }
  if (e.name === 'NOT' && arg.kind === 'call' && arg.binding.emit) {
    if (arg.name === 'NOT') return arg.args[0] as Expression
    const inverse = INVERSE[arg.name]
    if (inverse && arg.args.every(a => isOrdered(a.type))) return call(inverse, ...arg.args)
  }
  if (e.name === 'IS NULL' && isNeverNull(arg)) return boolean(false)
  if (e.name === 'IS NOT NULL' && isNeverNull(arg)) return boolean(true)
  return e
}

/** As two comparisons, which are generated code, and which other rules know. */
function simplifyBetween(e: CallExpression): Expression {
  const [value, low, high] = e.args as readonly [Expression, Expression, Expression]
  if (e.name === 'BETWEEN') return allOf([call('>=', value, low), call('<=', value, high)])
  if (!isOrdered(value.type)) return e
  return createLogical('or', [call('<', value, low), call('>', value, high)])
}

/** Of any two values one comparison holds or its inverse. */
const isOrdered = ({ kind }: DataType): boolean => kind !== 'float' && kind !== 'double'

const isNeverNull = (e: Expression): boolean =>
  isTrivial(e) && !e.type.nullable && e.type.kind !== 'decimal' && e.type.kind !== 'null'

function simplifyLogical(e: LogicalExpression): Expression {
  const seen = new Set<string>()
  const args = e.args.filter(arg => {
    if (!isDeterministic(arg)) return true
    const key = keyOf(arg)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  if (args.some(arg => isContradicted(arg, seen)) && !args.some(canFail))
    return boolean(e.op === 'or')
  if (args.length === e.args.length) return e
  return args.length === 1 ? (args[0] as Expression) : { ...e, args }
}

/** Whether both IS NULL and IS NOT NULL of one value are there. */
function isContradicted(arg: Expression, all: ReadonlySet<string>): boolean {
  if (arg.kind !== 'call' || arg.name !== 'IS NULL' || !isDeterministic(arg)) return false
  return all.has(keyOf(call('IS NOT NULL', ...arg.args)))
}

function simplifyCase(e: CaseExpression): Expression {
  const values = [...e.branches.map(b => b.then), e.otherwise]
  const conditions = e.branches.map(b => b.when)
  const [first] = values as [Expression]
  const isSame = values.every(
    v => v.kind === first.kind && isDeterministic(v) && keyOf(v) === keyOf(first),
  )
  if (isSame && !conditions.some(canFail)) return first
  const [condition] = conditions
  if (!condition || conditions.length > 1 || !isConstant(first, true)) return e
  return isConstant(e.otherwise, false) ? isTrue(condition) : e
}

const isTrue = (condition: Expression): Expression =>
  condition.type.nullable ? call('IS TRUE', condition) : condition

/** A condition that is TRUE for the same rows. */
const simplifyFilter = remembered((condition: Expression): Expression => {
  const conditions = conjunctsOf(condition)
  const simpler = narrowRanges(conditions.map(simplifyTruth), keyOf)
  const isSame =
    simpler.length === conditions.length && simpler.every((c, i) => c === conditions[i])
  return isSame ? condition : allOf(simpler)
})

function simplifyTruth(e: Expression): Expression {
  if (e.kind === 'logical') {
    const args = e.args.map(simplifyTruth)
    return args.every((a, i) => a === e.args[i]) ? e : simplifyLogical({ ...e, args })
  }
  if (e.kind !== 'call' || !e.binding.emit) return e
  const [a, b] = e.args
  if (e.name === 'IS TRUE' && a) return simplifyTruth(a)
  const isItself =
    e.name === '=' && a && b && isOrdered(a.type) && sameType(a.type, b.type) && isDeterministic(a)
  if (!isItself || keyOf(a) !== keyOf(b)) return e
  return simplifyOnce(call('IS NOT NULL', a))
}
