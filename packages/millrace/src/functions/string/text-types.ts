// Result types of string functions, as Flink derives them from the lengths of their arguments.

import { type DataType, MAX_LENGTH, types } from '../../types/data-type.ts'
import type { ArgumentInfo } from '../function-definition.ts'
import { typeAt } from '../scalar-function.ts'

function lengthOf(type: DataType): number {
  return type.kind === 'char' || type.kind === 'varchar' ? type.length : MAX_LENGTH
}

/** VARCHAR of the length of the first argument. */
export function varcharOfFirst(args: readonly ArgumentInfo[]): DataType {
  return types.varchar(lengthOf(typeAt(args, 0)))
}

/** VARCHAR of the length of the argument at `index`. */
export function varcharOf(args: readonly ArgumentInfo[], index: number): DataType {
  return types.varchar(lengthOf(typeAt(args, index)))
}

/** CHAR of all lengths added when all are CHAR, else VARCHAR. */
export function joinedType(args: readonly ArgumentInfo[]): DataType {
  const length = Math.min(
    MAX_LENGTH,
    args.reduce((sum, _, i) => sum + lengthOf(typeAt(args, i)), 0),
  )
  return args.every(a => a.type.kind === 'char') ? types.char(length) : types.varchar(length)
}
