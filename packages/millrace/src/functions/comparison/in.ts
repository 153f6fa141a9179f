// `[NOT] IN` over a list of expressions.

import type { DataType } from '../../types/data-type.ts'
import { isCharacter, isNumeric, types, withNullable } from '../../types/data-type.ts'
import type { MapKey } from '../../types/key-text.ts'
import { createMapKey, isPrimitiveKey } from '../../types/key-text.ts'
import type { Value } from '../../types/value.ts'
import { anyNullable, keepNullability, problem, typesOf } from '../binding.ts'
import { castConstant } from '../conversion/cast-binding.ts'
import type {
  ArgumentInfo,
  CodeScope,
  ScalarFunction,
  SessionInfo,
  SignatureProblem,
} from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import type { Truth } from '../logical/three-valued.ts'
import { commonOperandType } from './operands.ts'

export const inList = inFunction('IN', true, ['1 IN (1, 2)', 'TRUE'])
export const notInList = inFunction('NOT IN', false, ['1 NOT IN (1, 2)', 'FALSE'])

function inFunction(
  name: string,
  wanted: boolean,
  example: readonly [string, string],
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'comparison',
      summary: `Whether the value is ${wanted ? 'one' : 'none'} of the list; UNKNOWN when it is not there but a NULL is.`,
      examples: [example],
    },
    resolve(args, session) {
      if (args.length < 2) return problem('needs a value and a list of at least one value')
      const common = listType(typesOf(args))
      if (isProblem(common)) return common
      const shared = {
        parameters: keepNullability(Array(args.length).fill(common), args),
        returns: withNullable(types.boolean, anyNullable(args)),
        nulls: 'own',
      } as const
      const list = constantsOf(args.slice(1), common, session)
      if (list && isPrimitiveKey(common)) return { ...shared, ...overSet(list, wanted) }
      return { ...shared, evaluate: overList(createMapKey(common), wanted) }
    },
  }
}

/**
 * Texts and numbers meet as what the first operand is: `s IN (1, 2)` compares texts, `1 IN ('1')` numbers. So do numbers with a
 * FLOAT.
 */
function listType(list: readonly DataType[]): DataType | SignatureProblem {
  const [first, ...rest] = list
  if (first?.kind === 'float' && rest.every(isNumeric)) return first
  return first && isCharacter(first) && rest.every(t => isNumeric(t) || isCharacter(t))
    ? types.string
    : commonOperandType(list)
}

/** The list's values in the common type, when all are constants. */
function constantsOf(
  list: readonly ArgumentInfo[],
  common: DataType,
  session: SessionInfo,
): Value[] | undefined {
  const values: Value[] = []
  for (const { type, constant } of list) {
    const value = constant && castConstant(constant.value, type, common, session)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

/** One look-up, however long the list. A `Set` takes NaN for equal to itself, as SQL's `=` here does. */
function overSet(list: readonly Value[], wanted: boolean) {
  const items = new Set(list)
  const absent = items.delete(null) ? null : !wanted
  return {
    evaluate: (x: Value): Truth => (x === null ? null : items.has(x) ? wanted : absent),
    emit: (scope: CodeScope, [x = '']: readonly string[]) => {
      const has = `${scope.constant(items, 'items')}.has(${x})`
      return `(${x} === null ? null : ${has} ? ${wanted} : ${absent})`
    },
  }
}

function overList(key: (value: Value) => MapKey, wanted: boolean) {
  return (x: Value, ...list: Value[]): Truth => {
    if (x === null) return null
    const sought = key(x)
    let unknown = false
    for (const item of list) {
      if (item === null) unknown = true
      else if (Object.is(key(item), sought)) return wanted
    }
    return unknown ? null : !wanted
  }
}
