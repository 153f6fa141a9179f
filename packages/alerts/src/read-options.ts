// Reads the options of an alert table.

import {
  durationMs,
  InvalidOptionError,
  MissingOptionError,
  revealedOption,
  type TableDescriptor,
  tryParseDuration,
} from 'millrace'
import { ALERT_OPTIONS } from './alert-options.ts'
import type { AlertRules } from './alert-rules.ts'
import type { EmailOptions, RetryOptions, WebhookOptions } from './receiver-options.ts'
import { parseMatcher, type Silence } from './silence.ts'

export interface AlertSinkOptions {
  /** Indexes of columns; undefined: the primary key, else all. */
  readonly key?: readonly number[]
  readonly state?: { readonly column: number; readonly clear: ReadonlySet<string> }
  /** Indexes of columns; `each`: every alert is a group. */
  readonly groupBy: readonly number[] | 'each'
  /** `resolveAfterMs` undefined: as the sink finds. */
  readonly rules: Omit<AlertRules, 'resolveAfterMs'>
  readonly resolveAfterMs?: number
  readonly retry: RetryOptions
  readonly finishTimeoutMs: number
  readonly console: boolean
  readonly webhook?: WebhookOptions
  readonly email?: EmailOptions
}

/** @throws {InvalidOptionError} @throws {MissingOptionError} */
export function readAlertOptions(table: TableDescriptor): AlertSinkOptions {
  const read = new OptionReader(table)
  const group = read.text('group.by')
  const stateColumn = read.text('state.column')
  const after = read.text('resolve.after')
  const resolveAfterMs = after === undefined ? undefined : tryParseDuration(after)
  if (after !== undefined && resolveAfterMs === undefined)
    throw read.invalid('resolve.after', "a duration such as '5 min'")
  const key = read.text('key')
  const webhook = webhookOf(read)
  const email = emailOf(read)
  const isConsole = read.text('console') === 'true'
  if (!webhook && !email && !isConsole)
    throw new MissingOptionError({
      table: table.name,
      option: 'console',
      description: "'console' = 'true', 'webhook.url' or 'email.host': who is told.",
    })
  return {
    ...(key !== undefined && { key: read.columns('key') }),
    ...(stateColumn !== undefined && {
      state: {
        column: read.columns('state.column')[0] as number,
        clear: new Set(read.list('state.clear').map(v => v.toLowerCase())),
      },
    }),
    groupBy: group === '...' ? 'each' : read.columns('group.by'),
    rules: rulesOf(read),
    ...(resolveAfterMs !== undefined && { resolveAfterMs }),
    retry: {
      timeoutMs: read.positive('retry.timeout', read.ms('retry.timeout')),
      initialMs: read.ms('retry.initial-pause'),
      maxMs: read.ms('retry.max-pause'),
      forMs: read.ms('retry.for'),
    },
    finishTimeoutMs: read.ms('finish.timeout'),
    console: isConsole,
    ...(webhook && { webhook }),
    ...(email && { email }),
  }
}

function rulesOf(read: OptionReader): AlertSinkOptions['rules'] {
  return {
    forMs: read.ms('for'),
    resolveDelayMs: read.ms('resolve.delay'),
    groupWaitMs: read.ms('group.wait'),
    groupIntervalMs: read.positive('group.interval', read.ms('group.interval')),
    repeatIntervalMs: read.positive('repeat.interval', read.ms('repeat.interval')),
    silences: silencesOf(read),
    maxAlerts: read.positive('max-alerts', Number(read.text('max-alerts'))),
    maxNotifications: read.positive('max-notifications', Number(read.text('max-notifications'))),
  }
}

function silencesOf(read: OptionReader): readonly Silence[] {
  const text = read.text('silences')
  if (text === undefined) return []
  const invalid = () =>
    read.invalid(
      'silences',
      `a JSON array of {"match": ["column=value", …], "from": time, "to": time} over columns of the table, with times as 2026-01-31T00:00:00Z`,
    )
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw invalid()
  }
  if (!Array.isArray(parsed)) throw invalid()
  return parsed.map((one: { match?: unknown; from?: unknown; to?: unknown } | null) => {
    const match: readonly unknown[] = Array.isArray(one?.match) ? one.match : []
    const matchers = match.map(m => (typeof m === 'string' ? parseMatcher(m) : undefined))
    const known = matchers.filter(m => m !== undefined && read.names.includes(m.column))
    const fromMs = one?.from === undefined ? 0 : Date.parse(String(one.from))
    const toMs = Date.parse(String(one?.to))
    if (known.length === 0 || known.length < match.length || !(fromMs < toMs)) throw invalid()
    return { matchers: known as Silence['matchers'], fromMs, toMs }
  })
}

function webhookOf(read: OptionReader): WebhookOptions | undefined {
  const option = read.text('webhook.url') === undefined ? 'webhook.url-secret' : 'webhook.url'
  const url = read.text(option)
  if (url === undefined) return undefined
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password)
    throw read.invalid(option, 'an address such as https://hooks.example.org/alerts, without user')
  const bearerToken = read.text('webhook.bearer-token')
  const signingSecret = read.text('webhook.signing-secret')
  return {
    url,
    payload: read.text('webhook.payload') === 'slack' ? 'slack' : 'json',
    ...(bearerToken !== undefined && { bearerToken }),
    ...(signingSecret !== undefined && { signingSecret }),
  }
}

function emailOf(read: OptionReader): EmailOptions | undefined {
  const host = read.text('email.host')
  if (host === undefined) return undefined
  const from = read.required('email.from')
  read.required('email.to')
  const user = read.text('email.user')
  const password = read.text('email.password')
  const ca = read.text('email.ca')
  return {
    host,
    port: read.positive('email.port', Number(read.text('email.port'))),
    tls: read.text('email.tls')?.toLowerCase() as EmailOptions['tls'],
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
    from,
    to: read.list('email.to'),
  }
}

class OptionReader {
  readonly #table: TableDescriptor

  constructor(table: TableDescriptor) {
    this.#table = table
  }

  get names(): readonly string[] {
    return this.#table.schema.map(c => c.name)
  }

  text(option: string): string | undefined {
    return (
      revealedOption(this.#table, option) ?? ALERT_OPTIONS.find(o => o.name === option)?.default
    )
  }

  required(option: string): string {
    const value = this.text(option)
    if (value !== undefined && value !== '') return value
    const description = ALERT_OPTIONS.find(o => o.name === option)?.description ?? ''
    throw new MissingOptionError({ table: this.#table.name, option, description })
  }

  list(option: string): readonly string[] {
    const parts = (this.text(option) ?? '').split(';').map(part => part.trim())
    return parts.filter(part => part !== '')
  }

  columns(option: string): readonly number[] {
    return this.list(option).map(name => {
      const index = this.names.indexOf(name)
      if (index < 0) throw this.invalid(option, `columns of the table: ${this.names.join(', ')}`)
      return index
    })
  }

  ms(option: string): number {
    return durationMs(this.text(option) ?? '', option)
  }

  positive(option: string, value: number): number {
    if (value > 0) return value
    throw this.invalid(option, 'more than 0')
  }

  invalid(option: string, expected: string): InvalidOptionError {
    const value = this.#table.options.get(option) ?? ''
    return new InvalidOptionError({ table: this.#table.name, option, value, expected })
  }
}
