// From a connector's metadata to the type of the column that it is read into.

import { castBinding } from '../functions/conversion/cast-binding.ts'
import { isProblem } from '../functions/function-definition.ts'
import { type DataType, formatType } from '../types/data-type.ts'
import { MillraceError } from '../types/errors.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { Value } from '../types/value.ts'

/** What makes the column's value of the metadata's. @throws {MillraceError} `MR_SQL_TYPE` where the types do not fit */
export function metadataCast(
  table: TableDescriptor,
  index: number,
  from: DataType,
  timeZone: string,
): (value: Value) => Value {
  const column = table.schema[index]
  const cast = castBinding(from, column?.type ?? from, { timeZone }, { safe: false })
  if (isProblem(cast) || !cast.evaluate)
    throw new MillraceError(
      'MR_SQL_TYPE',
      `metadata '${table.metadata.get(index)}' of table "${table.name}" is ${formatType(from)}, which column "${column?.name}" cannot take`,
      { remedy: `Declare the column as ${formatType({ ...from, nullable: true })}.` },
    )
  return cast.evaluate as (value: Value) => Value
}
