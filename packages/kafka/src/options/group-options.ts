// The options of a program's consumer group.

import type { OptionSchema, TableDescriptor } from 'millrace'

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
    default: '45000',
    description: 'A process that is silent for so long is replaced.',
  },
  {
    name: 'properties.heartbeat.interval.ms',
    type: 'int',
    default: '3000',
    description: 'How often it says that it is there; at most a third of the session.',
  },
]

export interface GroupSettings {
  readonly groupId: string
  readonly instanceId: string | null
  readonly sessionTimeoutMs: number
  readonly heartbeatMs: number
}

export function groupSettingsOf({ options }: TableDescriptor, program: string): GroupSettings {
  const get = (name: string): string | undefined => options.get(`properties.${name}`)
  return {
    groupId: get('group.id') ?? program,
    instanceId: get('group.instance.id') ?? null,
    sessionTimeoutMs: Number(get('session.timeout.ms') ?? 45_000),
    heartbeatMs: Number(get('heartbeat.interval.ms') ?? 3_000),
  }
}
