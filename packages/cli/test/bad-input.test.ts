// The command in the hands of a user with a problem: one message that helps, exit code 1, no stack.

import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endOf, startCommand } from './support/command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const start = (...args: readonly string[]) => startCommand(folder, args)

/** A program that runs until it is stopped. */
const ENDLESS = `
  CREATE TABLE t (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
  CREATE TABLE o (id INT) WITH ('connector' = 'blackhole');
  INSERT INTO o SELECT id FROM t;`

describe('millrace run', () => {
  it('names a port that is in use, and stops', async () => {
    await writeFile(join(folder, 'endless.sql'), ENDLESS)
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const end = await endOf(start('run', 'endless.sql', '--port', `${port}`))
    other.close()
    expect(end.code).toBe(1)
    expect(end.stderr).toContain(`Port ${port} of 127.0.0.1 is in use.\nStop the other program`)
    expect(end.stderr).not.toContain('    at ')
  })

  it('refuses a second instance on a state folder and names the first, which goes on', async () => {
    await writeFile(join(folder, 'endless.sql'), ENDLESS)
    const args = ['run', 'endless.sql', '--no-server', '--state-dir', 'state']
    const first = start(...args)
    const firstEnd = endOf(first)
    await once(first.stderr as NodeJS.ReadableStream, 'data')
    const second = await endOf(start(...args))
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(
      `The state in "${join(folder, 'state')}" is in use by process ${first.pid}.\nStop that process`,
    )
    first.kill('SIGINT')
    expect((await firstEnd).code).toBe(0)
  })

  it('ends with the folder and the reason when the state folder is a file', async () => {
    await writeFile(join(folder, 'endless.sql'), ENDLESS)
    await writeFile(join(folder, 'state'), '')
    const end = await endOf(start('run', 'endless.sql', '--no-server', '--state-dir', 'state'))
    expect(end.code).toBe(1)
    expect(end.stderr).toBe(
      `Cannot open "${join(folder, 'state')}": EEXIST: file already exists, mkdir '${join(folder, 'state')}'.\n` +
        'Check that the folder exists, is writable, and that its disk has space.\n[MR_STATE_IO]\n',
    )
  })
})

describe('millrace query', () => {
  const query = (file: string, format: string) => `
    CREATE TABLE t (id INT, name STRING)
    WITH ('connector' = 'filesystem', 'path' = '${file}', 'format' = '${format}');
    SELECT id, name FROM t;`

  it('prints nothing to stdout but rows, and says where a bad record is', async () => {
    await writeFile(join(folder, 'in.ndjson'), '{"id":1,"name":"a"}\n{"id":tru\n')
    await writeFile(join(folder, 'q.sql'), query('in.ndjson', 'json'))
    const end = await endOf(start('query', '--file', 'q.sql', '--output', 'ndjson'))
    expect(end.code).toBe(1)
    const rows = end.stdout.split('\n').filter(Boolean)
    expect(['', '{"op":"+I","row":{"id":1,"name":"a"}}']).toContain(rows.join())
    expect(end.stderr).toMatch(/in\.ndjson, byte 20\): not JSON: /)
    expect(end.stderr).not.toContain('    at ')
  })

  it.each(['query', 'explain'])('%s knows two modes', async command => {
    await writeFile(join(folder, 'q.sql'), query('in.ndjson', 'json'))
    const end = await endOf(start(command, '--file', 'q.sql', '--mode', 'bach'))
    expect(end.stderr).toContain('--mode is streaming or batch, not "bach".')
    expect(end).toMatchObject({ code: 1, stdout: '' })
  })

  it('says what to do about a file that is not there', async () => {
    await writeFile(join(folder, 'q.sql'), query('nowhere.ndjson', 'json'))
    const end = await endOf(start('query', '--file', 'q.sql', '--output', 'ndjson'))
    expect(end.stderr).toMatch(/nowhere\.ndjson/)
    expect(end).toMatchObject({ code: 1, stdout: '' })
  })
})
