// Makes the sources and sinks of a plan from their tables' options.

import { checkTableOptions } from '../connector/check-options.ts'
import type { SinkFactory, SinkWriter } from '../connector/sink.ts'
import type { Source, SourceFactory } from '../connector/source.ts'
import { decodersOf, encodersOf, type TableFormat } from '../connector/table-formats.ts'
import type { SinkExec } from '../compiler/nodes/changelog-exec.ts'
import type { SourceExec, ValuesExec } from '../compiler/nodes/row-exec.ts'
import type { EncodingFormat, RecordEncoder } from '../format/encoder.ts'
import { epochMsOf, type Program } from '../plan/program.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { Value } from '../types/value.ts'

export function createSource(
  node: SourceExec | ValuesExec,
  program: Program,
  ports: RuntimePorts,
  notice?: (text: string) => void,
): Source {
  if (node.kind === 'values') return valuesSource(node)
  return createTableSource(node.table, program, ports, notice)
}

export function createTableSource(
  table: TableDescriptor,
  program: Program,
  ports: RuntimePorts,
  notice?: (text: string) => void,
): Source {
  checkTableOptions(table, program.connectors, 'source')
  const factory = program.connectors.sources.get(table.connector) as SourceFactory
  return factory.create({
    table,
    ports,
    program: program.name,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    framing: decodersOf(table, program.connectors)?.value.format.framing ?? 'lines',
    timeZone: program.settings.timeZone ?? 'UTC',
    isFresh: program.settings.fresh ?? false,
    ...(notice && { notice }),
  })
}

/** A sink, and what must be done before it is opened. */
export interface CreatedSink {
  readonly writer: SinkWriter
  /** Lets its formats agree with other systems. */
  prepare(): Promise<void>
}

export function createSink(
  node: SinkExec,
  program: Program,
  ports: RuntimePorts,
  print: (line: string) => void,
  isDurable: boolean,
): CreatedSink {
  const { table } = node
  checkTableOptions(table, program.connectors, 'sink')
  const factory = program.connectors.sinks.get(table.connector) as SinkFactory
  const formats = encodersOf(table, program.connectors)
  const { format, options, schema } = formats?.value ?? {}
  const header = format && options && schema && format.header?.(schema, options)
  const encoder = formats && encoderOf(formats.value, table, factory.keys === undefined)
  const keyEncoder = formats?.key && encoderOf(formats.key, table, false)
  const writer = factory.create({
    table,
    ports,
    program: program.name,
    baseFolder: program.settings.baseFolder ?? process.cwd(),
    sinkId: node.id,
    ...(encoder && { encoder: encoder.encode }),
    ...(keyEncoder && { keyEncoder: keyEncoder.encode }),
    ...(header && { header }),
    changelogMode: node.mode,
    upsertKey: node.upsertKey,
    overwrite: node.overwrite,
    isDurable,
    epochMs: epochMsOf(program.settings),
    timeZone: program.settings.timeZone ?? 'UTC',
    print,
  })
  return {
    writer,
    async prepare() {
      await encoder?.open(ports)
      await keyEncoder?.open(ports)
    },
  }
}

interface TableEncoder {
  readonly encode: RecordEncoder
  readonly open: (ports: RuntimePorts) => Promise<void>
}

/** Encodes the columns that are in the records, as lines or alone. */
function encoderOf(
  { format, schema, options, columns, prefix }: TableFormat<EncodingFormat>,
  table: TableDescriptor,
  isLine: boolean,
): TableEncoder {
  const encode = format.createEncoder(schema, options, { table, prefix, isFramed: !isLine })
  const open = async (ports: RuntimePorts) => encode.open?.(ports)
  const isWhole = columns.length === table.schema.length && columns.every((c, i) => c === i)
  const encodeRow: RecordEncoder = isWhole
    ? encode
    : (out, kind, row) =>
        encode(
          out,
          kind,
          columns.map(i => row[i] as Value),
        )
  if (!isLine) return { encode: encodeRow, open }
  return {
    encode(out, kind, row) {
      encodeRow(out, kind, row)
      out.byte(10)
    },
    open,
  }
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
