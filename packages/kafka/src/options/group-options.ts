// The options of a program's consumer group.

import { InvalidOptionError, type OptionSchema, type TableDescriptor } from 'millrace'

const SESSION_MS = 45_000
const HEARTBEAT_MS = 3_000
const HEARTBEATS_IN_SESSION = 3
const MAX_BUSY_MS = 300_000

export const GROUP_OPTIONS: OptionSchema = [
  {
    name: 'properties.group.id',
    type: 'string',
    description: "The consumer group; by default the program's name.",
  },
  {
    name: 'properties.group.instance.id',
    type: 'string',
    description:
      'Of static membership: a process that comes back within the session keeps its place.',
  },
  {
    name: 'properties.session.timeout.ms',
    type: 'int',
    default: `${SESSION_MS}`,
    description: 'A process that is silent for so long is replaced.',
  },
  {
    name: 'properties.heartbeat.interval.ms',
    type: 'int',
    default: `${HEARTBEAT_MS}`,
    description: 'How often it says that it is there; at most a third of the session.',
  },
  {
    name: 'properties.max.poll.interval.ms',
    type: 'int',
    default: `${MAX_BUSY_MS}`,
    description:
      'A process that is busy for so long without a pause, with one record or window, is taken to hang, and replaced.',
  },
]

export interface GroupSettings {
  readonly groupId: string
  readonly instanceId: string | null
  readonly sessionTimeoutMs: number
  readonly heartbeatMs: number
  /** Heartbeats go on for so long while the main thread is busy without a pause. */
  readonly maxBusyMs: number
}

/** @throws {InvalidOptionError} */
export function groupSettingsOf(
  { name: table, options }: TableDescriptor,
  program: string,
): GroupSettings {
  const get = (name: string): string | undefined => options.get(`properties.${name}`)
  const sessionTimeoutMs = Number(get('session.timeout.ms') ?? SESSION_MS)
  const longest = Math.floor(sessionTimeoutMs / HEARTBEATS_IN_SESSION)
  const heartbeatMs = Number(get('heartbeat.interval.ms') ?? Math.min(HEARTBEAT_MS, longest))
  if (heartbeatMs > longest || heartbeatMs < 1)
    throw new InvalidOptionError({
      table,
      option: 'properties.heartbeat.interval.ms',
      value: `${heartbeatMs}`,
      expected: `1 to ${longest}: a third of 'properties.session.timeout.ms'`,
    })
  return {
    groupId: get('group.id') ?? program,
    instanceId: get('group.instance.id') ?? null,
    sessionTimeoutMs,
    heartbeatMs,
    maxBusyMs: Number(get('max.poll.interval.ms') ?? MAX_BUSY_MS),
  }
}
