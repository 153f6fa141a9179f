import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endOf, startCommand } from './support/command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const types = (...args: readonly string[]) => endOf(startCommand(folder, ['types', ...args]))

describe('millrace types', () => {
  it('writes the types beside the script, and --check tells when they are behind', async () => {
    await writeFile(join(folder, 'q.sql'), 'CREATE VIEW big_ones AS SELECT CAST(1 AS BIGINT) AS n;')
    expect((await types('q.sql', '--check')).stderr).toContain('q.sql.d.ts is not up to date')
    expect(await types('q.sql')).toMatchObject({ stdout: 'q.sql.d.ts\n', code: 0 })
    expect(await readFile(join(folder, 'q.sql.d.ts'), 'utf8')).toBe(
      [
        '// The rows of the views and queries of q.sql. Written by "millrace types"; do not edit.',
        '',
        '/** A row of the view big_ones. */',
        'export interface BigOnes {',
        '  /** BIGINT NOT NULL */',
        '  readonly n: bigint',
        '}',
        '',
      ].join('\n'),
    )
    expect((await types('q.sql', '--check')).code).toBe(0)
  })

  it('reports an error of the script at its place', async () => {
    await writeFile(join(folder, 'q.sql'), 'SELECT x FROM t;')
    const { stderr, code } = await types('q.sql')
    expect(stderr).toContain('1:15')
    expect(code).toBe(1)
  })
})
