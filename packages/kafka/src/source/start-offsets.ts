// Where reading a partition begins and ends.

import type { CommittedOffset } from '../protocol/transactions.ts'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { committedOffsets, offsetOf } from '../client/offsets.ts'
import type { OffsetChoice, SourceSettings } from '../options/source-options.ts'
import { KafkaResponseError } from '../kafka-errors.ts'
import { checkOwner } from '../transactions/check-owner.ts'
import { noteIn } from '../transactions/token.ts'
import type { PartitionPosition } from './partition-position.ts'

/** Looks offsets up, the group's once. */
export class StartOffsets {
  readonly #cluster: Cluster
  readonly #groupId: string
  readonly #settings: SourceSettings
  /** By topic and partition. */
  readonly #committed = new Map<string, Promise<CommittedOffset | undefined>>()

  constructor(cluster: Cluster, groupId: string, settings: SourceSettings) {
    this.#cluster = cluster
    this.#groupId = groupId
    this.#settings = settings
  }

  /**
   * Where a reader was when the last transaction of this program was committed; undefined when none was.
   *
   * @throws {ForeignGroupError} when the group's transactions are another program's
   */
  async decidedOf(
    place: TopicPartition,
    { reader, program }: { readonly reader: string; readonly program: string },
  ): Promise<PartitionPosition | undefined> {
    const found = await this.#committedOf(place)
    const note = found && noteIn(found.metadata)
    checkOwner(note, { groupId: this.#groupId, program })
    if (!note || !found) return undefined
    const offset = note.positions?.[reader] ?? found.offset
    return offset === found.offset ? found : { offset }
  }

  /** Where reading begins. */
  async startOf(place: TopicPartition, choice: OffsetChoice): Promise<PartitionPosition> {
    const committed = choice.kind === 'group' ? await this.#committedOf(place) : undefined
    if (committed) return committed
    const offset = await this.#offsetOf(place, choice)
    return { offset: offset ?? (await this.reset(place, this.#settings.offsetReset)) }
  }

  /** The first offset not to read; undefined: reading never ends. */
  async endOf(place: TopicPartition): Promise<number | undefined> {
    const { end } = this.#settings
    if (end.kind === 'never') return undefined
    return (await this.#offsetOf(place, end)) ?? this.reset(place, 'latest')
  }

  /** Where to go on when an offset is missing. */
  async reset(place: TopicPartition, to: 'earliest' | 'latest' | 'none'): Promise<number> {
    if (to === 'none')
      throw new KafkaResponseError({
        request: 'to read',
        error: 'OFFSET_OUT_OF_RANGE',
        isRetriable: false,
        place: `${place.topic}-${place.partition}`,
        message: `group "${this.#groupId}" has no offset there, and 'properties.auto.offset.reset' is none`,
      })
    const offset = await offsetOf(this.#cluster, place, to, this.#settings.isCommittedOnly)
    return offset ?? 0
  }

  async #offsetOf(place: TopicPartition, choice: OffsetChoice): Promise<number | undefined> {
    const { isCommittedOnly } = this.#settings
    switch (choice.kind) {
      case 'earliest':
      case 'latest':
        return offsetOf(this.#cluster, place, choice.kind, isCommittedOnly)
      case 'timestamp':
        return (
          (await offsetOf(this.#cluster, place, choice.ms, isCommittedOnly)) ??
          offsetOf(this.#cluster, place, 'latest', isCommittedOnly)
        )
      case 'offsets':
        return choice.offsets.get(place.partition)
      case 'group':
        return (await this.#committedOf(place))?.offset
      case 'never':
        return undefined
    }
  }

  #committedOf(place: TopicPartition): Promise<CommittedOffset | undefined> {
    const key = `${place.topic}-${place.partition}`
    const known =
      this.#committed.get(key) ??
      committedOffsets(this.#cluster, this.#groupId, [place]).then(found =>
        found.find(o => !noteIn(o.metadata)?.isMarker),
      )
    this.#committed.set(key, known)
    return known
  }
}
