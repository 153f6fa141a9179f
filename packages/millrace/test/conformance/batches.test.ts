import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSink } from '../../src/plan/create-node.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import type { Row, RowKindCode } from '../../src/types/value.ts'

const ROOT = fileURLToPath(new URL('../../../../conformance/', import.meta.url))

/** Every case that passes in streaming mode and has an answer. */
const CASES = readFileSync(join(ROOT, 'passing.txt'), 'utf8')
  .split('\n')
  .filter(line => line.endsWith(' streaming') && !line.includes('errors/'))
  .map(line => line.replace(/ streaming$/, '').replace(/^open\//, ''))

let data: string
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'millrace-batches-'))
  cpSync(join(ROOT, 'open/data'), data, { recursive: true })
  for (const file of readdirSync(data).filter(f => f.endsWith('.gz')))
    writeFileSync(join(data, file.slice(0, -3)), gunzipSync(readFileSync(join(data, file))))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

/** All changes of the case's query in order, and how many rows were late. */
async function runCase(name: string, batchRecords: number) {
  const [half, path] = name.startsWith('own/') ? ['own', name.slice(4)] : ['open', name]
  const text = readFileSync(join(ROOT, half, 'cases', `${path}.sql`), 'utf8')
  const connectors = createBuiltInRegistry()
  const { program, query } = loadScript(text.replaceAll(/\$\{DATA\}/g, data), { name, connectors })
  if (!query) throw new Error(`${name} has no query`)
  const changes: [RowKindCode, Row][] = []
  const sink = createSink(query.plan, {
    name: '$result',
    schema: query.plan.schema,
    metadata: new Map(),
    primaryKey: [],
    connector: 'memory',
    options: new Map([['connector', 'memory']]),
    attachment: { onChange: (kind: RowKindCode, row: Row) => void changes.push([kind, row]) },
  })
  const run = await new EmbeddedRunner({ batchRecords }).start({ ...program, sinks: [sink] })
  const { lateRecords } = await run.finished
  return { changes, lateRecords }
}

describe('batches of 1 and of 1,000 give the same changes, late rows included', () => {
  test('there are cases', () => {
    expect(CASES.length).toBeGreaterThan(60)
  })

  test.each(CASES)('%s', async name => {
    const one = await runCase(name, 1)
    const many = await runCase(name, 1000)
    expect(one).toEqual(many)
  })
})
