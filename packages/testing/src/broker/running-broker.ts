// A broker that runs: where it listens, and how it is stopped.

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BrokerStartError } from './broker-errors.ts'
import type { ProxiedListener, SecuredListeners } from './broker-options.ts'
import { type BrokerRecord, isBroker, isGone } from './broker-record.ts'
import type { BrokerCertificates } from './certificates.ts'
import { runProgram } from './run-program.ts'

const HOST = '127.0.0.1'
const STOP_MS = 30_000

/** A broker of one node on 127.0.0.1, started by `startBroker`. */
export class RunningBroker {
  readonly folder: string
  readonly pid: number
  /** Of the plaintext listener, as `host:port`. */
  readonly bootstrap: string
  /** The port of its controller. */
  readonly controller: number
  readonly secured: SecuredListeners | undefined
  readonly proxied: readonly ProxiedListener[]
  /** Its standard output: warnings and errors. */
  readonly log: string
  readonly #container: string | undefined

  constructor(folder: string, record: BrokerRecord, certificates: BrokerCertificates | undefined) {
    const { plaintext, secured, proxied } = record.ports
    this.folder = folder
    this.pid = record.pid
    this.#container = record.container
    this.bootstrap = `${HOST}:${plaintext}`
    this.controller = record.ports.controller
    this.log = logFile(folder)
    this.proxied = proxied.map(({ port, advertised }) => ({
      target: `${HOST}:${port}`,
      advertised: `${HOST}:${advertised}`,
    }))
    this.secured =
      secured && certificates
        ? {
            saslPlaintext: `${HOST}:${secured.saslPlaintext}`,
            saslSsl: `${HOST}:${secured.saslSsl}`,
            ssl: `${HOST}:${secured.ssl}`,
            certificates,
          }
        : undefined
  }

  isAlive(): Promise<boolean> {
    return isBroker(this.pid, this.folder)
  }

  /** Stops it in order: SIGTERM, then, when that does not help, SIGKILL. Nothing happens when it is gone. */
  async stop(): Promise<void> {
    if (!(await this.#signal('SIGTERM'))) return
    if (!(await this.#isGoneWithin(STOP_MS))) await this.kill()
  }

  /** Ends it at once, as a crash does: SIGKILL. */
  async kill(): Promise<void> {
    if (!(await this.#signal('SIGKILL'))) return
    if (this.#container) await runProgram('docker', ['rm', '-f', this.#container])
    if (!(await this.#isGoneWithin(STOP_MS))) {
      throw new BrokerStartError(`the broker (process ${this.pid}) does not end`)
    }
  }

  async #signal(signal: NodeJS.Signals): Promise<boolean> {
    if (!(await this.isAlive())) return false
    try {
      return process.kill(this.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
      throw error
    }
  }

  async #isGoneWithin(ms: number): Promise<boolean> {
    for (const end = performance.now() + ms; performance.now() < end; await sleep(50)) {
      if (await isGone(this.pid, this.folder)) return true
    }
    return false
  }
}

export function logFile(folder: string): string {
  return join(folder, 'broker.log')
}
