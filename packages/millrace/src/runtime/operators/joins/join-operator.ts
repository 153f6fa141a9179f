// Regular join: both sides in state, changes of either side joined with what the other holds.

import type { JoinKind } from '../../../plan/node.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { DELETE, INSERT, type Row, type RowKindCode } from '../../../types/value.ts'
import { type JoinRow, JoinSide, type JoinSideSettings } from './join-side.ts'
import type { StoredRow } from '../state-table.ts'
import type { TtlTime } from '../state-ttl.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface JoinSettings {
  readonly place: OperatorPlace
  readonly join: JoinKind
  readonly left: JoinInput
  readonly right: JoinInput
  /** Whether two rows of equal keys match. */
  readonly matches: (left: Row, right: Row) => boolean
}

export interface JoinInput extends Omit<JoinSideSettings, 'table' | 'timeLine'> {
  /** By what rows of this side are dropped; undefined: they are kept. */
  readonly ttl?: TtlTime | undefined
}

/**
 * Joins changes of either side; every kind of join, inputs that grow, update or retract.
 *
 * An inner join passes the kind of the change on. Where a NULL-padded row gives way to a match (or comes back) the changes are
 * -D and +I. Rows on the padded, semi or anti side carry the number of their matches.
 *
 * @see Flink's StreamingJoinOperator and StreamingSemiAntiJoinOperator
 */
export class JoinOperator extends StatefulRowOperator {
  readonly #sides: readonly [JoinSide, JoinSide]
  /** Per side: its unmatched rows are given out NULL-padded. */
  readonly #outer: readonly [boolean, boolean]
  readonly #join: JoinKind
  readonly #matches: (left: Row, right: Row) => boolean

  constructor({ place, join, left, right, matches }: JoinSettings) {
    super(place)
    this.#sides = [this.#createSide(left, 0), this.#createSide(right, 1)]
    this.#outer = [join === 'left' || join === 'full', join === 'right' || join === 'full']
    this.#join = join
    this.#matches = matches
    this.tables = this.#sides.map(s => s.table)
    this.recoversByKey = true
  }

  #createSide(input: JoinInput, table: number): JoinSide {
    const side = new JoinSide({ ...input, table, timeLine: input.ttl?.line })
    if (input.ttl)
      side.expiry = this.expiring<JoinRow>(
        { drop: row => side.drop(row), stamped: row => side.table.touch(row) },
        input.ttl,
      )
    return side
  }

  process(input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    for (const { expiry } of this.#sides) expiry?.observe()
    const side = this.#sides[input] as JoinSide
    const keyValues = side.key.valuesOf(row)
    const mapKey = side.key.mapKeyOf(keyValues)
    const isRetract = (kind & 1) === 1
    if (mapKey === undefined) {
      this.#changeUnmatchable(input, kind, row)
      return
    }
    this.recall(keyValues)
    if (side.identity.kind === 'append') {
      if (!isRetract) this.#insert(input, kind, mapKey, keyValues, row, undefined)
      return
    }
    const known = side.find(mapKey, row)
    if (isRetract) {
      // A row that was never there: it was dropped upstream.
      if (known) this.#retract(input, kind, mapKey, known)
      return
    }
    if (known && side.identity.kind === 'unique-key') {
      this.#retract(input, side.identity.upsert ? 1 : DELETE, mapKey, known)
      this.#insert(input, kind, mapKey, keyValues, row, undefined)
    } else this.#insert(input, kind, mapKey, keyValues, row, known)
  }

  /** A row whose key has a NULL matches nothing: it is padded, or dropped, and not kept. */
  #changeUnmatchable(input: number, kind: RowKindCode, row: Row): void {
    const change = (kind & 1) === 1 ? DELETE : INSERT
    if (this.#outer[input]) this.#givePadded(input, change, row)
    else if (input === 0 && this.#join === 'anti') this.give(kind, row)
  }

  #insert(
    input: number,
    kind: RowKindCode,
    mapKey: MapKey,
    keyValues: Row,
    row: Row,
    known: JoinRow | undefined,
  ): void {
    const matches = this.#changeMatches(input, kind, mapKey, row)
    const side = this.#sides[input] as JoinSide
    if (known) {
      known.count++
      side.touch(known)
    } else side.add(mapKey, keyValues, row, this.nextId++, matches)
  }

  #retract(input: number, kind: RowKindCode, mapKey: MapKey, known: JoinRow): void {
    const side = this.#sides[input] as JoinSide
    if (known.count > 1) {
      known.count--
      side.touch(known)
    } else side.remove(mapKey, known)
    this.#changeMatches(input, kind, mapKey, known.row, known.matches)
  }

  /**
   * Gives out what the change of one row changes in the result; returns how many rows it matches.
   *
   * @param matched how many rows it matched until now, when it is taken back: some of them may have expired since
   */
  #changeMatches(input: number, kind: RowKindCode, mapKey: MapKey, row: Row, matched = 0): number {
    const partners = this.#partners(input, mapKey, row)
    if (this.#join === 'semi' || this.#join === 'anti')
      return this.#changeExistence(input, kind, row, partners, matched)
    const isRetract = (kind & 1) === 1
    const other = this.#sides[1 - input] as JoinSide
    const isOuter = this.#outer[input] as boolean
    const isOtherOuter = this.#outer[1 - input] as boolean
    if (partners.length === 0) {
      if (isOuter && matched === 0) this.#givePadded(input, isRetract ? DELETE : INSERT, row)
      return 0
    }
    const change: RowKindCode = isOuter || isOtherOuter ? (isRetract ? DELETE : INSERT) : kind
    let matches = 0
    for (const partner of partners) {
      matches += partner.count
      if (isOtherOuter && !isRetract && partner.matches === 0)
        for (let i = 0; i < partner.count; i++) this.#givePadded(1 - input, DELETE, partner.row)
      for (let i = 0; i < partner.count; i++) this.#giveJoined(input, change, row, partner.row)
      if (!isOtherOuter) continue
      partner.matches += isRetract ? -1 : 1
      other.touch(partner)
      if (isRetract && partner.matches === 0)
        for (let i = 0; i < partner.count; i++) this.#givePadded(1 - input, INSERT, partner.row)
    }
    return matches
  }

  #changeExistence(
    input: number,
    kind: RowKindCode,
    row: Row,
    partners: readonly JoinRow[],
    matched: number,
  ): number {
    const isAnti = this.#join === 'anti'
    const isRetract = (kind & 1) === 1
    if (input === 0) {
      const exists = isRetract ? matched > 0 : partners.length > 0
      if (exists !== isAnti) this.give(kind, [...row])
      let matches = 0
      for (const partner of partners) matches += partner.count
      return matches
    }
    const left = this.#sides[0]
    for (const partner of partners) {
      const before = partner.matches
      partner.matches += isRetract ? -1 : 1
      left.touch(partner)
      if ((before === 0) === (partner.matches === 0)) continue
      const appears = partner.matches > 0 !== isAnti
      for (let i = 0; i < partner.count; i++) this.give(appears ? INSERT : DELETE, [...partner.row])
    }
    return 0
  }

  #partners(input: number, mapKey: MapKey, row: Row): readonly JoinRow[] {
    const isMatch = this.#matches
    return (this.#sides[1 - input] as JoinSide).select(
      mapKey,
      input === 0 ? partner => isMatch(row, partner) : partner => isMatch(partner, row),
    )
  }

  #giveJoined(input: number, kind: RowKindCode, row: Row, partner: Row): void {
    this.give(kind, input === 0 ? [...row, ...partner] : [...partner, ...row])
  }

  #givePadded(input: number, kind: RowKindCode, row: Row): void {
    const nulls: Row = new Array((this.#sides[1 - input] as JoinSide).width).fill(null)
    this.give(kind, input === 0 ? [...row, ...nulls] : [...nulls, ...row])
  }

  protected put(stored: StoredRow): void {
    const side = this.#sides[stored.table] as JoinSide
    const mapKey = side.key.mapKeyOf(stored.key.slice(0, -1))
    if (mapKey !== undefined) this.reserveId(side.put(stored, mapKey))
  }
}
