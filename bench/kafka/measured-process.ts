// Runs a command as a process, and samples what it and its children need: processor time and memory.

import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface Usage {
  /** Of all its threads and children, seconds. */
  readonly cpuS: number
  /** Resident at most, at one moment, of all together. */
  readonly peakRssBytes: number
}

export interface MeasuredProcess {
  /** Resolves with the first line that begins so. @throws when it ends before */
  line(beginning: string): Promise<string>
  /** Ends its input, which asks it to stop. */
  stop(): void
  /** @throws when it fails */
  readonly ended: Promise<Usage>
}

const SAMPLE_MS = 100
/** Of `/proc`: ticks a second, bytes of a page. */
const TICKS = 100
const PAGE_BYTES = 4096
const MOST_MS = 600_000

export function startMeasured(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): MeasuredProcess {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const lines = new Lines(child)
  let cpuS = 0
  let peakRssBytes = 0
  const sampler = setInterval(() => {
    const sample = usageOfTree(child.pid as number)
    cpuS = Math.max(cpuS, sample.cpuS)
    peakRssBytes = Math.max(peakRssBytes, sample.rssBytes)
  }, SAMPLE_MS)
  const limit = setTimeout(() => child.kill('SIGKILL'), MOST_MS)
  const ended = new Promise<Usage>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      clearInterval(sampler)
      clearTimeout(limit)
      const failure = new Error(`${program} ended with ${code}:\n${lines.all.slice(-4_000)}`)
      lines.end(failure)
      if (code === 0) resolve({ cpuS, peakRssBytes })
      else reject(failure)
    })
  })
  ended.catch(() => {})
  return { line: beginning => lines.first(beginning), stop: () => child.stdin?.end(), ended }
}

/** What a process prints. */
class Lines {
  all = ''
  readonly #wanted: { readonly beginning: string; readonly found: PromiseWithResolvers<string> }[] =
    []
  #failure: Error | undefined

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.all += text
        for (const { beginning, found } of this.#wanted) {
          const line = this.#find(beginning)
          if (line !== undefined) found.resolve(line)
        }
      })
  }

  first(beginning: string): Promise<string> {
    const line = this.#find(beginning)
    if (line !== undefined) return Promise.resolve(line)
    if (this.#failure) return Promise.reject(this.#failure)
    const found = Promise.withResolvers<string>()
    this.#wanted.push({ beginning, found })
    return found.promise
  }

  end(failure: Error): void {
    this.#failure = failure
    for (const { found } of this.#wanted) found.reject(failure)
  }

  /** Whole lines alone. */
  #find(beginning: string): string | undefined {
    return this.all
      .split('\n')
      .slice(0, -1)
      .find(line => line.startsWith(beginning))
  }
}

/** Processor time of a process so far, seconds; children that it has waited for included. */
export function cpuSecondsOf(pid: number): number {
  const fields = statOf(pid)
  return fields ? [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) / TICKS : 0
}

function usageOfTree(root: number): { readonly cpuS: number; readonly rssBytes: number } {
  const children = Map.groupBy(
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => ({ pid: Number(name), fields: statOf(Number(name)) })),
    ({ fields }) => Number(fields?.[1]),
  )
  let cpuS = 0
  let rssBytes = 0
  const left = [root]
  for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
    const fields = statOf(pid)
    if (!fields) continue
    cpuS += cpuSecondsOf(pid)
    rssBytes += Number(fields[21]) * PAGE_BYTES
    left.push(...(children.get(pid) ?? []).map(c => c.pid))
  }
  return { cpuS, rssBytes }
}

/** The fields of `/proc/PID/stat` behind the command's name: state, parent, … */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
  } catch {
    return undefined
  }
}
