// What a program declares a function by name to give, held against what it gives.

import { InvalidTypeError } from '../../plan/expression-errors.ts'
import { type DataType, formatType } from '../../types/data-type.ts'
import type { SqlType } from './sql-type.ts'

/** @throws {InvalidTypeError} `MR_SQL_TYPE` when the function gives another type, or NULLs that are not declared */
export function checkReturns(name: string, type: DataType, { dataType }: SqlType): void {
  if (type.kind === dataType.kind && (dataType.nullable || !type.nullable)) return
  throw new InvalidTypeError({
    problem: `${name} gives ${formatType(type)} here, declared is ${formatType(dataType)}`,
  })
}
