// A few processes that each run case after case, so that starting an engine is paid once and not for every case.
//
// To a process, a line on stdin is a request, and what it prints until a closing line is the answer:
//
//   stdin   {"file":"…","mode":"…"}⏎
//   stdout  …output of the run…␞EXIT CODE⏎
//   stderr  …messages of the run…␞⏎

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** Closes what one run printed; canonical JSON and messages never hold it. */
export const END_OF_RUN = '\u001e'

/** One run of a case. */
export interface CaseRun {
  readonly file: string
  readonly mode: string
}

/** What became of a run, as compare.mjs reads it. */
export interface RunOutcome {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly timedOut: boolean
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

export class WarmProcesses {
  readonly #command: readonly string[]
  readonly #idle: Child[] = []

  /** @param command the program and its arguments; a process is started for each run that finds none idle */
  constructor(command: readonly string[]) {
    this.#command = command
  }

  /** Runs a case. A process that dies under it is an exit code of 3, whatever its own was; one that takes too long is killed. */
  async run(run: CaseRun, timeoutSeconds: number): Promise<RunOutcome> {
    const child = this.#idle.pop() ?? this.#start()
    const outcome = await exchange(child, run, timeoutSeconds)
    if (child.exitCode === null && child.signalCode === null && !child.killed)
      this.#idle.push(child)
    return outcome
  }

  /** Lets the processes end. */
  close(): void {
    for (const child of this.#idle.splice(0)) child.stdin.end()
  }

  #start(): Child {
    const [program, ...args] = this.#command as [string, ...string[]]
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdout.setEncoding('utf8')
    child.stderr.setEncoding('utf8')
    // A write to a process that has just died fails; its end is what is reported.
    child.stdin.on('error', () => {})
    return child
  }
}

function exchange(child: Child, run: CaseRun, timeoutSeconds: number): Promise<RunOutcome> {
  return new Promise(resolve => {
    let out = ''
    let err = ''
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, timeoutSeconds * 1000)
    const onOut = (text: string) => {
      out += text
      answer()
    }
    const onErr = (text: string) => {
      err += text
      answer()
    }
    const onClose = (code: number | null, signal: string | null) => {
      done({ code: 3, out, err: `${err}The engine ended with ${code ?? signal}.`, timedOut })
    }
    child.stdout.on('data', onOut)
    child.stderr.on('data', onErr)
    child.on('close', onClose)
    child.stdin.write(`${JSON.stringify(run)}\n`)

    function answer() {
      const end = out.endsWith('\n') ? out.lastIndexOf(END_OF_RUN) : -1
      if (end < 0 || !err.endsWith(`${END_OF_RUN}\n`)) return
      const code = Number(out.slice(end + 1))
      done({ code, out: out.slice(0, end), err: err.slice(0, -2), timedOut })
    }

    function done(outcome: RunOutcome) {
      clearTimeout(timer)
      child.stdout.off('data', onOut)
      child.stderr.off('data', onErr)
      child.off('close', onClose)
      resolve(outcome)
    }
  })
}
