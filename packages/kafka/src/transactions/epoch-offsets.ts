// The offsets that go into an epoch's transaction.

import type { ReadSource, TransactionEpoch } from 'millrace'
import type { TopicPartition } from '../client/cluster.ts'
import type { CommittedOffset } from '../protocol/transactions.ts'
import { KafkaSource } from '../source/kafka-source.ts'
import { type PartitionPosition, positionIn } from '../source/partition-position.ts'
import { asMarker, withToken } from './token.ts'

/** The offset of the marker means nothing. */
const MARKER_OFFSET = 0

/** A partition, and how far its readers are. */
type Place = TopicPartition & { readonly at: Map<string, PartitionPosition> }

export class EpochOffsets {
  readonly #ownGroup: string
  readonly #program: string
  readonly #marker: TopicPartition
  /** By group, by partition; of readers that have come to their end, too, as long as others have not. */
  readonly #groups = new Map<string, Map<string, Place>>()

  /** @param marker the place whose offset holds the token where none is read in the program's own group */
  constructor(program: string, ownGroup: string, marker: TopicPartition) {
    this.#program = program
    this.#ownGroup = ownGroup
    this.#marker = marker
  }

  /**
   * By group: where its sources have been read to, with the epoch's token. Of the program's own group there is an offset in any case: it is
   * refused to who is no longer its member, and with it the whole transaction, so that sources may have groups of their own.
   */
  of({ token, sources }: Pick<TransactionEpoch, 'token' | 'sources'>) {
    for (const read of sources) this.#note(read)
    const mark = { token, program: this.#program }
    const offsets = new Map<string, CommittedOffset[]>([[this.#ownGroup, []]])
    for (const [groupId, places] of this.#groups)
      offsets.set(
        groupId,
        [...places.values()].map(({ topic, partition, at }) => ({
          ...{ topic, partition },
          ...[...at.values()].reduce((a, b) => (b.offset < a.offset ? b : a)),
          metadata: withToken(mark, new Map([...at].map(([by, { offset }]) => [by, offset]))),
        })),
      )
    const own = offsets.get(this.#ownGroup) as CommittedOffset[]
    const { topic, partition } = this.#marker
    if (!own.some(o => o.topic === topic && o.partition === partition))
      own.push({ topic, partition, offset: MARKER_OFFSET, metadata: asMarker(mark) })
    return offsets
  }

  #note({ source, splits }: ReadSource): void {
    if (!(source instanceof KafkaSource)) return
    const { groupId } = source.group
    const places = this.#groups.get(groupId) ?? new Map<string, Place>()
    this.#groups.set(groupId, places)
    for (const { split, position } of splits) {
      const spec = split.spec as unknown as TopicPartition & { readonly start: number }
      const { topic, partition, start } = spec
      const place: Place = places.get(split.id) ?? { topic, partition, at: new Map() }
      places.set(split.id, place)
      place.at.set(source.reader, positionIn(position) ?? { offset: start })
    }
  }
}
