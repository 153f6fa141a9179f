// The least rights that a program needs at its brokers, each with what it is for.
//
// Read and Write of a topic let it be described too, and so does Read of a group and Write of a transactional id. No right over the
// cluster is among them: since Kafka 3.0 a producer's id needs no more than Write of some topic (KIP-679).

import {
  keepsState,
  letterPlaces,
  type Program,
  programTables,
  type TableDescriptor,
} from 'millrace'
import { changelogTopicOf } from '../changelog/changelog-topic.ts'
import { brokersOf } from '../options/client-options.ts'
import { groupSettingsOf } from '../options/group-options.ts'
import { userOf } from '../options/security-options.ts'
import { guaranteeOf, sinkSettingsOf } from '../options/sink-options.ts'
import { sourceSettingsOf } from '../options/source-options.ts'
import { transactionalIdOf } from '../transactions/transactional-id.ts'
import { literalBeginnings, type NamePattern } from './literal-beginnings.ts'

/** One right: an operation on what is named, or on all whose names begin so. */
export interface RequiredAcl extends NamePattern {
  readonly resource: 'Topic' | 'Group' | 'TransactionalId'
  readonly operation: 'Read' | 'Write' | 'Create' | 'Delete' | 'DescribeConfigs'
  /** The program runs without it, but does less: what it is for is left undone. */
  readonly isOptional?: true
  /** What it is for. */
  readonly reasons: readonly string[]
}

/** What a program needs at the brokers of one cluster. */
export interface ClusterAcls {
  readonly brokers: readonly string[]
  /** The user that its tables name; absent: they name none, or several. */
  readonly user?: string
  readonly acls: readonly RequiredAcl[]
}

const CONNECTORS = new Set(['kafka', 'upsert-kafka'])

/** The least rights for a program's tables of Kafka, cluster by cluster. @throws {InvalidOptionError | MissingOptionError} */
export function requiredAcls(program: Program): readonly ClusterAcls[] {
  const { name } = program
  const { read, written } = programTables(program)
  const clusters = new Map<string, AclList>()
  const listOf = (table: TableDescriptor): AclList => {
    const brokers = brokersOf(table)
    const key = brokers.toSorted().join(',')
    const list = clusters.get(key) ?? new AclList(brokers)
    clusters.set(key, list)
    list.users.add(userOf(table))
    return list
  }
  for (const table of read.filter(isOfKafka)) addRead(listOf(table), table, name)
  for (const table of written.filter(isOfKafka)) addWritten(listOf(table), table, name)
  for (const { table, topic } of letterPlaces(
    { read, written },
    program.settings.options,
    isOfKafka,
  ))
    addLetters(listOf(table), topic)
  const inTransaction = written.filter(isInTransaction)
  const [first] = inTransaction
  const isStateless = inTransaction.length === written.length && !keepsState(program)
  if (first && !isStateless) addChangelog(listOf(first), first, program)
  return [...clusters.values()].map(list => list.done())
}

const isOfKafka = ({ connector }: TableDescriptor): boolean => CONNECTORS.has(connector)

const isInTransaction = (table: TableDescriptor): boolean =>
  isOfKafka(table) && guaranteeOf(table) === 'exactly-once'

function addRead(list: AclList, table: TableDescriptor, program: string): void {
  const { topics } = sourceSettingsOf(table)
  const names = topics instanceof RegExp ? literalBeginnings(topics) : topics.map(literal)
  for (const name of names) list.add('Topic', name, 'Read', `${table.name} reads it`)
  const { groupId } = groupSettingsOf(table, program)
  list.add('Group', literal(groupId), 'Read', `the offsets of ${table.name} are kept there`)
}

function addWritten(list: AclList, table: TableDescriptor, program: string): void {
  const { topic, transactionalIdPrefix } = sinkSettingsOf(table)
  list.add('Topic', literal(topic), 'Write', `${table.name} writes it`)
  const sizes = 'record batches are no larger than the topic takes'
  list.add('Topic', literal(topic), 'DescribeConfigs', sizes, true)
  if (guaranteeOf(table) !== 'exactly-once') return
  const transactionalId = transactionalIdOf(program, transactionalIdPrefix)
  const isFirst = !list.has('TransactionalId', transactionalId)
  list.add(
    'TransactionalId',
    literal(transactionalId),
    'Write',
    `${table.name} is written exactly once`,
  )
  if (!isFirst) return
  // Of the sinks that share a transaction, the first is that whose group and topic hold the tokens of epochs.
  const { groupId } = groupSettingsOf(table, program)
  list.add('Group', literal(groupId), 'Read', 'of the processes of the program one is active')
  list.add(
    'Topic',
    literal(topic),
    'Read',
    'which epoch was committed last is kept as an offset of it',
  )
}

function addLetters(list: AclList, name: string): void {
  const topic = literal(name)
  list.add('Topic', topic, 'Create', 'dead letters go there; not needed where the topic exists')
  list.add('Topic', topic, 'Write', 'dead letters go there')
  const checks = 'a topic that would lose dead letters is refused'
  list.add('Topic', topic, 'DescribeConfigs', checks, true)
}

/** The topic in which the state is kept beside the folder. */
function addChangelog(list: AclList, table: TableDescriptor, program: Program): void {
  const { options } = program.settings
  if (options?.get('state.changelog.enabled') === 'false') return
  const { transactionalIdPrefix } = sinkSettingsOf(table)
  const id = transactionalIdOf(program.name, transactionalIdPrefix)
  const topic = literal(options?.get('state.changelog.topic') ?? changelogTopicOf(id))
  list.add('Topic', topic, 'Create', 'the state is kept there; not needed where the topic exists')
  list.add('Topic', topic, 'Write', 'changes of state go there')
  list.add('Topic', topic, 'Read', 'state is rebuilt from it')
  list.add('Topic', topic, 'DescribeConfigs', 'a topic that would lose state is refused', true)
  list.add('Topic', topic, 'Delete', 'records of state that counts no more are deleted', true)
}

const literal = (name: string): NamePattern => ({ name, pattern: 'Literal' })

/** Rights, each once, with all that it is for. */
class AclList {
  /** Undefined: a table that names none. */
  readonly users = new Set<string | undefined>()
  readonly #brokers: readonly string[]
  readonly #acls = new Map<string, RequiredAcl & { readonly reasons: string[] }>()

  constructor(brokers: readonly string[]) {
    this.#brokers = brokers
  }

  add(
    resource: RequiredAcl['resource'],
    { name, pattern }: NamePattern,
    operation: RequiredAcl['operation'],
    reason: string,
    isOptional = false,
  ): void {
    const key = JSON.stringify([resource, pattern, name, operation])
    const known = this.#acls.get(key)
    const acl = { resource, name, pattern, operation, reasons: [reason] }
    if (!known) this.#acls.set(key, { ...acl, ...(isOptional && { isOptional }) })
    else if (!known.reasons.includes(reason)) known.reasons.push(reason)
  }

  has(resource: RequiredAcl['resource'], name: string): boolean {
    return [...this.#acls.values()].some(a => a.resource === resource && a.name === name)
  }

  done(): ClusterAcls {
    const [user, ...others] = this.users
    const order = (acl: RequiredAcl) => ORDER.indexOf(acl.resource)
    return {
      brokers: this.#brokers,
      ...(user !== undefined && others.length === 0 && { user }),
      acls: [...this.#acls.values()].toSorted((a, b) => order(a) - order(b)),
    }
  }
}

const ORDER: readonly RequiredAcl['resource'][] = ['Topic', 'Group', 'TransactionalId']
