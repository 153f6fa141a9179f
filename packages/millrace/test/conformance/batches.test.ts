import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createResultSink } from '../../src/plan/result-sink.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import type { Row, RowKindCode } from '../../src/types/value.ts'

const ROOT = fileURLToPath(new URL('../../../../conformance/', import.meta.url))

const HALVES = ['open', 'own'] as const

/** Every case that passes in streaming mode and has an answer. */
const CASES = readFileSync(join(ROOT, 'passing.txt'), 'utf8')
  .split('\n')
  .filter(line => line.endsWith(' streaming'))
  .map(line => line.replace(/ streaming$/, ''))
  .filter(hasAnswer)

/** The folder of a case's half, and its path in there. */
function placeOf(name: string): { half: (typeof HALVES)[number]; path: string } {
  return name.startsWith('own/')
    ? { half: 'own', path: name.slice(4) }
    : { half: 'open', path: name }
}

/** Whether Flink answers the case, rather than reject it. */
function hasAnswer(name: string): boolean {
  const { half, path } = placeOf(name)
  const golden = readFileSync(join(ROOT, half, 'golden', `${path}.streaming.ndjson`), 'utf8')
  const { meta } = JSON.parse(golden.slice(0, golden.indexOf('\n'))) as { meta: { status: string } }
  return meta.status === 'ok'
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-batches-'))
  for (const half of HALVES) {
    const data = join(folder, half)
    cpSync(join(ROOT, half, 'data'), data, { recursive: true })
    for (const file of readdirSync(data).filter(f => f.endsWith('.gz')))
      writeFileSync(join(data, file.slice(0, -3)), gunzipSync(readFileSync(join(data, file))))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** All changes of the case's query in order, and how many rows were late. */
async function runCase(name: string, batchRecords: number) {
  const { half, path } = placeOf(name)
  const text = readFileSync(join(ROOT, half, 'cases', `${path}.sql`), 'utf8')
  const connectors = createBuiltInRegistry()
  const script = text.replaceAll(/\$\{DATA\}/g, join(folder, half))
  const { program, query } = loadScript(script, { name, connectors })
  if (!query) throw new Error(`${name} has no query`)
  const changes: [RowKindCode, Row][] = []
  const sink = createResultSink(query.plan, {
    onChange: (kind: RowKindCode, row: Row) => void changes.push([kind, row]),
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
