// Resolves functions whose arguments are arrays and elements of one type.

import {
  type DataType,
  formatType,
  isApproximate,
  isCharacter,
  isExact,
  isInteger,
  sameType,
  withNullable,
} from '../../types/data-type.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import { problem } from '../binding.ts'
import type {
  ArgumentInfo,
  FunctionDocs,
  ScalarBinding,
  ScalarFunction,
  SignatureProblem,
} from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'

export interface ArrayFunction {
  readonly name: string
  readonly summary: string
  readonly examples: FunctionDocs['examples']
  /** What each argument is: an array, or an element of it. The last repeats if `variadic`. */
  readonly takes: readonly ('array' | 'element')[]
  readonly variadic?: boolean
  /** Whether a NULL element is a value like any other; then only NULL arrays give NULL. */
  readonly nullElements?: boolean
  readonly mayReturnNull?: boolean
  returns(array: DataType, element: DataType): DataType
  /** The meaning for arrays of an element type; no array is NULL. */
  evaluate(element: DataType): ScalarBinding['evaluate']
}

/** A function over arrays (and elements), all brought to the element type that they have in common. */
export function arrayFunction(spec: ArrayFunction): ScalarFunction {
  return {
    kind: 'scalar',
    name: spec.name,
    docs: { group: 'collection', summary: spec.summary, ...examplesOf(spec) },
    resolve: args => resolveArrays(spec, args),
  }
}

const examplesOf = ({ examples }: ArrayFunction) => (examples ? { examples } : {})

function resolveArrays(
  spec: ArrayFunction,
  args: readonly ArgumentInfo[],
): ScalarBinding | SignatureProblem {
  const { takes, variadic = false } = spec
  if (args.length < takes.length || (args.length > takes.length && !variadic)) {
    return problem(`needs ${variadic ? 'at least ' : ''}${takes.length} argument(s)`)
  }
  const roles = args.map((_, i) => takes[Math.min(i, takes.length - 1)] as Role)
  const element = elementType(args, roles)
  if (isProblem(element)) return element
  const array = (nullable: boolean): DataType => ({ kind: 'array', element, nullable })
  const decides = args.filter((_, i) => roles[i] === 'array' || !spec.nullElements)
  const nullable = decides.some(a => mayBeNull(a.type))
  const evaluate = spec.evaluate(element) as (...values: unknown[]) => never
  const guards = roles.flatMap((role, i) => (role === 'array' ? [i] : []))
  return {
    parameters: args.map(({ type }, i) =>
      roles[i] === 'array' ? array(mayBeNull(type)) : withNullable(element, mayBeNull(type)),
    ),
    returns: withNullable(
      spec.returns(array(false), element),
      nullable || (spec.mayReturnNull ?? false),
    ),
    nulls: spec.nullElements ? 'own' : 'strict',
    ...(spec.mayReturnNull ? { mayReturnNull: true } : {}),
    evaluate: spec.nullElements
      ? (...values: unknown[]) =>
          guards.some(i => values[i] === null) ? null : evaluate(...values)
      : evaluate,
  }
}

type Role = ArrayFunction['takes'][number]

/** The type that the arrays have in common; the elements given beside them must fit into it. */
function elementType(
  args: readonly ArgumentInfo[],
  roles: readonly Role[],
): DataType | SignatureProblem {
  const ofArrays: DataType[] = []
  const given: DataType[] = []
  for (const [i, { type }] of args.entries()) {
    if (roles[i] === 'element') given.push(type)
    else if (type.kind === 'array') ofArrays.push(type.element)
    else if (type.kind !== 'null') {
      return problem(`needs an ARRAY as argument ${i + 1}, not ${formatType(type)}`)
    }
  }
  const common = leastRestrictive(ofArrays.length > 0 ? ofArrays : given)
  if (common === undefined) return problem('needs elements of a common type')
  const misfit = given.find(type => !fits(type, common))
  if (misfit !== undefined) {
    return problem(`needs an element of ${formatType(common)}, not ${formatType(misfit)}`)
  }
  return withNullable(common, common.nullable || given.some(mayBeNull))
}

const mayBeNull = (type: DataType) => type.nullable || type.kind === 'null'

/** Whether a value is brought to the type without being asked for: a CHAR to any text, a number to a wider one. */
function fits(type: DataType, wanted: DataType): boolean {
  if (type.kind === 'null') return true
  if (isCharacter(type)) return wanted.kind === 'varchar' || type.kind === wanted.kind
  if (type.kind === 'decimal' && wanted.kind === 'decimal') return true
  if (isInteger(type) && wanted.kind === 'decimal') return true
  if (isApproximate(type) && isApproximate(wanted))
    return type.kind === 'float' || wanted.kind === 'double'
  if (isExact(type) && isApproximate(wanted)) return true
  const common = leastRestrictive([type, wanted])
  return common !== undefined && sameType(withNullable(common, true), withNullable(wanted, true))
}
