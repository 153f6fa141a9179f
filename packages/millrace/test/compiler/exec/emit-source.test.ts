// What the loop of a source counts.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createScan } from '../../../src/plan/create-node.ts'
import { EmbeddedRunner } from '../../../src/runner/embedded-runner.ts'
import { fileTable, program, sinkTo, table, writeLines } from '../../support/engine.ts'

it('counts each record once, be it malformed as a whole or in one value, and blank lines never', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-source-'))
  try {
    const path = join(folder, 'events.ndjson')
    await writeLines(path, ['{"k":"a","v":1}', '', '{"k":"b","v":"no number"}', '{"k":'])
    const sink = sinkTo(createScan(fileTable('events', path)), table('out', 'blackhole', {}))
    const run = await new EmbeddedRunner().start(program('count', {}, [sink]))
    const { recordsRead, rowsWritten, deadLetters } = await run.finished
    expect({ recordsRead, rowsWritten, deadLetters }).toEqual({
      recordsRead: 3,
      rowsWritten: 1,
      deadLetters: 2,
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})
