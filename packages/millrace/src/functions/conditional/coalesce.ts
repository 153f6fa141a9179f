// COALESCE and IFNULL.

import {
  type DataType,
  formatType,
  isCharacter,
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
    const binding = resolveFirstNonNull(args, commonOfIfNull(typesOf(args)))
    // Of a text that is never NULL Flink keeps the very type.
    return isProblem(binding) || first.type.nullable || !isCharacter(first.type)
      ? binding
      : { ...binding, parameters: typesOf(args), returns: first.type }
  },
}

/** A DECIMAL and a FLOAT have FLOAT in common here, as in Flink; DOUBLE in COALESCE. */
function commonOfIfNull(list: readonly DataType[]): DataType | undefined {
  const common = leastRestrictive(list)
  const isDouble = list.some(type => type.kind === 'double')
  return common?.kind === 'double' && !isDouble ? types.float : common
}

function resolveFirstNonNull(
  args: readonly ArgumentInfo[],
  common: DataType | undefined = leastRestrictive(typesOf(args)),
): ScalarBinding | SignatureProblem {
  const [first, ...rest] = args
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
