// Formats whose records are no text need connectors that keep records apart.

import { type FormatPlace, InvalidOptionError } from 'millrace'

/** @throws {InvalidOptionError} where records would be lines of a file */
export function framedPlace(format: string, place: FormatPlace | undefined): FormatPlace {
  if (place?.isFramed) return place
  throw new InvalidOptionError({
    table: place?.table.name ?? format,
    option: 'format',
    value: format,
    expected: "a format of lines: records of this one are binary, for connectors such as 'kafka'",
  })
}
