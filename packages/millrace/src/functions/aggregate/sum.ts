// SUM and $SUM0.

import type { DataType } from '../../types/data-type.ts'
import { formatType, isNumeric, notNull, types } from '../../types/data-type.ts'
import { fits } from '../../types/decimal.ts'
import { sumType } from '../../types/type-rules.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type {
  AggregateBinding,
  AggregateFunction,
  CodeScope,
  SignatureProblem,
} from '../function-definition.ts'
import { sumArithmetic } from './sum-arithmetic.ts'

/** The sum, of the argument's own type (INT stays INT and wraps); of DECIMAL(p, s), DECIMAL(38, s). NULL of no values. */
export const sum: AggregateFunction = {
  kind: 'aggregate',
  name: 'SUM',
  docs: {
    group: 'aggregate',
    summary: 'The sum of all values that are not NULL; NULL without any.',
    examples: [['SUM(x)', '6']],
  },
  resolve: args => resolveSum(args, type => nullableSum(type, sumType(type))),
}

/** SUM that is 0 without values. */
export const sumOrZero: AggregateFunction = {
  kind: 'aggregate',
  name: '$SUM0',
  aliases: ['SUM0'],
  docs: { group: 'aggregate', summary: 'The sum of all values that are not NULL; 0 without any.' },
  resolve: args => resolveSum(args, type => zeroSum(type, notNull(sumType(type)))),
}

function resolveSum(
  args: Parameters<AggregateFunction['resolve']>[0],
  bind: (type: DataType) => AggregateBinding,
): AggregateBinding | SignatureProblem {
  const [arg] = args
  if (arg === undefined || args.length !== 1) return problem('needs one argument')
  return isNumeric(arg.type)
    ? bind(arg.type)
    : problem(`needs a number, not ${formatType(arg.type)}`)
}

/** Counts besides, so that taking back the last value gives NULL again and merging knows an empty side. */
function nullableSum(type: DataType, returns: DataType): AggregateBinding {
  const base = zeroSum(type, returns)
  const [field] = base.fields
  if (field === undefined) return base
  return {
    ...base,
    isNullOnlyIfEmpty: true,
    fields: [field, { name: 'count', type: notNull(types.bigint), initial: '0' }],
    accumulate(scope, [total = '', n = ''], args) {
      base.accumulate(scope, [total], args)
      scope.statement(`${n} = ${n} + 1`)
    },
    retract(scope, [total = '', n = ''], args) {
      base.retract?.(scope, [total], args)
      scope.statement(`${n} = ${n} - 1`)
    },
    merge(scope, [total = '', n = ''], [fromTotal = '', fromN = '']) {
      base.merge?.(scope, [total], [fromTotal])
      scope.statement(`${n} = ${n} + ${fromN}`)
    },
    ...(base.unmerge && {
      unmerge(scope, [total = '', n = ''], [fromTotal = '', fromN = '']) {
        base.unmerge?.(scope, [total], [fromTotal])
        scope.statement(`${n} = ${n} - ${fromN}`)
      },
    }),
    result: (scope, [total = '', n = '']) => `(${n} === 0 ? null : ${base.result(scope, [total])})`,
    evaluate: rows => (rows.length === 0 ? null : base.evaluate(rows)),
  }
}

function zeroSum(type: DataType, returns: DataType): AggregateBinding {
  const arithmetic = sumArithmetic(type)
  const checked = (total: Hybrid): Hybrid | null =>
    type.kind !== 'decimal' || fits(total, 38) ? total : null
  return {
    parameters: [type],
    returns,
    skipsNulls: true,
    fields: [{ name: 'sum', type: notNull(returns), initial: '0' }],
    accumulate: (scope, [total = ''], [x = '']) => arithmetic.emit(scope, total, '+', x),
    retract: (scope, [total = ''], [x = '']) => arithmetic.emit(scope, total, '-', x),
    merge: (scope, [total = ''], [from = '']) => arithmetic.emit(scope, total, '+', from),
    ...(arithmetic.isExact && {
      unmerge: (scope, [total = ''], [from = '']) => arithmetic.emit(scope, total, '-', from),
    }),
    result: (scope, [total = '']) => emitChecked(scope, total, type, checked),
    evaluate: rows =>
      checked(rows.reduce((total: Hybrid, [x]) => arithmetic.add(total, x as Hybrid), 0)) as Value,
  }
}

function emitChecked(scope: CodeScope, total: string, type: DataType, checked: unknown): string {
  if (type.kind !== 'decimal') return total
  return `(typeof ${total} === 'number' ? ${total} : ${scope.constant(checked, 'checked')}(${total}))`
}
