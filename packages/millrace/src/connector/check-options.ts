// Checks the options of a table against what its connector and format know, before anything runs.

import { tryParseDuration } from '../types/duration.ts'
import type { OptionDefinition, OptionSchema } from '../types/options.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import {
  InvalidOptionError,
  MissingOptionError,
  PartitionsUnsupportedError,
  UnknownConnectorError,
  UnknownMetadataError,
  UnknownOptionError,
} from './option-errors.ts'
import { LOOKUP_OPTIONS, lookupSettingsOf } from './lookup-options.ts'
import { parseBytes } from './option-values.ts'
import { KEYED_RECORD_OPTIONS } from './record-formats.ts'
import type { ConnectorRegistry } from './registry.ts'
import { decodersOf, encodersOf } from './table-formats.ts'
import { WATERMARK_OPTIONS, watermarkSettingsOf } from './watermark-options.ts'

/** Options of every table, read by the engine itself. */
export const TABLE_OPTIONS: OptionSchema = [
  {
    name: 'connector',
    type: 'string',
    required: true,
    description: 'Which system the table is in.',
  },
  ...WATERMARK_OPTIONS,
  { name: 'scan.parallelism', type: 'int', description: 'Accepted for Flink.' },
  { name: 'sink.parallelism', type: 'int', description: 'Accepted for Flink.' },
  {
    name: 'source.rate-limit',
    type: 'double',
    description: 'Records per second at most.',
  },
  {
    name: 'source.replay-speed',
    type: 'double',
    description: 'Replays recorded event time: this many ms of it pass in a ms.',
  },
  {
    name: 'bad-records',
    type: 'enum',
    values: ['fail', 'skip', 'dead-letter'],
    description: 'What becomes of records that cannot be decoded.',
  },
]

const FORMAT: OptionDefinition = {
  name: 'format',
  type: 'string',
  required: true,
  description: 'How records are written: json, csv, raw …',
}

/**
 * Checks all options of a table. Names are those of the engine, the connector and, behind `<format>.`, the format; `#` in a
 * connector's names stands for a column.
 *
 * @throws {UnknownConnectorError | UnknownFormatError | UnknownOptionError | InvalidOptionError | MissingOptionError}
 */
export function checkTableOptions(
  table: TableDescriptor,
  registry: ConnectorRegistry,
  use: 'source' | 'sink',
): void {
  const factories = use === 'source' ? registry.sources : registry.sinks
  const factory = factories.get(table.connector)
  if (!factory)
    throw new UnknownConnectorError({
      table: table.name,
      connector: table.connector,
      use,
      known: [...factories.keys()],
    })
  const schema = [...TABLE_OPTIONS, ...factory.options, ...optionsOfOtherUse(table, registry, use)]
  const isLookup = 'createKeyLookup' in factory && factory.createKeyLookup !== undefined
  if (isLookup) schema.push(...LOOKUP_OPTIONS)
  if (factory.takesFormat) schema.push(...formatOptions(table, registry, use))
  checkOptions(table, schema)
  watermarkSettingsOf(table)
  if (isLookup) lookupSettingsOf(table)
  checkColumns(table, registry, use)
}

/** A table that is read here may be written elsewhere: options of either use are known in both. */
function optionsOfOtherUse(
  { connector }: TableDescriptor,
  { sources, sinks }: ConnectorRegistry,
  use: 'source' | 'sink',
): OptionSchema {
  const own = (use === 'source' ? sources : sinks).get(connector)?.options ?? []
  const others = (use === 'source' ? sinks : sources).get(connector)?.options ?? []
  const names = new Set(own.map(o => o.name))
  return others.filter(o => !names.has(o.name)).map(o => ({ ...o, required: false }))
}

/** What the connector would have to give beside the fields of its records. */
function checkColumns(
  table: TableDescriptor,
  registry: ConnectorRegistry,
  use: 'source' | 'sink',
): void {
  const { name, connector, metadata, schema, partitionedBy } = table
  const known = (use === 'source' ? registry.sources : registry.sinks).get(connector)?.metadata
  for (const [index, key] of metadata)
    if (!known?.has(key))
      throw new UnknownMetadataError({
        table: name,
        column: schema[index]?.name ?? '',
        key,
        connector,
        use,
        known: [...(known ?? [])],
      })
  const factory = (use === 'source' ? registry.sources : registry.sinks).get(connector)
  if (partitionedBy && !factory?.takesPartitions)
    throw new PartitionsUnsupportedError({ table: name, connector })
}

/** The options that name formats, and those of the formats that are named. */
function formatOptions(
  table: TableDescriptor,
  registry: ConnectorRegistry,
  use: 'source' | 'sink',
): OptionSchema {
  const formats = use === 'source' ? decodersOf(table, registry) : encodersOf(table, registry)
  const { value, key } = formats ?? {}
  const own = [value, key].flatMap(used =>
    used ? used.format.options.map(o => ({ ...o, name: `${used.prefix}${o.name}` })) : [],
  )
  const factory = (use === 'source' ? registry.sources : registry.sinks).get(table.connector)
  if (!factory?.keys) return [FORMAT, ...own]
  return [{ ...FORMAT, required: value === undefined }, ...KEYED_RECORD_OPTIONS, ...own]
}

/** Checks options against one schema. */
export function checkOptions(
  table: Pick<TableDescriptor, 'name' | 'options' | 'schema'>,
  schema: OptionSchema,
): void {
  const definitions = new Map<string, OptionDefinition>()
  for (const definition of schema)
    for (const name of namesOf(definition.name, table)) definitions.set(name, definition)
  for (const [option, value] of table.options) {
    const definition = definitions.get(option) ?? definitions.get(option.toLowerCase())
    if (!definition)
      throw new UnknownOptionError({ table: table.name, option, known: [...definitions.keys()] })
    const expected = problemWith(definition, value)
    if (expected) throw new InvalidOptionError({ table: table.name, option, value, expected })
  }
  for (const [option, definition] of definitions)
    if (definition.required && definition.default === undefined && !table.options.has(option))
      throw new MissingOptionError({
        table: table.name,
        option,
        description: definition.description,
      })
}

function namesOf(name: string, table: Pick<TableDescriptor, 'schema'>): string[] {
  return name.includes('#') ? table.schema.map(c => name.replace('#', c.name)) : [name]
}

/** What the option takes, when the value is not of that kind. */
function problemWith(definition: OptionDefinition, value: string): string | undefined {
  switch (definition.type) {
    case 'string':
      return undefined
    case 'int':
    case 'bigint':
      return /^[+-]?\d+$/.test(value) ? undefined : 'an integer'
    case 'double':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? undefined : 'a number'
    case 'boolean':
      return /^(true|false)$/i.test(value) ? undefined : "'true' or 'false'"
    case 'duration':
      return tryParseDuration(value) === undefined
        ? "a duration such as '10 s', '500 ms' or '1 min'"
        : undefined
    case 'memory':
      return parseBytes(value) === undefined ? "an amount such as '64 kb' or '128 mb'" : undefined
    case 'enum':
      return definition.values?.some(v => v.toLowerCase() === value.toLowerCase())
        ? undefined
        : `one of ${definition.values?.map(v => `'${v}'`).join(', ')}`
    case 'char':
      return [...value].length === 1 || /^\\[tnr\\]$|^\\u[0-9a-f]{4}$/i.test(value)
        ? undefined
        : 'one character'
  }
}
