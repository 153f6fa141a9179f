// Makes the sources and sinks of a plan from their tables' options.

import { checkTableOptions, formatOptionsOf } from '../connector/check-options.ts'
import { recordColumns } from '../connector/shared-columns.ts'
import type { SinkFactory, SinkWriter } from '../connector/sink.ts'
import type { Source, SourceFactory } from '../connector/source.ts'
import type { SinkExec } from '../compiler/nodes/changelog-exec.ts'
import type { SourceExec, ValuesExec } from '../compiler/nodes/row-exec.ts'
import type { RecordEncoder } from '../format/encoder.ts'
import type { Program } from '../plan/program.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { Column } from '../types/schema.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { Value } from '../types/value.ts'

export function createSource(
  node: SourceExec | ValuesExec,
  program: Program,
  ports: RuntimePorts,
): Source {
  if (node.kind === 'values') return valuesSource(node)
  return createTableSource(node.table, program, ports)
}

export function createTableSource(
  table: TableDescriptor,
  program: Program,
  ports: RuntimePorts,
): Source {
  checkTableOptions(table, program.connectors, 'source')
  const factory = program.connectors.sources.get(table.connector) as SourceFactory
  const format = program.connectors.decoders.get(table.options.get('format') ?? '')
  return factory.create({
    table,
    ports,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    framing: (factory.takesFormat && format?.framing) || 'lines',
    timeZone: program.settings.timeZone ?? 'UTC',
  })
}

export function createSink(
  node: SinkExec,
  program: Program,
  ports: RuntimePorts,
  print: (line: string) => void,
  isDurable: boolean,
): SinkWriter {
  const { table } = node
  checkTableOptions(table, program.connectors, 'sink')
  const factory = program.connectors.sinks.get(table.connector) as SinkFactory
  const format = factory.takesFormat
    ? program.connectors.encoders.get(table.options.get('format') ?? '')
    : undefined
  const options = format && formatOptionsOf(table.options, format.format)
  const written = recordColumns(table)
  const schema = written.map(i => table.schema[i] as Column)
  const header = options && format?.header?.(schema, options)
  return factory.create({
    table,
    ports,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    sinkId: node.id,
    ...(options && { encoder: encoderOf(format.createEncoder(schema, options), written, table) }),
    ...(header && { header }),
    changelogMode: node.mode,
    upsertKey: node.upsertKey,
    overwrite: node.overwrite,
    isDurable,
    timeZone: program.settings.timeZone ?? 'UTC',
    print,
  })
}

/** Encodes the columns that are in the records. */
function encoderOf(
  encode: RecordEncoder,
  written: readonly number[],
  { schema }: TableDescriptor,
): RecordEncoder {
  if (written.length === schema.length) return encode
  return (out, kind, row) =>
    encode(
      out,
      kind,
      written.map(i => row[i] as Value),
    )
}

/** The rows of VALUES as a bounded source of one split, so that a restart does not give them twice. */
function valuesSource({ rows }: ValuesExec): Source {
  return {
    boundedness: 'bounded',
    payload: 'rows',
    discover: async () => [{ id: 'values', spec: null }],
    open: async (_, position) => {
      let at = typeof position === 'number' ? position : 0
      return {
        async read() {
          if (at >= rows.length) return 'finished'
          const from = at
          at = rows.length
          return {
            kind: 'rows',
            rows: rows.slice(from).map(r => [...r]),
            positionAt: count => from + count,
          }
        },
        wait: async () => {},
        close: async () => {},
      }
    },
    describe: () => `${rows.length} values`,
  }
}
