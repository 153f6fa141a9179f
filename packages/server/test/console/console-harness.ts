// A real job with a server, and what a page does with its console.

import { duckdbSinkFactory, duckdbSourceFactory } from '@millrace/duckdb'
import {
  type AdHocQuery,
  createConnectors,
  embeddedRunner,
  type EmbeddedRun,
  loadScript,
} from 'millrace'
import { onTestFinished } from 'vitest'
import { CONSOLE_LIMITS, type ConsoleLimits } from '../../src/console/console-limits.ts'
import type { ConsolePort } from '../../src/console/console-port.ts'
import { embeddedJobView, type RunningServer, startServer } from '../../src/index.ts'

export type Line = Readonly<Record<string, unknown>>

export async function startJob(script: string, baseFolder = '.'): Promise<EmbeddedRun> {
  const connectors = createConnectors().addSource(duckdbSourceFactory).addSink(duckdbSinkFactory)
  const settings = { epochMs: 20, baseFolder }
  const { program } = loadScript(script, { name: 'console-test', connectors, settings })
  const run = (await embeddedRunner.start(program)) as EmbeddedRun
  onTestFinished(async () => {
    await run.stop()
  })
  return run
}

export async function serve(
  run: EmbeddedRun,
  limits: Partial<ConsoleLimits> = {},
  onQuery: (query: AdHocQuery) => void = () => {},
): Promise<RunningServer> {
  const view = embeddedJobView(run)
  const console = view.console as ConsolePort
  const begin = console.query.bind(console)
  console.query = (text, options) => {
    const query = begin(text, options)
    onQuery(query)
    return query
  }
  const server = await startServer(view, { port: 0, console: { ...CONSOLE_LIMITS, ...limits } })
  onTestFinished(() => server.close())
  return server
}

export const post = (
  server: RunningServer,
  path: string,
  body: object,
  signal?: AbortSignal,
): Promise<Response> =>
  fetch(`${server.url}/api/console/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

/** The lines of a query's answer as they come. */
export async function* linesOf(response: Response): AsyncGenerator<Line> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() as string
    for (const line of lines) yield JSON.parse(line) as Line
  }
}

/** All of it: columns, rows in order, and how it ended. */
export async function resultOf(server: RunningServer, text: string, mode = 'batch') {
  const response = await post(server, 'queries', { text, mode })
  if (!response.ok)
    return { status: response.status, ...((await response.json()) as object) } as Line
  const rows: unknown[] = []
  let result: Line = {}
  for await (const line of linesOf(response)) {
    if (line['rows']) rows.push(...(line['rows'] as unknown[]))
    else if (!line['progress']) result = { ...result, ...line }
  }
  return { ...result, rows } as Line
}
