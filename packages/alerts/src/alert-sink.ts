// The connector `alert`, by SQL and from TypeScript.

import { InvalidOptionError, type Secret, type SinkFactory } from 'millrace'
import { ALERT_OPTIONS } from './alert-options.ts'
import { AlertWriter } from './alert-writer.ts'
import { readAlertOptions } from './read-options.ts'

/** Raises and clears alerts, and tells receivers of them at least once, under deterministic idempotency keys. */
export const alertSinkFactory: SinkFactory = {
  connector: 'alert',
  options: ALERT_OPTIONS,
  takesFormat: false,
  accepts: table => (table.primaryKey.length > 0 ? ['upsert', 'append'] : ['append', 'upsert']),
  guarantee: () => 'at-least-once',
  create(context) {
    const { table, upsertKey } = context
    const options = readAlertOptions(table)
    if (options.key && upsertKey.length > 0)
      throw new InvalidOptionError({
        table: table.name,
        option: 'key',
        value: table.options.get('key') ?? '',
        expected: 'nothing here: rows are updated and deleted by the primary key',
      })
    return new AlertWriter(context, options)
  },
}

/** A time during which alerts that match are told to nobody. */
export interface SilenceSpec {
  /** `column=value` or `column!=value`, where `*` stands for any characters; all must match. */
  readonly match: readonly string[]
  /** ISO 8601; absent: it has begun. */
  readonly from?: string
  /** ISO 8601, exclusive. */
  readonly to: string
}

/** Options of {@link alert}. Durations are texts such as `5 min`. */
export interface AlertOptions<N extends string = string> {
  readonly key?: readonly N[]
  /** A column that raises or clears, and its values that clear. */
  readonly state?: { readonly column: N; readonly clear?: readonly string[] }
  readonly for?: string
  readonly resolveDelay?: string
  readonly resolveAfter?: string
  /** `each`: every alert is told alone. */
  readonly groupBy?: readonly N[] | 'each'
  readonly groupWait?: string
  readonly groupInterval?: string
  readonly repeatInterval?: string
  readonly silences?: readonly SilenceSpec[]
  readonly console?: boolean
  readonly webhook?: {
    readonly url: string | Secret
    readonly payload?: 'json' | 'slack'
    readonly bearerToken?: Secret
    readonly signingSecret?: Secret
  }
  readonly email?: {
    readonly host: string
    readonly port?: number
    readonly tls?: 'starttls' | 'implicit' | 'none'
    readonly ca?: string
    readonly user?: string
    readonly password?: Secret
    readonly from: string
    readonly to: readonly string[]
  }
  /** Further ones by their names in SQL, such as `{ 'retry.for': '1 h' }`. */
  readonly options?: Readonly<Record<string, string>>
}

/** What `into()` takes. */
export interface AlertConnection {
  readonly connector: 'alert'
  readonly options: Readonly<Record<string, string | Secret>>
  readonly factories: readonly SinkFactory[]
  /** What the sink is called in plans, metrics and notifications. */
  readonly name: string
}

/** A sink of alerts: `delays.into(alert('delays', { webhook: { url } }), { primaryKey: ['origin'] })`. */
export function alert(name: string, options: AlertOptions): AlertConnection {
  const { webhook, email, state, groupBy, silences } = options
  const given: Readonly<Record<string, string | Secret | undefined>> = {
    key: options.key?.join(';'),
    'state.column': state?.column,
    'state.clear': state?.clear?.join(';'),
    for: options.for,
    'resolve.delay': options.resolveDelay,
    'resolve.after': options.resolveAfter,
    'group.by': groupBy === 'each' ? '...' : groupBy?.join(';'),
    'group.wait': options.groupWait,
    'group.interval': options.groupInterval,
    'repeat.interval': options.repeatInterval,
    silences: silences && JSON.stringify(silences),
    console: options.console === undefined ? undefined : String(options.console),
    ...(webhook && {
      [typeof webhook.url === 'string' ? 'webhook.url' : 'webhook.url-secret']: webhook.url,
      'webhook.payload': webhook.payload,
      'webhook.bearer-token': webhook.bearerToken,
      'webhook.signing-secret': webhook.signingSecret,
    }),
    ...(email && {
      'email.host': email.host,
      'email.port': email.port === undefined ? undefined : String(email.port),
      'email.tls': email.tls,
      'email.ca': email.ca,
      'email.user': email.user,
      'email.password': email.password,
      'email.from': email.from,
      'email.to': email.to.join(';'),
    }),
    ...options.options,
  }
  const known = Object.entries(given).filter(
    (entry): entry is [string, string | Secret] => entry[1] !== undefined,
  )
  return {
    connector: 'alert',
    name,
    options: Object.fromEntries(known),
    factories: [alertSinkFactory],
  }
}
