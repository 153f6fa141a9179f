// Bytes that Apache Avro has written are read, and it reads what is written here.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { registryJavaProblem, runRegistryJava } from '@millrace/testing'
import { ByteWriter, type DataType, type ReadTree, types } from 'millrace'
import { describe, expect, it } from 'vitest'
import { generateAvroReader } from '../../src/avro/avro-code.ts'
import { AvroInput } from '../../src/avro/avro-input.ts'
import { parseAvroSchema } from '../../src/avro/avro-schema.ts'
import { createAvroWriter } from '../../src/avro/avro-writer.ts'
import { avroSchemaOf } from '../../src/avro/schema-of-columns.ts'

const problem = await registryJavaProblem()
if (problem) console.warn(`SKIPPED, tests against Apache Avro: ${problem}`)

async function askJava(lines: readonly (readonly [string, string, string])[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-avro-'))
  try {
    const file = join(folder, 'lines')
    await writeFile(file, lines.map(line => line.join('\t')).join('\n'))
    const program = fileURLToPath(new URL('../java/AvroPeer.java', import.meta.url))
    const output = await runRegistryJava(program, { lines: file })
    return output.split('\n').flatMap(line => (line.startsWith('> ') ? [line.slice(2)] : []))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const EDGES = [0, -1, 63, -64, 64, 8191, -8193, 2 ** 27, -(2 ** 28), 2 ** 31 - 1, -(2 ** 31)]
const LONGS = [
  ...EDGES,
  2 ** 34,
  -(2 ** 35),
  2 ** 50,
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_SAFE_INTEGER,
  9007199254740993n,
  -9007199254740993n,
  2n ** 63n - 1n,
  -(2n ** 63n),
]
const DECIMALS = [0, 1, -1, 127, 128, -128, -129, 255, 32768, 12345678901234567890n, -(10n ** 37n)]

const COLUMNS: readonly { readonly name: string; readonly type: DataType }[] = [
  { name: 'l', type: types.array({ ...types.bigint, nullable: false }) },
  { name: 'i', type: types.array(types.int) },
  { name: 'p', type: types.array({ ...types.decimal(38, 2), nullable: false }) },
  { name: 's', type: types.string },
  { name: 'r', type: types.row([{ name: 'm', type: types.map(types.string, types.double) }]) },
  { name: 'y', type: types.bytes },
]

const ROW = [
  LONGS,
  EDGES,
  DECIMALS,
  `grün ${'x'.repeat(300)}`,
  [new Map([['k', 0.5]])],
  Uint8Array.of(0, 255),
]

describe.skipIf(problem !== undefined)('beside Apache Avro', () => {
  it('integers, decimals, texts, maps and rows are the same bytes both ways', async () => {
    const schema = avroSchemaOf(COLUMNS, { isLegacyTimestamp: true })
    const type = parseAvroSchema(schema)
    const out = new ByteWriter()
    createAvroWriter(type, COLUMNS)(out, ROW)
    const bytes = out.take()
    const [json = ''] = await askJava([['decode', schema, Buffer.from(bytes).toString('hex')]])
    // JSON of Java keeps all digits; as text nothing is lost on the way here.
    expect(json).toContain(`"l":{"array":[${LONGS.join(',')}]}`)
    expect(json).toContain('grün')
    const [hex = ''] = await askJava([['encode', schema, json]])
    expect(hex).toBe(Buffer.from(bytes).toString('hex'))
    const reads = new Map<string, ReadTree>(
      COLUMNS.map(({ name, type: own }, slot) => [name, { kind: 'whole', slot, type: own }]),
    )
    const values: unknown[] = []
    const input = new AvroInput()
    const read = Buffer.from(hex, 'hex')
    input.reset(read, 0, read.length)
    generateAvroReader(type, reads).read(input, values)
    expect(values).toEqual(ROW)
  })

  it('what nobody asks for is passed over, whatever its type', async () => {
    const schema = JSON.stringify({
      type: 'record',
      name: 'Node',
      fields: [
        { name: 'next', type: ['null', 'Node'] },
        { name: 'fixed', type: { type: 'fixed', name: 'F', size: 3 } },
        {
          name: 'any',
          type: [
            'int',
            'string',
            { type: 'array', items: 'float' },
            { type: 'map', values: 'Node' },
          ],
        },
        { name: 'color', type: { type: 'enum', name: 'E', symbols: ['RED', 'BLUE'] } },
        { name: 'last', type: 'double' },
      ],
    })
    const leaf = (any: object, last: number) => ({
      next: null,
      fixed: 'abc',
      any,
      color: 'BLUE',
      last,
    })
    const value = {
      ...leaf({ map: { a: leaf({ array: [1, 2] }, 1), b: leaf({ string: 'x' }, 2) } }, 3.5),
      next: { Node: leaf({ int: 7 }, 4) },
    }
    const [hex = ''] = await askJava([['encode', schema, JSON.stringify(value)]])
    const reads = new Map<string, ReadTree>([
      ['last', { kind: 'whole', slot: 0, type: types.double }],
      ['color', { kind: 'whole', slot: 1, type: types.string }],
    ])
    const values: unknown[] = []
    const input = new AvroInput()
    const bytes = Buffer.from(hex, 'hex')
    const { read } = generateAvroReader(parseAvroSchema(schema), reads)
    input.reset(bytes, 0, bytes.length)
    read(input, values)
    expect(values).toEqual([3.5, 'BLUE'])
    for (let end = 0; end < bytes.length; end++) {
      input.reset(bytes, 0, end)
      expect(() => read(input, values)).toThrow('ends in the middle of a value')
    }
  })
})
