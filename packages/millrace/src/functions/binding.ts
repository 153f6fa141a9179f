// Constructors for what most functions give back from `resolve`.

import type { DataType } from '../types/data-type.ts'
import { withNullable } from '../types/data-type.ts'
import type {
  ArgumentInfo,
  EmitExpression,
  ScalarBinding,
  SignatureProblem,
} from './function-definition.ts'

/** The arguments' types. */
export function typesOf(args: readonly ArgumentInfo[]): DataType[] {
  return args.map(a => a.type)
}

/** Whether a NULL can reach the call. */
export function anyNullable(args: readonly ArgumentInfo[]): boolean {
  return args.some(a => a.type.nullable || a.type.kind === 'null')
}

export function problem(text: string): SignatureProblem {
  return { problem: text }
}

export interface StrictBinding {
  /** Target type per argument; its nullability is taken from the argument. */
  readonly parameters: readonly DataType[]
  /** NOT NULL or not is decided by the arguments. */
  readonly returns: DataType
  readonly mayReturnNull?: boolean
  readonly usesContext?: boolean
  readonly evaluate: ScalarBinding['evaluate']
  readonly emit?: EmitExpression
}

/** A binding that gives NULL when an argument is NULL, and whose result is nullable only then. */
export function strict(args: readonly ArgumentInfo[], binding: StrictBinding): ScalarBinding {
  return {
    ...binding,
    nulls: 'strict',
    parameters: keepNullability(binding.parameters, args),
    returns: withNullable(binding.returns, anyNullable(args)),
  }
}

/** The parameter types, each as nullable as its argument. */
export function keepNullability(
  parameters: readonly DataType[],
  args: readonly ArgumentInfo[],
): DataType[] {
  return parameters.map((type, i) => {
    const from = args[i]?.type
    return withNullable(type, from === undefined || from.nullable || from.kind === 'null')
  })
}
