// The options of tables with `'connector' = 'alert'`.

import type { OptionSchema } from 'millrace'

const duration = (name: string, value: string, description: string) =>
  ({ name, type: 'duration', default: value, description }) as const
const text = (name: string, description: string) => ({ name, type: 'string', description }) as const
const secret = (name: string, description: string) =>
  ({ name, type: 'string', secret: true, description }) as const

export const ALERT_OPTIONS: OptionSchema = [
  text(
    'key',
    'Columns, with `;` between them, that tell alerts apart where rows are only appended; by default the primary key, else all.',
  ),
  text(
    'state.column',
    'A column that says whether the alert is raised or cleared; without it a row raises, and its deletion clears.',
  ),
  {
    ...text('state.clear', 'Values of that column, with `;` between them, that clear.'),
    default: 'false;resolved;clear;cleared;ok',
  },
  duration('for', '0 s', 'For how long an alert must be raised before it fires.'),
  duration('resolve.delay', '0 s', 'For how long it must be cleared before it is resolved.'),
  text(
    'resolve.after',
    'A duration after which an alert without another row is resolved; 0: never. By default 5 min where nothing else can clear it, else 0.',
  ),
  text(
    'group.by',
    'Columns, with `;` between them, whose values alerts that are told together share; `...`: each alone. By default all are one group.',
  ),
  duration('group.wait', '30 s', 'From the first alert of a group until it is told.'),
  duration('group.interval', '5 min', 'Until a group that has changed is told again.'),
  duration('repeat.interval', '4 h', 'Until a group that has not changed is told again.'),
  text(
    'silences',
    'JSON: `[{"match": ["origin=EDDF", "severity!=crit*"], "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}]`; `from` may be left out.',
  ),
  {
    name: 'max-alerts',
    type: 'int',
    default: '10000',
    description: 'Alerts that are known at once; rows of others are counted and not taken in.',
  },
  {
    name: 'max-notifications',
    type: 'int',
    default: '1000',
    description: 'Notifications that no receiver has taken yet; beyond, groups are told later.',
  },
  { name: 'console', type: 'boolean', default: 'false', description: 'Tells alerts on stdout.' },
  text('webhook.url', 'Tells alerts by POST to this address.'),
  secret('webhook.url-secret', 'The same where the address must not be shown, as that of Slack.'),
  {
    name: 'webhook.payload',
    type: 'enum',
    values: ['json', 'slack'],
    default: 'json',
    description: 'What is sent: all that is known, or a text that Slack shows.',
  },
  secret('webhook.bearer-token', 'Sent as `authorization: Bearer …`.'),
  secret('webhook.signing-secret', 'Signs timestamp and body by HMAC-SHA256.'),
  text('email.host', 'Tells alerts by e-mail over this SMTP server.'),
  { name: 'email.port', type: 'int', default: '587', description: 'Its port.' },
  {
    name: 'email.tls',
    type: 'enum',
    values: ['starttls', 'implicit', 'none'],
    default: 'starttls',
    description: 'How the connection is secured; one that cannot be is not used.',
  },
  text('email.ca', 'PEM of the authority behind its certificate, instead of the known ones.'),
  text('email.user', 'Logs in as.'),
  secret('email.password', 'With this password.'),
  text('email.from', 'The sender.'),
  text('email.to', 'Who is told, with `;` between them.'),
  duration('retry.timeout', '10 s', 'How long an attempt may take.'),
  duration('retry.initial-pause', '1 s', 'After the first attempt; doubles with each.'),
  duration('retry.max-pause', '5 min', 'The longest pause, unless the receiver asks for more.'),
  duration('retry.for', '24 h', 'After which a notification is given up.'),
  duration('finish.timeout', '10 s', 'How long the end of a run waits for receivers.'),
]
