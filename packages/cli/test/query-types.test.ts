import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endOf, startCommand } from './support/command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
  await writeFile(
    join(folder, 'q.sql'),
    "SELECT 1 AS a, 'x' AS b, CAST(2.5 AS DECIMAL(5, 2)) AS b;",
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const query = (...args: readonly string[]) =>
  endOf(startCommand(folder, ['query', 'q.sql', ...args]))

describe('millrace query --types', () => {
  it('names distinct columns and their SQL types in a first line', async () => {
    const { stdout, code } = await query('--output', 'ndjson', '--types')
    expect(stdout.split('\n')).toEqual([
      JSON.stringify({
        columns: [
          { name: 'a', type: 'INT NOT NULL' },
          { name: 'b', type: 'CHAR(1) NOT NULL' },
          { name: 'b0', type: 'DECIMAL(5, 2) NOT NULL' },
        ],
      }),
      '{"op":"+I","row":{"a":1,"b":"x","b0":"2.50"}}',
      '',
    ])
    expect(code).toBe(0)
  })

  it('is refused with an output that has no place for it', async () => {
    const { stderr, code } = await query('--types')
    expect(stderr).toContain('--types goes with --output ndjson')
    expect(code).toBe(1)
  })
})
