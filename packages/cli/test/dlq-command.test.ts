// `millrace dlq` of a program whose dead letters are in its state folder.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endOf, startCommand } from './support/command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-dlq-'))
  await writeFile(join(folder, 'in.ndjson'), '{"n":1}\n{"n":"x"}\n{"n":0}\n{"n":3}\n')
  await writeFile(
    join(folder, 'halves.sql'),
    `CREATE TABLE numbers (n INT) WITH ('connector' = 'filesystem', 'path' = 'in.ndjson', 'format' = 'json');
     CREATE TABLE halves (n INT) WITH ('connector' = 'blackhole');
     INSERT INTO halves SELECT 6 / n FROM numbers;`,
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const millrace = (...args: readonly string[]) => endOf(startCommand(folder, args))

it('lists and shows them, and leaves the folder as it is', async () => {
  await millrace('run', 'halves.sql', '--no-server', '--state-dir', 'state')
  const contents = async () => {
    const names = (await readdir(join(folder, 'state'))).toSorted()
    const files = await Promise.all(names.map(name => readFile(join(folder, 'state', name), 'hex')))
    return names.map((name, i) => [name, files[i]])
  }
  const before = await contents()
  const state = ['--state-dir', 'state']
  const { stdout, stderr } = await millrace('dlq', 'list', 'halves.sql', ...state)
  expect(stderr).toBe('')
  const rows = stdout.replaceAll(`${folder}/`, '').trimEnd().split('\n').slice(1)
  expect(
    rows.map(line =>
      line
        .split(/ {2,}/)
        .filter((_, i) => i !== 1)
        .slice(0, 4),
    ),
  ).toEqual([
    ['1', 'numbers', 'in.ndjson byte 8', 'MR_DATA_MALFORMED'],
    ['2', 'numbers', 'in.ndjson byte 18', 'MR_DATA_EVALUATION'],
  ])
  const shown = await millrace('dlq', 'show', 'halves.sql', '2', ...state)
  expect(shown.stdout).toContain('in.ndjson byte 18\n')
  expect(shown.stdout).toContain('value\n  {"n":0}\n')
  const bad = await millrace(
    'dlq',
    'list',
    'halves.sql',
    ...state,
    '--code',
    'MR_DATA_MALFORMED',
    '--output',
    'ndjson',
  )
  expect(JSON.parse(bad.stdout)).toMatchObject({ id: '1', operatorName: 'numbers' })
  expect(await contents()).toEqual(before)
}, 30_000)

it('says where letters are looked for', async () => {
  const none = await millrace('dlq', 'list', 'halves.sql')
  expect([none.code, none.stderr]).toEqual([
    1,
    expect.stringContaining('name that with --state-dir'),
  ])
  const missing = await millrace('dlq', 'list', 'halves.sql', '--state-dir', 'gone')
  expect(missing.stderr).toContain('There is no folder gone.')
  const replay = await millrace('dlq', 'replay', 'halves.sql', '--all')
  expect(replay.stderr).toContain("set 'dead-letter.topic'")
}, 30_000)
