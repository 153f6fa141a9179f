// Makes the sources and sinks of a plan from their tables' options.

import { checkTableOptions, formatOptionsOf } from '../connector/check-options.ts'
import type { SinkFactory, SinkWriter } from '../connector/sink.ts'
import type { Source, SourceFactory } from '../connector/source.ts'
import type { SinkExec } from '../compiler/nodes/changelog-exec.ts'
import type { SourceExec, ValuesExec } from '../compiler/nodes/row-exec.ts'
import type { Program } from '../plan/program.ts'
import type { RuntimePorts } from '../types/ports.ts'

export function createSource(
  node: SourceExec | ValuesExec,
  program: Program,
  ports: RuntimePorts,
): Source {
  if (node.kind === 'values') return valuesSource(node)
  const { table } = node
  checkTableOptions(table, program.connectors, 'source')
  const factory = program.connectors.sources.get(table.connector) as SourceFactory
  const format = program.connectors.decoders.get(table.options.get('format') ?? '')
  return factory.create({
    table,
    ports,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    framing: (factory.takesFormat && format?.framing) || 'lines',
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
  const header = options && format?.header?.(table.schema, options)
  return factory.create({
    table,
    ports,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    sinkId: node.id,
    ...(options && { encoder: format.createEncoder(table.schema, options) }),
    ...(header && { header }),
    changelogMode: node.mode,
    upsertKey: node.upsertKey,
    isDurable,
    print,
  })
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
