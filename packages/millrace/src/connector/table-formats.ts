// The formats of a table as the registry has them, with their own options.

import type { DecodingFormat } from '../format/decoder.ts'
import type { EncodingFormat } from '../format/encoder.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import { UnknownFormatError } from './option-errors.ts'
import { type FormatUse, optionsOfFormat, recordFormatsOf } from './record-formats.ts'
import type { ConnectorRegistry } from './registry.ts'

/** A format, and what a table does with it. */
export interface TableFormat<F> extends FormatUse {
  readonly format: F
  /** Its own options, without their prefix. */
  readonly options: ReadonlyMap<string, string>
}

export interface TableFormats<F> {
  readonly value: TableFormat<F>
  /** Of records with keys, where the table declares them. */
  readonly key?: TableFormat<F>
}

/** What decodes a table's records; undefined when its connector hands over rows. @throws {UnknownFormatError} */
export function decodersOf(
  table: TableDescriptor,
  registry: ConnectorRegistry,
): TableFormats<DecodingFormat> | undefined {
  const factory = registry.sources.get(table.connector)
  return factory?.takesFormat ? formatsOf(table, factory.keys, registry.decoders) : undefined
}

/** What encodes a table's records; undefined when its connector takes rows. @throws {UnknownFormatError} */
export function encodersOf(
  table: TableDescriptor,
  registry: ConnectorRegistry,
): TableFormats<EncodingFormat> | undefined {
  const factory = registry.sinks.get(table.connector)
  return factory?.takesFormat ? formatsOf(table, factory.keys, registry.encoders) : undefined
}

function formatsOf<F>(
  table: TableDescriptor,
  keys: Parameters<typeof recordFormatsOf>[1],
  known: ReadonlyMap<string, F>,
): TableFormats<F> | undefined {
  const uses = recordFormatsOf(table, keys)
  if (!uses) return undefined
  const found = (use: FormatUse): TableFormat<F> => {
    const format = known.get(use.name)
    if (!format)
      throw new UnknownFormatError({
        table: table.name,
        format: use.name,
        option: use.option,
        known: [...known.keys()],
      })
    return { ...use, format, options: optionsOfFormat(table, use) }
  }
  return { value: found(uses.value), ...(uses.key && { key: found(uses.key) }) }
}
