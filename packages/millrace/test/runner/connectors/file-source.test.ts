// The file source on real files: whole records, positions, compression, growing and rotated files.

import { appendFile, mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue, Source, SplitReader } from '../../../src/connector/source.ts'
import { fileSource } from '../../../src/runner/connectors/file/file-source.ts'
import { nodePorts } from '../../../src/runner/node-ports.ts'

let folder: string
const opened: SplitReader[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-source-'))
})
afterEach(async () => {
  for (const reader of opened.splice(0)) await reader.close()
  await rm(folder, { recursive: true, force: true })
})

function source(options: Record<string, string>): Source {
  const created = fileSource.create({
    table: {
      name: 't',
      schema: [],
      metadata: new Map(),
      primaryKey: [],
      connector: 'filesystem',
      options: new Map(Object.entries({ format: 'json', ...options })),
    },
    ports: nodePorts({}),
    program: 'test',
    baseFolder: folder,
    framing: 'lines',
  })
  const open = created.open.bind(created)
  created.open = async (...args) => {
    const reader = await open(...args)
    opened.push(reader)
    return reader
  }
  return created
}

interface Line {
  readonly text: string
  readonly position: JsonValue
}

/** Reads a split until it has nothing more. */
async function drain(reader: SplitReader): Promise<Line[]> {
  const lines: Line[] = []
  for (;;) {
    const batch = await reader.read()
    if (typeof batch === 'string') return lines
    if (batch.kind !== 'bytes') throw new Error('file sources give bytes')
    for (let at = batch.start; at < batch.end; ) {
      const newline = batch.bytes.indexOf(10, at)
      const end = newline < 0 || newline >= batch.end ? batch.end : newline + 1
      const text = Buffer.from(batch.bytes.subarray(at, end)).toString()
      lines.push({ text, position: JSON.parse(JSON.stringify(batch.positionAt(end))) as JsonValue })
      at = end
    }
  }
}

async function readAll(from: Source): Promise<string[]> {
  const texts: string[] = []
  for (const split of await from.discover(new Set())) {
    const reader = await from.open(split, undefined)
    texts.push(...(await drain(reader)).map(l => l.text))
  }
  return texts
}

const file = (name: string) => join(folder, name)
const numbered = (count: number, size = 20) =>
  Array.from({ length: count }, (_, i) => `${i} ${'x'.repeat(size)}\n`)

describe('bounded', () => {
  it('reads the files of a folder by name, hidden ones left out, and a last line without its end', async () => {
    await mkdir(file('sub'))
    await writeFile(file('b'), 'b1\nb2')
    await writeFile(file('a'), 'a1\n')
    await writeFile(file('sub/c'), 'c1\n')
    await writeFile(file('.hidden'), 'no\n')
    await writeFile(file('_SUCCESS'), 'no\n')
    expect(await readAll(source({ path: folder }))).toEqual(['a1\n', 'b1\n', 'b2', 'c1\n'])
  })

  it('reads the matches of a glob', async () => {
    await writeFile(file('a.json'), 'a\n')
    await writeFile(file('b.txt'), 'b\n')
    expect(await readAll(source({ path: '*.json' }))).toEqual(['a\n'])
    expect(await readAll(source({ path: `${folder}/*.json` }))).toEqual(['a\n'])
  })

  it('names a path that is missing', async () => {
    await expect(source({ path: 'nowhere.json' }).discover(new Set())).rejects.toMatchObject({
      code: 'MR_IO_NOT_FOUND',
      message: expect.stringContaining('nowhere.json') as string,
    })
  })

  it('tells how much of all its files has been read, also of compressed ones and from a position on', async () => {
    const small = Buffer.from(numbered(50).join(''))
    const large = Buffer.from(numbered(60_000).join(''))
    await writeFile(file('a'), small)
    await writeFile(file('b.gz'), gzipSync(large))
    await writeFile(file('c'), large)
    const from = source({ path: folder })
    const splits = await from.discover(new Set())
    expect(from.progress?.()).toBeUndefined()
    const seen: number[] = []
    let middle: JsonValue | undefined
    for (const split of splits) {
      const reader = await from.open(split, undefined)
      for (;;) {
        const batch = await reader.read()
        seen.push(from.progress?.() as number)
        if (typeof batch === 'string') break
        if (split === splits[2] && batch.kind === 'bytes')
          middle ??= JSON.parse(JSON.stringify(batch.positionAt(batch.end))) as JsonValue
      }
    }
    expect(seen.toSorted((x, y) => x - y)).toEqual(seen)
    expect(new Set(seen).size).toBeGreaterThan(4)
    expect(seen[0]).toBeLessThan(0.1)
    expect(seen.at(-1)).toBe(1)
    const again = source({ path: folder })
    await again.discover(new Set(splits.slice(0, 2).map(s => s.id)))
    await again.open(splits[2]!, middle)
    expect(again.progress?.()).toBeGreaterThan(0.2)
    expect(again.progress?.()).toBeLessThan(1)
  })

  it.each(['plain', 'gz', 'zst'])('goes on from any position (%s)', async kind => {
    const lines = numbered(30_000)
    const text = Buffer.from(lines.join(''))
    const path = file(`data.${kind}`)
    await writeFile(
      path,
      kind === 'gz' ? gzipSync(text) : kind === 'zst' ? zstdCompressSync(text) : text,
    )
    const from = source({ path })
    const [split] = await from.discover(new Set())
    const all = await drain(await from.open(split!, undefined))
    expect(all.map(l => l.text)).toEqual(lines)
    for (const index of [0, 12_345, 29_998, 29_999]) {
      const reader = await source({ path }).open(split!, all[index]!.position)
      expect((await drain(reader)).map(l => l.text)).toEqual(lines.slice(index + 1))
    }
  })

  it('delivers all whole lines of a truncated gzip file, then names the file', async () => {
    const lines = Array.from({ length: 20_000 }, () => `${Math.random()}\n`)
    const bytes = gzipSync(lines.join(''))
    await writeFile(file('a.gz'), bytes.subarray(0, bytes.length >> 1))
    const from = source({ path: 'a.gz' })
    const reader = await from.open((await from.discover(new Set()))[0]!, undefined)
    const read: string[] = []
    const attempt = (async () => {
      for (;;) {
        const batch = await reader.read()
        if (typeof batch === 'string' || batch.kind !== 'bytes') break
        read.push(Buffer.from(batch.bytes.subarray(batch.start, batch.end)).toString())
      }
    })()
    await expect(attempt).rejects.toMatchObject({
      code: 'MR_DATA_MALFORMED',
      message: expect.stringContaining('a.gz') as string,
    })
    const text = read.join('')
    expect(lines.join('').startsWith(text)).toBe(true)
    expect(text.length).toBeGreaterThan(lines.join('').length * 0.4)
  })

  it('holds a record longer than the buffer, and marks one beyond the limit', async () => {
    const long = `${'y'.repeat(900_000)}\n`
    const tooLong = `${'z'.repeat(3_000_000)}\n`
    await writeFile(file('a'), `1\n${long}2\n${tooLong}3\n${tooLong.trimEnd()}`)
    const texts = await readAll(source({ path: 'a', 'source.max-record-bytes': '1 mb' }))
    expect(texts.map(t => t.length < 50 && t)).toEqual(['1\n', false, '2\n', false, '3\n', false])
    expect(texts[1]).toBe(long)
    expect(texts[3]).toContain(`record at byte ${2 + long.length + 2} of`)
  })

  const limits: readonly (readonly [bytes: number, format: 'json' | 'csv'])[] = [
    [100, 'json'],
    [1024, 'json'],
    [1 << 20, 'json'],
    [(1 << 20) + 100_000, 'json'],
    [1024, 'csv'],
  ]
  for (const [bytes, format] of limits)
    it(`takes records of ${bytes} bytes without their ends, and marks those of one more, wherever they are: ${format}`, async () => {
      const of = (length: number) =>
        format === 'csv' ? `"${'x'.repeat(length - 3)}\n"` : 'x'.repeat(length)
      const lengths = [
        9,
        bytes,
        bytes + 1,
        5,
        bytes + 1,
        bytes + 1,
        bytes,
        7,
        3 * bytes,
        6,
        bytes + 1,
      ]
      await writeFile(file('a'), lengths.map(of).join('\n'))
      const from = source({ path: 'a', format, 'source.max-record-bytes': `${bytes} b` })
      const [split] = await from.discover(new Set())
      const reader = await from.open(split!, undefined)
      const taken: (number | string)[] = []
      for (;;) {
        const batch = await reader.read()
        if (batch === 'finished') break
        if (typeof batch === 'string' || batch.kind !== 'bytes') throw new Error('no batch')
        const text = Buffer.from(batch.bytes.subarray(batch.start, batch.end)).toString()
        if (text.includes('overlong'))
          taken.push(text.replace(/^.*record at byte (\d+) .*\n$/s, '$1'))
        else {
          // Records of CSV end with a quote before the newline.
          const records = format === 'csv' ? text.split(/(?<=\n")\n/) : text.split('\n')
          taken.push(...records.filter(r => r !== '').map(r => r.length))
        }
      }
      let at = 0
      const expected = lengths.map(length => {
        const start = at
        at += length + 1
        return length > bytes ? String(start) : length
      })
      expect(taken).toEqual(expected)
    })

  it('reads only files whose whole path a pattern matches', async () => {
    await mkdir(join(folder, 'sub'))
    for (const name of ['a.ndjson', 'b.ndjson', 'sub/a.ndjson', 'a.ndjson.bak'])
      await writeFile(file(name), `${name}\n`)
    const matching = (pattern: string) =>
      readAll(source({ path: '.', 'source.path.regex-pattern': pattern }))
    expect(await matching('.*/a[.]ndjson')).toEqual(['a.ndjson\n', 'sub/a.ndjson\n'])
    expect(await matching('.*[.]bak|.*/b.*')).toEqual(['a.ndjson.bak\n', 'b.ndjson\n'])
    expect(await matching('a[.]ndjson')).toEqual([])
    expect(() => source({ path: '.', 'source.path.regex-pattern': '(' })).toThrow(
      'source.path.regex-pattern is no regular expression',
    )
  })

  it('skips a byte order mark', async () => {
    await writeFile(file('a'), '\ufeff1\n2\n')
    expect(await readAll(source({ path: 'a' }))).toEqual(['1\n', '2\n'])
  })

  it('keeps quoted newlines of CSV in one batch, and repeats the header when it goes on', async () => {
    const records = Array.from({ length: 20_000 }, (_, i) => `${i},"line\nline ""x"""\n`)
    await writeFile(file('a.csv'), `id,text\n${records.join('')}`)
    const from = source({ path: 'a.csv', format: 'csv', 'csv.header': 'true' })
    const [split] = await from.discover(new Set())
    const reader = await from.open(split!, undefined)
    const batches: string[] = []
    let middle: JsonValue = null
    for (;;) {
      const batch = await reader.read()
      if (typeof batch === 'string' || batch.kind !== 'bytes') break
      batches.push(Buffer.from(batch.bytes.subarray(batch.start, batch.end)).toString())
      if (batches.length === 2) middle = batch.positionAt(batch.end)
    }
    expect(batches[0]).toBe('\0\0header\0id,text\n')
    expect(batches.slice(1).join('')).toBe(records.join(''))
    for (const batch of batches.slice(1)) expect(batch).toMatch(/^\d+,"/)
    const resumed = await from.open(split!, middle)
    const first = await resumed.read()
    if (typeof first === 'string' || first.kind !== 'bytes') throw new Error('no batch')
    expect(Buffer.from(first.bytes.subarray(0, first.end)).toString()).toBe(batches[0])
    expect((await drain(resumed)).map(l => l.text).join('')).toBe(batches.slice(2).join(''))
  })
})

describe('unbounded', () => {
  const watched = (path: string) => source({ path, 'source.monitor-interval': '20 ms' })

  it('follows a file: an unfinished line waits', async () => {
    await writeFile(file('log'), '1\n2')
    const from = watched('log')
    const reader = await from.open((await from.discover(new Set()))[0]!, undefined)
    expect((await drain(reader)).map(l => l.text)).toEqual(['1\n'])
    await appendFile(file('log'), '2\n3\n')
    await reader.wait(new AbortController().signal)
    expect((await drain(reader)).map(l => l.text)).toEqual(['22\n', '3\n'])
  })

  it('drains a rotated file before the one that replaced it', async () => {
    await writeFile(file('log'), '1\n')
    const from = watched('log')
    const known = new Set<string>()
    const [first] = await from.discover(known)
    known.add(first!.id)
    const reader = await from.open(first!, undefined)
    expect(await drain(reader)).toHaveLength(1)
    await appendFile(file('log'), '2\nlast')
    await rename(file('log'), file('log.1'))
    await writeFile(file('log'), 'new\n')
    expect((await drain(reader)).map(l => l.text)).toEqual(['2\n', 'last'])
    expect(await reader.read()).toBe('finished')
    const [second, ...others] = await from.discover(known)
    expect(others).toEqual([])
    expect((await drain(await from.open(second!, undefined))).map(l => l.text)).toEqual(['new\n'])
  })

  it('finds new files of a folder and finishes older ones', async () => {
    await writeFile(file('1'), 'a\n')
    const from = watched(folder)
    const known = new Set<string>()
    const [first] = await from.discover(known)
    known.add(first!.id)
    const reader = await from.open(first!, undefined)
    expect(await drain(reader)).toHaveLength(1)
    expect(await reader.read()).toBe('idle')
    await writeFile(file('2'), 'b\n')
    expect(await reader.read()).toBe('finished')
    expect((await from.discover(known)).map(s => s.spec)).toEqual([{ path: file('2') }])
  })

  it('goes back to the start of a file that was truncated in place', async () => {
    await writeFile(file('log'), '1\n2\nunfinished')
    const from = watched('log')
    const reader = await from.open((await from.discover(new Set()))[0]!, undefined)
    expect(await drain(reader)).toHaveLength(2)
    await truncate(file('log'))
    expect(await reader.read()).toBe('idle')
    await appendFile(file('log'), 'x\n')
    expect((await drain(reader)).map(l => l.text)).toEqual(['x\n'])
  })

  it('reads a file from its start when another one took its place', async () => {
    await writeFile(file('log'), '1\n2\n')
    const from = watched('log')
    const [split] = await from.discover(new Set())
    const [, second] = await drain(await from.open(split!, undefined))
    await writeFile(file('log'), 'x\ny\nz\n')
    const reader = await from.open(split!, second!.position)
    expect((await drain(reader)).map(l => l.text)).toEqual(['x\n', 'y\n', 'z\n'])
  })
})
