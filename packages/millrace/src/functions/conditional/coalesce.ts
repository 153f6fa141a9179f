// COALESCE and IFNULL.

import {
  type DataType,
  formatType,
  isApproximate,
  isCharacter,
  isTimestamp,
  types,
  withNullable,
} from '../../types/data-type.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { Value } from '../../types/value.ts'
import { keepNullability, problem, typesOf } from '../binding.ts'
import type {
  ArgumentInfo,
  ScalarBinding,
  ScalarFunction,
  SignatureProblem,
} from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'

export const coalesce: ScalarFunction = {
  kind: 'scalar',
  name: 'COALESCE',
  docs: {
    group: 'conditional',
    summary: 'The first argument that is not NULL; NULL when all are.',
    examples: [['COALESCE(CAST(NULL AS INT), 5)', '5']],
  },
  resolve: args =>
    args.length === 0 ? problem('needs at least one argument') : resolveFirstNonNull(args),
}

export const ifNull: ScalarFunction = {
  kind: 'scalar',
  name: 'IFNULL',
  docs: {
    group: 'conditional',
    summary: 'The first argument, or the second when the first is NULL.',
    examples: [['IFNULL(CAST(NULL AS INT), 5)', '5']],
  },
  resolve(args) {
    const [first] = args
    if (first === undefined || args.length !== 2) return problem('needs two arguments')
    const binding = resolveFirstNonNull(args)
    // Of a text that is never NULL Flink keeps the very type.
    return isProblem(binding) || first.type.nullable || !isCharacter(first.type)
      ? binding
      : { ...binding, parameters: typesOf(args), returns: first.type }
  },
}

/**
 * Unlike in CASE, FLOAT and DOUBLE give DOUBLE in either order, FLOAT and a DECIMAL FLOAT, TIMESTAMP and TIMESTAMP_LTZ
 * TIMESTAMP_LTZ; of a timestamp and a date or a time only that remains. All as in Flink.
 */
function commonType(list: readonly DataType[]): DataType | undefined {
  const part = list.find(type => type.kind === 'date' || type.kind === 'time')
  if (part && list.every(type => type.kind === part.kind || isTimestamp(type) || isNull(type)))
    return part
  const common = leastRestrictive(list)
  if (common?.kind === 'timestamp' && list.some(type => type.kind === 'timestamp_ltz'))
    return types.timestampLtz(common.precision)
  if (common === undefined || !isApproximate(common)) return common
  return list.some(type => type.kind === 'double') ? types.double : types.float
}

const isNull = (type: DataType): boolean => type.kind === 'null'

function resolveFirstNonNull(args: readonly ArgumentInfo[]): ScalarBinding | SignatureProblem {
  const [first, ...rest] = args
  const common = commonType(typesOf(args))
  if (common === undefined || first === undefined)
    return problem(`has no common type for ${args.map(a => formatType(a.type)).join(', ')}`)
  const nullable = [first, ...rest].every(a => a.type.nullable || a.type.kind === 'null')
  const type = common.kind === 'null' ? types.null : common
  return {
    parameters: keepNullability(Array(args.length).fill(type), args),
    returns: withNullable(type, nullable),
    nulls: 'own',
    evaluate: (...values: Value[]) => values.find(v => v !== null) ?? null,
    emit: (_, atoms) => `(${atoms.join(' ?? ')})`,
  }
}
