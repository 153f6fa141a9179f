// The options of every table of Kafka: brokers, and what Kafka's own clients call their configuration.

import { InvalidOptionError, type OptionSchema, type TableDescriptor } from 'millrace'
import {
  addressOf,
  type ClusterSettings,
  CONNECT_TIMEOUT_MS,
  REQUEST_TIMEOUT_MS,
} from '../client/cluster-settings.ts'
import { SECURITY_OPTIONS, securityOf } from './security-options.ts'

/** By Kafka's names, behind `properties.`; those that have no meaning here are taken and left. */
export const CLIENT_OPTIONS: OptionSchema = [
  {
    name: 'properties.bootstrap.servers',
    type: 'string',
    required: true,
    description: 'Brokers to begin with: host:port, with commas between them.',
  },
  {
    name: 'properties.client.id',
    type: 'string',
    description:
      "What brokers know the program by in logs and quotas; by default the program's name.",
  },
  {
    name: 'properties.request.timeout.ms',
    type: 'int',
    default: `${REQUEST_TIMEOUT_MS}`,
    description: 'How long a reply is waited for.',
  },
  {
    name: 'properties.socket.connection.setup.timeout.ms',
    type: 'int',
    default: `${CONNECT_TIMEOUT_MS}`,
    description: 'How long a connection may take to come about.',
  },
  ...SECURITY_OPTIONS,
]

/** How the table's brokers are reached. @throws {InvalidOptionError} */
export function clusterSettingsOf(table: TableDescriptor, program: string): ClusterSettings {
  const get = (name: string): string | undefined => table.options.get(`properties.${name}`)
  return {
    brokers: brokersOf(table),
    clientId: get('client.id') ?? program,
    requestTimeoutMs: Number(get('request.timeout.ms') ?? REQUEST_TIMEOUT_MS),
    connectTimeoutMs: Number(get('socket.connection.setup.timeout.ms') ?? CONNECT_TIMEOUT_MS),
    ...securityOf(table),
  }
}

/** The addresses of brokers to begin with. @throws {InvalidOptionError} */
export function brokersOf({ name, options }: TableDescriptor): readonly string[] {
  const value = options.get('properties.bootstrap.servers') ?? ''
  const brokers = value.split(',').map(b => b.trim())
  for (const broker of brokers)
    try {
      addressOf(broker)
    } catch (problem) {
      throw new InvalidOptionError({
        table: name,
        option: 'properties.bootstrap.servers',
        value,
        expected: `host:port of each broker, with commas between them; ${problem as string}`,
      })
    }
  return brokers
}
