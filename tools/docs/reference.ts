// The parts of docs/sql.md that are made of the code: functions by group, options of tables, connectors and formats.

import { alertSinkFactory } from '../../packages/alerts/src/alert-sink.ts'
import { duckdbSinkFactory } from '../../packages/duckdb/src/duckdb.ts'
import { duckdbSourceFactory } from '../../packages/duckdb/src/duckdb-source.ts'
import { kafkaFactories } from '../../packages/kafka/src/index.ts'
import { KEYED_RECORD_OPTIONS } from '../../packages/millrace/src/connector/record-formats.ts'
import { LOOKUP_OPTIONS } from '../../packages/millrace/src/connector/lookup-options.ts'
import { TABLE_OPTIONS } from '../../packages/millrace/src/connector/check-options.ts'
import { createBuiltInRegistry } from '../../packages/millrace/src/runner/built-in-registry.ts'
import { FILE_SINK_OPTIONS } from '../../packages/millrace/src/runner/connectors/file/file-sink-options.ts'
import { FILE_SOURCE_OPTIONS } from '../../packages/millrace/src/runner/connectors/file/file-source.ts'
import {
  type FunctionPage,
  functionPages,
} from '../../packages/millrace/src/sql/reference/function-pages.ts'
import { registryFormats } from '../../packages/schema-registry/src/index.ts'
import { slugOf } from '../../packages/millrace/src/sql/reference/slug.ts'
import type { OptionDefinition, OptionSchema } from '../../packages/millrace/src/types/options.ts'

/** What stands between `<!-- NAME -->` and `<!-- /NAME -->`, by name. */
export function referenceParts(): ReadonlyMap<string, string> {
  return new Map([
    ['functions', functionTable()],
    ['options', optionTables()],
  ])
}

/** The same of docs/kafka.md. */
export function kafkaParts(): ReadonlyMap<string, string> {
  const tables = [
    ...kafkaFactories.sources.map(f => section(`\`${f.connector}\`, read`, f.options)),
    ...kafkaFactories.sinks.map(f => section(`\`${f.connector}\`, written`, f.options)),
    section('Formats of keys and values', KEYED_RECORD_OPTIONS),
  ]
  return new Map([['kafka-options', tables.join('\n\n')]])
}

/** The same of docs/schema-registry.md. */
export function registryParts(): ReadonlyMap<string, string> {
  const tables = registryFormats.map(({ format, options }) =>
    section(`Format \`${format}\``, options),
  )
  return new Map([['registry-options', tables.join('\n\n')]])
}

/** The page with its generated parts made anew. @throws when the page lacks a part's marks */
export function fillPage(page: string, parts = referenceParts()): string {
  let filled = page
  for (const [name, text] of parts) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [start, end] = [filled.indexOf(open), filled.indexOf(close)]
    if (start < 0 || end < start) throw new Error(`the page has no ${open} … ${close}`)
    filled = `${filled.slice(0, start)}${open}\n${text}\n${filled.slice(end)}`
  }
  return filled
}

function functionTable(): string {
  const groups = Map.groupBy(functionPages(), page => page.group)
  const rows = [...groups].map(([group, pages]) => `| ${group} | ${pages.map(links).join(' ')} |`)
  return ['| group | functions and operators |', '|---|---|', ...rows].join('\n')
}

/** A function's names; the first leads to its page. */
function links({ name, names }: FunctionPage): string {
  const [own = '', ...others] = names.map(n => `\`${cell(n)}\``)
  return [`[${own}](reference/functions/${slugOf(name)}.md)`, ...others].join(' ')
}

function optionTables(): string {
  const { sources, decoders } = createBuiltInRegistry()
  const datagen = sources.get('datagen')?.options ?? []
  const print = createBuiltInRegistry().sinks.get('print')?.options ?? []
  const formats = [...decoders.values()].map(({ format, options }) =>
    section(
      `Format \`${format}\``,
      options.map(o => ({ ...o, name: `${format}.${o.name}` })),
    ),
  )
  return [
    section('Every table', TABLE_OPTIONS),
    section('`filesystem`, read', FILE_SOURCE_OPTIONS),
    section('`filesystem`, written', FILE_SINK_OPTIONS),
    section('`datagen`, read; `#` stands for a column', datagen),
    section('`print`, written', print),
    section('`duckdb`, read', duckdbSourceFactory.options),
    section('`duckdb`, written', duckdbSinkFactory.options),
    section('`alert`, written', alertSinkFactory.options),
    section('Tables that can be asked for a key: `duckdb`', LOOKUP_OPTIONS),
    ...formats,
  ].join('\n\n')
}

function section(title: string, options: OptionSchema): string {
  const rows = options.map(
    o => `| \`${o.name}\` | ${typeOf(o)} | ${valueOf(o)} | ${cell(o.description)} |`,
  )
  return [`### ${title}`, '', '| option | type | default | |', '|---|---|---|---|', ...rows].join(
    '\n',
  )
}

const typeOf = ({ type, values }: OptionDefinition): string =>
  values ? values.map(v => `\`${v}\``).join(', ') : type

const valueOf = ({ default: value, required }: OptionDefinition): string =>
  value === undefined ? (required ? 'required' : '') : `\`${cell(value)}\``

const cell = (text: string): string => text.replaceAll('|', '\\|')
