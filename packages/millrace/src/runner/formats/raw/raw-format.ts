// The format `raw`: a record is the value of the table's one column.

import type {
  DecodeRequest,
  DecodingFormat,
  RecordDecoder,
  RecordNames,
} from '../../../format/decoder.ts'
import type { CodeScope } from '../../../functions/function-definition.ts'
import type { EncodingFormat, RecordEncoder } from '../../../format/encoder.ts'
import type { DataType } from '../../../types/data-type.ts'
import { MillraceError } from '../../../types/errors.ts'
import type { Schema } from '../../../types/schema.ts'
import type { Value } from '../../../types/value.ts'
import { overlongProblem } from '../text/overlong-record.ts'
import { typeProblem } from '../text/type-problem.ts'
import { createTextReader } from '../text/read-text.ts'
import type { TextReader } from '../text/read-text.ts'
import { createTextWriter } from '../text/value-text.ts'

/** Reads and writes one value a record. Values other than strings and bytes are text too (Flink's are binary). */
export const rawFormat: DecodingFormat & EncodingFormat = {
  format: 'raw',
  options: [
    { name: 'charset', type: 'string', default: 'UTF-8', description: 'The encoding of strings.' },
    {
      name: 'endianness',
      type: 'enum',
      values: ['big-endian', 'little-endian'],
      default: 'big-endian',
      description: 'Accepted for Flink; numbers are text here.',
    },
  ],
  framing: 'lines',
  accepts: () => ['append'],
  changelogMode: () => 'append',
  createDecoder,
  createEncoder,
}

function onlyColumn(schema: Schema): Schema[number] {
  const [column, ...others] = schema
  if (!column || others.length > 0)
    throw new MillraceError(
      'MR_OPTION_INVALID',
      `the format 'raw' needs a table of one physical column, not ${schema.length}`,
      { remedy: "Declare one column, or use the format 'csv' or 'json'." },
    )
  return column
}

const isUtf8 = (charset: string): boolean => /^utf-?8$/i.test(charset)

function readerOf(type: DataType, charset: string): TextReader {
  if (type.kind === 'binary' || type.kind === 'varbinary')
    return (bytes, start, end) => Uint8Array.from(bytes.subarray(start, end))
  if ((type.kind !== 'char' && type.kind !== 'varchar') || isUtf8(charset))
    return createTextReader(type, 'raw')
  let decoder: InstanceType<typeof TextDecoder>
  try {
    decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true })
  } catch (cause) {
    throw new MillraceError('MR_OPTION_INVALID', `raw.charset '${charset}' is not known`, {
      cause,
      remedy: "Use a name such as 'UTF-8' or 'ISO-8859-1'.",
    })
  }
  return (bytes, start, end) => {
    try {
      return decoder.decode(bytes.subarray(start, end))
    } catch {
      return undefined
    }
  }
}

function createDecoder({ schema, reads, options, isFramed = false }: DecodeRequest): RecordDecoder {
  const { type, name } = onlyColumn(schema)
  const read = readerOf(type, options.get('charset') ?? 'UTF-8')
  const isRead = reads[0] !== undefined
  return {
    emitRecord(scope, { bytes, position, end }, onMalformed, consume) {
      const start = scope.local('start')
      const stop = scope.local('stop')
      scope.statement(`const ${start} = ${position}`)
      if (isFramed) {
        scope.statement(`const ${stop} = ${end}`)
        scope.statement(`${position} = ${end}`)
      } else emitLine(scope, { bytes, position, end }, start, stop, onMalformed)
      consume({
        value(inner) {
          const value = inner.local(name)
          const readName = inner.constant(isRead ? read : () => null, 'read')
          const problem = inner.constant(
            (b: Uint8Array, s: number, e: number) =>
              typeProblem(isFramed ? 'record' : 'line', type, b, s, e),
            'problem',
          )
          inner.statement(`const ${value} = ${readName}(${bytes}, ${start}, ${stop})`)
          inner.statement(
            `if (${value} === undefined) { ${onMalformed(`${problem}(${bytes}, ${start}, ${stop})`)} }`,
          )
          return value
        },
      })
    },
  }
}

/** Emits what finds the end of a line, and refuses one that was too long to be held. */
function emitLine(
  scope: CodeScope,
  { bytes, position, end }: RecordNames,
  start: string,
  stop: string,
  onMalformed: (reason: string) => string,
): void {
  const lineEnd = scope.constant(findLineEnd, 'lineEnd')
  const problemOf = scope.constant(overlongProblem, 'overlongProblem')
  const overlong = scope.local('overlong')
  scope.statement(`let ${stop} = ${lineEnd}(${bytes}, ${start}, ${end})`)
  scope.statement(`${position} = ${stop} < ${end} ? ${stop} + 1 : ${end}`)
  scope.statement(`if (${stop} > ${start} && ${bytes}[${stop} - 1] === 13) ${stop}--`)
  scope.statement(
    `const ${overlong} = ${bytes}[${start}] === 0 ? ${problemOf}(${bytes}, ${start}, ${stop}) : undefined`,
  )
  scope.statement(`if (${overlong} !== undefined) { ${onMalformed(overlong)} }`)
}

function findLineEnd(bytes: Uint8Array, start: number, end: number): number {
  const newline = bytes.indexOf(10, start)
  return newline < 0 || newline > end ? end : newline
}

function createEncoder(schema: Schema, options: ReadonlyMap<string, string>): RecordEncoder {
  const { type } = onlyColumn(schema)
  const charset = options.get('charset') ?? 'UTF-8'
  if (!isUtf8(charset))
    throw new MillraceError('MR_OPTION_INVALID', `raw.charset '${charset}' can only be read`, {
      remedy: 'Write UTF-8.',
    })
  if (type.kind === 'binary' || type.kind === 'varbinary')
    return (out, _kind, row) => {
      if (row[0] !== null) out.append(row[0] as Uint8Array)
    }
  const write = createTextWriter(type, 'raw')
  return (out, _kind, row) => {
    if (row[0] !== null) write(out, row[0] as Value)
  }
}
