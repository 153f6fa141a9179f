// JSON functions back to their clauses, which are constant arguments in the plan.

import type { Expression as Bound } from '../../plan/expression.ts'
import { types } from '../../types/data-type.ts'
import type { Expression, JsonBehavior, JsonClauses } from '../ast/expression.ts'

/** What stands between the parentheses. */
interface JsonCall {
  readonly args: readonly Expression[]
  readonly json: JsonClauses | undefined
}

/** `undefined`: not a function with clauses. `args` are the syntax of `bound`. */
export function jsonCallOf(
  name: string,
  bound: readonly Bound[],
  args: readonly Expression[],
): JsonCall | undefined {
  switch (name) {
    case 'JSON_OBJECT':
    case 'JSON_OBJECTAGG':
      return { args: args.slice(1), json: nullHandling(bound[0], 'NULL') }
    case 'JSON_ARRAY':
    case 'JSON_ARRAYAGG':
      return { args: args.slice(1), json: nullHandling(bound[0], 'ABSENT') }
    case 'JSON_EXISTS': {
      const onError = behaviorOf(bound[2])
      return { args: args.slice(0, 2), json: onError && { onError } }
    }
    case 'JSON_QUERY':
      return { args: args.slice(0, 2), json: queryClauses(bound) }
    case 'JSON_VALUE':
      return { args: args.slice(0, 2), json: valueClauses(bound, args) }
    default:
      return undefined
  }
}

/** The text of a constant. */
const textOf = (e: Bound | undefined): string | undefined =>
  e?.kind === 'literal' && typeof e.value === 'string' ? e.value : undefined

/** Which values are JSON already is seen from the values themselves. */
function nullHandling(e: Bound | undefined, byDefault: 'NULL' | 'ABSENT'): JsonClauses | undefined {
  const given = (textOf(e) ?? byDefault).split(':')[0] as 'NULL' | 'ABSENT'
  return given === byDefault ? undefined : { nullHandling: given }
}

function behaviorOf(e: Bound | undefined, value?: Expression): JsonBehavior | undefined {
  const kind = textOf(e)
  if (kind === 'DEFAULT') return value && { kind, value }
  return kind === undefined ? undefined : { kind: kind as Exclude<JsonBehavior['kind'], 'DEFAULT'> }
}

function queryClauses([, , wrapper, onEmpty, onError, returning]: readonly Bound[]):
  | JsonClauses
  | undefined {
  const how = textOf(wrapper)
  if (how === undefined) return undefined
  const [empty, failed] = [behaviorOf(onEmpty), behaviorOf(onError)]
  return {
    ...(textOf(returning)?.startsWith('ARRAY') && { returning: types.array(types.string) }),
    wrapper: how as 'WITHOUT',
    ...(empty && { onEmpty: empty }),
    ...(failed && { onError: failed }),
  }
}

const RETURNING = {
  STRING: types.string,
  BOOLEAN: types.boolean,
  INTEGER: types.int,
  DOUBLE: types.double,
}

function valueClauses(
  [, , returning, onEmpty, , onError]: readonly Bound[],
  args: readonly Expression[],
): JsonClauses | undefined {
  const type = textOf(returning)
  if (type === undefined) return undefined
  const [empty, failed] = [behaviorOf(onEmpty, args[4]), behaviorOf(onError, args[6])]
  return {
    returning: RETURNING[type as keyof typeof RETURNING],
    ...(empty && { onEmpty: empty }),
    ...(failed && { onError: failed }),
  }
}
