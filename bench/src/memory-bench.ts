// The memory of the flights example while it replays its data at full speed: anonymous resident bytes, sampled. The feed is prepared
// by a process of its own, whose peak is told besides.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchOptions } from './bench-options.ts'
import type { BenchResult } from './bench-result.ts'

const EXAMPLE = fileURLToPath(new URL('../../examples/flights/src/main.ts', import.meta.url))
const PACKAGE = new URL('../../package.json', import.meta.url)
const LIMIT_BYTES = 400e6
const SAMPLE_MS = 50

/** Undefined where there is no /proc, or no example. */
export async function memoryBench({ data }: BenchOptions): Promise<BenchResult | undefined> {
  if (process.platform !== 'linux' || !existsSync(EXAMPLE)) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'millrace-memory-'))
  try {
    const samples: number[] = []
    let preparationPeak = 0
    const started = performance.now()
    const { flags, env } = demoSettings()
    const args = [...flags, EXAMPLE, '--fast', '--fresh', '--state-dir', folder, '--no-server']
    await new Promise<void>((done, fail) => {
      const child = spawn(
        process.execPath,
        data === undefined ? args : [...args, '--data', resolve(data)],
        { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } },
      )
      let problems = ''
      const timer = setInterval(() => {
        const bytes = anonymousBytes(child.pid as number)
        if (bytes !== undefined) samples.push(bytes)
        for (const preparation of childrenOf(child.pid as number))
          preparationPeak = Math.max(preparationPeak, anonymousBytes(preparation) ?? 0)
      }, SAMPLE_MS)
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        problems += text
      })
      child.on('error', fail)
      child.on('close', code => {
        clearInterval(timer)
        if (code === 0) done()
        else fail(new Error(`the flights example ended with ${code}: ${problems}`))
      })
    })
    const peak = Math.max(...samples)
    return {
      name: 'memory',
      ours: peak / 1e6,
      unit: 'MB RssAnon at most',
      ratio: LIMIT_BYTES / peak,
      target: 1,
      spread: [Math.min(...samples) / 1e6, peak / 1e6],
      details: {
        limitBytes: LIMIT_BYTES,
        preparationPeakMB: Math.round(preparationPeak / 1e6),
        samples: samples.length,
        wallMs: Math.round(performance.now() - started),
      },
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What `npm run demo` gives to Node and to the allocator: the size of the heap is part of what is measured. */
function demoSettings(): { readonly flags: readonly string[]; readonly env: NodeJS.ProcessEnv } {
  const { scripts } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as {
    scripts: { demo: string }
  }
  const words = scripts.demo.split(' ')
  const settings = words.slice(0, words.indexOf('node')).map(word => word.split('='))
  return { flags: words.filter(word => word.startsWith('--')), env: Object.fromEntries(settings) }
}

function childrenOf(pid: number): readonly number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return list === '' ? [] : list.split(' ').map(Number)
  } catch {
    return [] // it has just ended
  }
}

function anonymousBytes(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kib = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined // it has just ended
  }
}
