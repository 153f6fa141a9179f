// Makes the sources and sinks of a plan from their tables' options.

import type { SinkWriter } from '../connector/sink.ts'
import type { Source } from '../connector/source.ts'
import type { SinkExec, SourceExec, ValuesExec } from '../compiler/exec-node.ts'
import { formatOptions } from '../compiler/exec/emit-source.ts'
import type { Program } from '../plan/program.ts'
import { MillraceError } from '../types/errors.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import { UnknownConnectorError, UnknownFormatError } from './unknown-connector-error.ts'

export function createSource(
  node: SourceExec | ValuesExec,
  program: Program,
  ports: RuntimePorts,
): Source {
  if (node.kind === 'values') return valuesSource(node)
  const { table } = node
  const factory = program.connectors.sources.get(table.connector)
  if (!factory) throw new UnknownConnectorError(table, 'read', [...program.connectors.sources.keys()])
  const format = factory.takesFormat ? decoderOf(table, program) : undefined
  return factory.create({
    table,
    ports,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    framing: format?.framing ?? 'lines',
  })
}

function decoderOf(table: TableDescriptor, program: Program) {
  const name = formatName(table)
  const format = program.connectors.decoders.get(name)
  if (!format) throw new UnknownFormatError(table, name, [...program.connectors.decoders.keys()])
  return format
}

function formatName(table: TableDescriptor): string {
  const name = table.options.get('format')
  if (name === undefined)
    throw new MillraceError('MR_OPTION_MISSING', `Table ${table.name} has no 'format'`, {
      remedy: "Say how its records are written, such as 'format' = 'json'.",
    })
  return name
}

export function createSink(
  node: SinkExec,
  program: Program,
  ports: RuntimePorts,
  print: (line: string) => void,
): SinkWriter {
  const { table } = node
  const factory = program.connectors.sinks.get(table.connector)
  if (!factory) throw new UnknownConnectorError(table, 'write', [...program.connectors.sinks.keys()])
  let encoder: ReturnType<NonNullable<ReturnType<typeof encoderOf>>['createEncoder']> | undefined
  if (factory.takesFormat) {
    const format = encoderOf(table, program)
    encoder = format.createEncoder(table.schema, formatOptions(table.options, format.format))
  }
  return factory.create({
    table,
    ports,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    sinkId: node.id,
    ...(encoder && { encoder }),
    changelogMode: node.mode,
    upsertKey: node.upsertKey,
    print,
  })
}

function encoderOf(table: TableDescriptor, program: Program) {
  const name = formatName(table)
  const format = program.connectors.encoders.get(name)
  if (!format) throw new UnknownFormatError(table, name, [...program.connectors.encoders.keys()])
  return format
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
