// MIN and MAX.

import {
  formatType,
  isTimestamp,
  types,
  withNullable,
  afterComputation,
  withoutAttribute,
} from '../../types/data-type.ts'
import type { DataType } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { Operands } from '../comparison/operands.ts'
import { resolveOperands } from '../comparison/operands.ts'
import type { AggregateBinding, AggregateFunction, CodeScope } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import type { CountedValues } from './counted-values.ts'
import { createCounter, mergeCounts } from './counted-values.ts'
import { SortedBags } from './sorted-counts.ts'

/** The smallest value. */
export const minimum = extremeFunction('MIN', '<', 'smallest')
/** The greatest value. */
export const maximum = extremeFunction('MAX', '>', 'greatest')

type Direction = '<' | '>'

const UNORDERED = new Set<DataType['kind']>([
  'null',
  'binary',
  'varbinary',
  'array',
  'map',
  'multiset',
  'row',
  'raw',
])

function extremeFunction(name: string, direction: Direction, word: string): AggregateFunction {
  return {
    kind: 'aggregate',
    name,
    docs: {
      group: 'aggregate',
      summary: `The ${word} of all values that are not NULL; NULL without any.`,
      examples: [[`${name}(x)`, direction === '<' ? '1' : '3']],
    },
    resolve(args, demands) {
      const [arg] = args
      if (arg === undefined || args.length !== 1) return problem('needs one argument')
      if (UNORDERED.has(arg.type.kind))
        return problem(`needs a type that has an order, not ${formatType(arg.type)}`)
      const type = isTimestamp(arg.type) ? withoutAttribute(arg.type) : arg.type
      const operands = resolveOperands(type, type)
      if (isProblem(operands)) return operands
      const insertOnly: AggregateBinding = {
        ...extremeBinding(type, operands, direction),
        returns: withNullable(afterComputation(arg.type), true),
      }
      return demands.retract ? retractable(insertOnly, type, operands, direction) : insertOnly
    },
  }
}

function extremeBinding(
  type: DataType,
  operands: Operands,
  direction: Direction,
): AggregateBinding {
  const take = (scope: CodeScope, best: string, x: string) =>
    scope.statement(
      `if (${best} === null || ${operands.emitOrder(scope, direction, x, best)}) ${best} = ${x}`,
    )
  const better = betterOf(operands, direction)
  return {
    parameters: [type],
    returns: withNullable(type, true),
    isNullOnlyIfEmpty: true,
    skipsNulls: true,
    fields: [{ name: 'best', type: withNullable(type, true), initial: 'null' }],
    accumulate: (scope, [best = ''], [x = '']) => take(scope, best, x),
    merge: (scope, [best = ''], [from = '']) =>
      scope.statement(
        `if (${from} !== null && (${best} === null || ${operands.emitOrder(scope, direction, from, best)})) ${best} = ${from}`,
      ),
    result: (_, [best = '']) => best,
    evaluate: rows => rows.reduce((best: Value, [x]) => better(best, x as Value), null),
  }
}

function betterOf(operands: Operands, direction: Direction): (best: Value, x: Value) => Value {
  const sign = direction === '<' ? 1 : -1
  return (best, x) => (best === null || sign * operands.compare(x, best) < 0 ? x : best)
}

/** Bags of this many values or fewer are looked through; larger ones are sorted, once their extreme has been taken back. */
const FEW_VALUES = 32

/** Keeps all values with their counts; the next extreme of a large group is found in the order of its values. */
function retractable(
  insertOnly: AggregateBinding,
  type: DataType,
  operands: Operands,
  direction: Direction,
): AggregateBinding {
  const countValue = createCounter(type)
  const better = betterOf(operands, direction)
  const bags = new SortedBags(operands.compare)
  const extremeOf = (values: CountedValues): Value => {
    if (values.size > FEW_VALUES) return bags.of(values)[direction === '<' ? 'first' : 'last']
    let best: Value = null
    for (const [value, n] of values) if (n > 0) best = better(best, value)
    return best
  }
  const add = (values: CountedValues, x: Value): number => {
    const n = countValue(values, x, 1)
    if (n > 0) bags.changed(values, x, 1)
    return n
  }
  const remove = (values: CountedValues, x: Value): number => {
    const n = countValue(values, x, -1)
    if (n >= 0) bags.changed(values, x, -1)
    return n
  }
  const mergeValues = mergeCounts(countValue)
  const merge = (values: CountedValues, from: CountedValues): Value => {
    mergeValues(values, from)
    bags.forget(values)
    return extremeOf(values)
  }
  return {
    ...insertOnly,
    fields: [
      ...insertOnly.fields,
      {
        name: 'values',
        type: withNullable(types.multiset(type), false),
        initial: 'new Map()',
        mayGrow: true,
      },
    ],
    accumulate(scope, [best = '', values = ''], [x = '']) {
      const n = scope.local('n')
      scope.statement(`const ${n} = ${scope.constant(add, 'add')}(${values}, ${x})`)
      scope.statement(
        `if (${n} > 0 && (${best} === null || ${operands.emitOrder(scope, direction, x, best)})) ${best} = ${x}`,
      )
    },
    retract(scope, [best = '', values = ''], [x = '']) {
      const n = scope.local('n')
      scope.statement(`const ${n} = ${scope.constant(remove, 'remove')}(${values}, ${x})`)
      scope.statement(
        `if (${n} <= 0 && ${best} !== null && ${operands.emitEqual(scope, x, best)}) ${best} = ${scope.constant(extremeOf, 'extremeOf')}(${values})`,
      )
    },
    merge: (scope, [best = '', values = ''], [, fromValues = '']) =>
      scope.statement(`${best} = ${scope.constant(merge, 'merge')}(${values}, ${fromValues})`),
  }
}
