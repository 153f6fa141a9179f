// The parameters of a function written in TypeScript: which arguments fit them, and how values reach the function.

import { type DataType, formatType, withNullable } from '../../types/data-type.ts'
import { fromUserValue, toUserValue } from '../../types/user-value.ts'
import type { Value } from '../../types/value.ts'
import type { ArgumentInfo, FunctionParameter, SignatureProblem } from '../function-definition.ts'
import { implicitCast } from './implicit-cast.ts'

/** A parameter as it is declared. */
export interface UserParameter {
  /** Absent: known by its position only. */
  readonly name?: string
  readonly type: DataType
  /** What it is when it is left out, as a user value; absent: it must be given. */
  readonly default?: { readonly value: unknown }
}

/** The arguments of one call, all at hand. */
export interface FittingArguments {
  /** The types to which they are cast. */
  readonly types: readonly DataType[]
  /** How many have exactly the declared type: of several overloads the greatest fits best. */
  readonly exact: number
  /** A NULL may reach a parameter that is NOT NULL: the function is not called then. */
  readonly mayMiss: boolean
}

/** The parameters as the binder sees them: it puts named arguments in order and fills in defaults. */
export function signatureOf(parameters: readonly UserParameter[]): readonly FunctionParameter[] {
  return parameters.map(({ name, type, default: given }) => ({
    ...(name === undefined ? {} : { name }),
    type,
    ...(given ? { default: { value: fromUserValue(type, name)(given.value) } } : {}),
  }))
}

/** Whether the arguments fit: as many as there are parameters, each of a type that is cast without being asked for. */
export function fitArguments(
  parameters: readonly UserParameter[],
  args: readonly ArgumentInfo[],
): FittingArguments | SignatureProblem {
  if (args.length !== parameters.length) {
    const count = `${parameters.length} argument${parameters.length === 1 ? '' : 's'}`
    return { problem: `needs ${count}, not ${args.length}` }
  }
  let exact = 0
  let mayMiss = false
  for (const [i, { type: given }] of args.entries()) {
    const { name, type } = parameters[i] as UserParameter
    const cast = implicitCast(given, type)
    if (!cast) {
      const place = name === undefined ? `argument ${i + 1}` : `argument "${name}"`
      return { problem: `needs ${formatType(type)} as ${place}, not ${formatType(given)}` }
    }
    if (cast === 'exact') exact++
    if (!type.nullable && (given.nullable || given.kind === 'null')) mayMiss = true
  }
  return { types: parameters.map(p => withNullable(p.type, true)), exact, mayMiss }
}

/** Turns engine values into what the function takes: its positional arguments, or one object of named ones. */
export type ReadArguments = (values: readonly Value[]) => readonly unknown[]

/** @param isNamed the function takes one object */
export function argumentReader(
  parameters: readonly UserParameter[],
  isNamed: boolean,
): ReadArguments {
  const readers = parameters.map(p => toUserValue(p.type))
  if (!isNamed) return values => readers.map((read, i) => read(values[i] as Value))
  const names = parameters.map(p => p.name ?? '')
  return values => {
    const object: Record<string, unknown> = {}
    for (const [i, read] of readers.entries()) object[names[i] as string] = read(values[i] as Value)
    return [object]
  }
}

/** Whether a NULL stands for a parameter that is NOT NULL. */
export function missesArgument(
  parameters: readonly UserParameter[],
): (values: readonly Value[]) => boolean {
  const required = parameters.flatMap((p, i) => (p.type.nullable ? [] : [i]))
  return values => required.some(i => values[i] === null)
}
