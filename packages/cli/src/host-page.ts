// The page of a process: opened with the first job that it shows, then showing each job that starts under one address.

import type { JobView, RunningServer, SwitchingJobView } from '@millrace/server'

import type { PageOptions } from './page-options.ts'

type ServerPackage = typeof import('@millrace/server')

export class HostPage {
  readonly #options: PageOptions
  #view: SwitchingJobView | undefined
  #server: RunningServer | undefined

  constructor(options: PageOptions) {
    this.#options = options
  }

  /** Undefined until the first job is shown. */
  get url(): string | undefined {
    return this.#server?.url
  }

  /**
   * Shows a job from now on. The package is loaded for the first: programs without a page do not pay for it.
   *
   * @throws {PortInUseError} `MR_SERVER_PORT_IN_USE`, where the port was chosen
   */
  async show<V extends JobView>(viewOf: (server: ServerPackage) => V): Promise<V> {
    const server = await import('@millrace/server')
    const view = viewOf(server)
    if (this.#view) this.#view.switchTo(view)
    else {
      this.#view = server.switchingJobView(view)
      this.#server = await this.#start(server, this.#view)
    }
    return view
  }

  async #start({ startServer }: ServerPackage, view: JobView): Promise<RunningServer> {
    const { isChosen, ...options } = this.#options
    try {
      return await startServer(view, options)
    } catch (error) {
      if (isChosen || (error as { code?: string }).code !== 'MR_SERVER_PORT_IN_USE') throw error
      return startServer(view, { ...options, port: 0 })
    }
  }

  async close(): Promise<void> {
    await this.#server?.close()
  }
}
