import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodePorts } from '../../src/runner/node-ports.ts'

const { clock, disk } = nodePorts({})

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-ports-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('the disk of Node', () => {
  it('makes files 0600 and folders 0700', async () => {
    const path = `${folder}/a/b`
    await disk.makeDirectory(path)
    await (await disk.open(`${path}/file`, 'write')).close()
    expect(statSync(`${folder}/a`).mode & 0o777).toBe(0o700)
    expect(statSync(`${path}/file`).mode & 0o777).toBe(0o600)
  })

  it('writes at a position, reads until the end, truncates, and empties on write', async () => {
    const path = `${folder}/file`
    const file = await disk.open(path, 'append-or-create')
    await file.write(Uint8Array.of(1, 2, 3, 4), 0)
    await file.write(Uint8Array.of(9), 2)
    await file.sync()
    const buffer = new Uint8Array(8)
    expect(await file.read(buffer, 1, 7, 1)).toBe(3)
    expect([...buffer]).toEqual([0, 2, 9, 4, 0, 0, 0, 0])
    await file.truncate(2)
    expect(await file.size()).toBe(2)
    await file.close()
    await (await disk.open(path, 'append-or-create')).close()
    expect([...(await disk.readFile(path))]).toEqual([1, 2])
    await (await disk.open(path, 'write')).close()
    expect(await disk.info(path)).toMatchObject({ kind: 'file', size: 0 })
  })

  it('reads files as plain bytes, whose slices are copies', async () => {
    const file = await disk.open(`${folder}/file`, 'write')
    await file.write(Uint8Array.of(1, 2, 3), 0)
    await file.close()
    const bytes = await disk.readFile(`${folder}/file`)
    const copy = bytes.slice(1)
    bytes[1] = 9
    expect([...copy]).toEqual([2, 3])
    expect(copy.buffer.byteLength).toBe(2)
  })

  it('renames, lists, removes, and has no info of what is missing', async () => {
    await (await disk.open(`${folder}/old`, 'write')).close()
    await disk.rename(`${folder}/old`, `${folder}/new`)
    await disk.syncDirectory(folder)
    expect(await disk.list(folder)).toEqual(['new'])
    await disk.remove(`${folder}/new`)
    expect(await disk.info(`${folder}/new`)).toBeUndefined()
    await expect(disk.open(`${folder}/new`, 'read')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('the clock of Node', () => {
  it('sleeps, ends the wait at once on abort, and never rejects', async () => {
    const started = clock.monotonic()
    await clock.sleep(20)
    expect(clock.monotonic() - started).toBeGreaterThanOrEqual(19)
    const abort = new AbortController()
    const waiting = clock.sleep(60_000, abort.signal)
    abort.abort()
    await waiting
    await clock.sleep(60_000, abort.signal)
    expect(clock.monotonic() - started).toBeLessThan(10_000)
  })
})
