// Sends dead letters back to where their records were read, each once: with it, in one transaction, a marker behind the letter.
// @see docs/adr/0014-dead-letters-in-kafka.md

import type { Program, RuntimePorts } from 'millrace'
import { Cluster } from '../client/cluster.ts'
import { clusterSettingsOf } from '../options/client-options.ts'
import { groupSettingsOf } from '../options/group-options.ts'
import { RecordBatcher } from '../sink/record-batcher.ts'
import { KafkaTransaction } from '../transactions/kafka-transaction.ts'
import { type FoundLetter, markerHeaders, originalHeaders } from './letter-headers.ts'
import { letterTopicsOf, type LetterTopic } from './program-letters.ts'
import { letterId, readLetters } from './read-letters.ts'

const TRANSACTION_MS = 60_000
/** Letters in a transaction: what is not committed in time is aborted, and begins again with the next replay. */
const LETTERS_IN_TRANSACTION = 1_000
const BATCH_BYTES = 128 << 10

export interface ReplayOptions {
  readonly isWanted: (letter: FoundLetter) => boolean
  /** In place of the topics that they were read from. */
  readonly topic?: string | undefined
  readonly signal?: AbortSignal
  /** Called when another replay is at it, and this one waits. */
  readonly onStandBy?: () => void
}

export interface ReplayResult {
  readonly replayed: readonly FoundLetter[]
  /** Were replayed before. */
  readonly before: readonly FoundLetter[]
  readonly refused: readonly { readonly letter: FoundLetter; readonly reason: string }[]
}

/** Replays the letters that are wanted of all topics of a program. */
export async function replayLetters(
  program: Program,
  ports: RuntimePorts,
  options: ReplayOptions,
): Promise<ReplayResult> {
  const results: ReplayResult[] = []
  for (const place of letterTopicsOf(program))
    results.push(await replayTopic(program.name, place, ports, options))
  return {
    replayed: results.flatMap(r => r.replayed),
    before: results.flatMap(r => r.before),
    refused: results.flatMap(r => r.refused),
  }
}

async function replayTopic(
  program: string,
  { table, topic }: LetterTopic,
  ports: RuntimePorts,
  { isWanted, topic: target, signal = new AbortController().signal, onStandBy }: ReplayOptions,
): Promise<ReplayResult> {
  const id = `${program}-dead-letters`
  const cluster = new Cluster(clusterSettingsOf(table, program), ports)
  const group = { ...groupSettingsOf(table, program), groupId: id, instanceId: null }
  const settings = {
    program,
    transactionalId: id,
    timeoutMs: TRANSACTION_MS,
    group,
    marker: { topic, partition: 0 },
  }
  const transaction = new KafkaTransaction(cluster, settings, () => {})
  try {
    // Read only once no other replay can commit any more: its markers are all there then.
    await transaction.acquire(signal, onStandBy)
    const { letters, replayed } = await readLetters(cluster, topic, {
      waits: true,
      isWanted: l => l.program === program && isWanted(l),
    })
    const isBefore = (l: FoundLetter): boolean => replayed.has(letterId(l))
    const fresh = letters.filter(l => !isBefore(l))
    const refused = fresh.flatMap(letter => {
      const reason = problemWith(letter, target)
      return reason === undefined ? [] : [{ letter, reason }]
    })
    const sendable = fresh.filter(l => problemWith(l, target) === undefined)
    const sending = new Replay(transaction, topic)
    for (let at = 0; at < sendable.length; at += LETTERS_IN_TRANSACTION) {
      for (const letter of sendable.slice(at, at + LETTERS_IN_TRANSACTION))
        await sending.send(letter, target ?? letter.letter.origin?.topic ?? '')
      sending.finish()
      await transaction.commitPart()
    }
    return { replayed: sendable, before: letters.filter(isBefore), refused }
  } finally {
    await transaction.release()
  }
}

/** Why a letter cannot be replayed. */
function problemWith({ letter, omitted }: FoundLetter, target?: string): string | undefined {
  if (letter.split === '') return 'it is a row between operators, which came from no topic as it is'
  if (omitted !== '') return `${omitted}: left out of the letter for its size`
  if (!letter.origin && target === undefined)
    return `its record came from ${letter.split}, which is no topic: name one with --topic`
  return undefined
}

/** Batches of a replay, by topic. */
class Replay {
  readonly #transaction: KafkaTransaction
  readonly #letters: string
  readonly #batchers = new Map<string, RecordBatcher>()

  /** @param letters the topic that they are in, and their markers go to */
  constructor(transaction: KafkaTransaction, letters: string) {
    this.#transaction = transaction
    this.#letters = letters
  }

  /** Sends the record, to the partition that it was in where that is of this topic, and the marker behind the letter. */
  async send({ letter, partition, offset }: FoundLetter, topic: string): Promise<void> {
    const { origin, bytes } = letter
    const records = await this.#batcher(topic)
    const key = origin?.key ?? undefined
    const value = origin ? (origin.value ?? undefined) : bytes
    const headers = origin ? originalHeaders(origin) : []
    const own = origin?.topic === topic ? origin.partition : undefined
    records.append(key, value, origin?.timestamp ?? letter.atMs, headers, own)
    const markers = await this.#batcher(this.#letters)
    const now = this.#transaction.cluster.ports.clock.now()
    markers.append(undefined, undefined, now, markerHeaders(offset), partition)
  }

  finish(): void {
    for (const batcher of this.#batchers.values()) batcher.finish()
  }

  async #batcher(topic: string): Promise<RecordBatcher> {
    const known = this.#batchers.get(topic)
    if (known) return known
    const { length: partitions } = await this.#transaction.cluster.partitionsOf(topic)
    const settings = {
      partitions,
      policy: 'default',
      compression: 'none',
      batchBytes: BATCH_BYTES,
    } as const
    const made = new RecordBatcher(settings, ({ partition, batch }) =>
      this.#transaction.send({ topic, partition }, batch),
    )
    this.#batchers.set(topic, made)
    return made
  }
}
