import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { endOf, startCommand } from './support/command.ts'

it('shows how a function is called whose arguments do not fit', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
  await writeFile(join(folder, 'q.sql'), 'SELECT SUBSTRING(1, 2);')
  const { stderr, code } = await endOf(startCommand(folder, ['query', 'q.sql']))
  await rm(folder, { recursive: true })
  expect(stderr).toMatch(
    /^SUBSTRING needs a STRING as argument 1[\s\S]*It is called as:\n {2}SUBSTRING\(text FROM start \[FOR length\]\)\n/,
  )
  expect(stderr).toMatch(/\n\[MR_SQL_ARGUMENTS\]\n$/)
  expect(code).toBe(1)
})
