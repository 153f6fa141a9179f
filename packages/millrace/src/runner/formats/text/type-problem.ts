// What is wrong with the bytes of a value that its type cannot hold.

import { type DataType, formatType } from '../../../types/data-type.ts'
import { excerpt, utf8Text } from './read-string.ts'

/** @param what the field or column, such as `field "a"` */
export function typeProblem(
  what: string,
  type: DataType,
  bytes: Uint8Array,
  start: number,
  end: number,
): string {
  const problem =
    utf8Text(bytes, start, end) === undefined ? 'is not valid UTF-8' : `is no ${formatType(type)}`
  return `${what} ${problem}: ${excerpt(bytes, start, end)}`
}
