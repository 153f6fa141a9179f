// Join of two windowed inputs on equal windows: all happens when the window closes.

import type { JoinKind } from '../../../plan/node.ts'
import type { DataType } from '../../../types/data-type.ts'
import type { MapKey } from '../../../types/key-text.ts'
import { INSERT, type Row, type RowKindCode } from '../../../types/value.ts'
import type { JoinKey } from '../joins/join-key.ts'
import type { OperatorPlace } from '../stateful-row-operator.ts'
import { type WindowRow, WindowRows } from './window-rows.ts'
import { type WindowTime, WindowedRowOperator } from './windowed-row-operator.ts'

export interface WindowJoinSide {
  /** The window's start and end are among its columns. */
  readonly key: JoinKey
  readonly rowTypes: readonly DataType[]
  readonly endOf: WindowTime['endOf']
}

export interface WindowJoinSettings {
  readonly place: OperatorPlace
  readonly join: JoinKind
  readonly left: WindowJoinSide
  readonly right: WindowJoinSide
  readonly timerMs: WindowTime['timerMs']
  readonly matches: (left: Row, right: Row) => boolean
}

/**
 * The output only grows. Matches leave in the order of the left rows, then unmatched right rows.
 *
 * @see Flink's WindowJoinOperator
 */
export class WindowJoinOperator extends WindowedRowOperator {
  readonly #settings: WindowJoinSettings
  readonly #sides: readonly [WindowJoinSide, WindowJoinSide]

  constructor(settings: WindowJoinSettings) {
    const sides = [settings.left, settings.right] as const
    super(
      settings.place,
      sides.map(({ key, rowTypes }, i) => new WindowRows(i, key, rowTypes)),
      settings.timerMs,
    )
    this.#settings = settings
    this.#sides = sides
  }

  process(input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { key, endOf } = this.#sides[input] as WindowJoinSide
    const end = endOf(row)
    if (!this.isLate(end)) this.keep(input, end, key.valuesOf(row), row)
  }

  protected fire(end: number): void {
    const { join, left, right, matches } = this.#settings
    const lefts = this.inputs[0]?.take(end) ?? []
    const rights = this.inputs[1]?.take(end) ?? []
    const index = this.#indexOf(rights)
    const matched = new Set<WindowRow>()
    let keyValues: Row | undefined
    let candidates: readonly WindowRow[] = []
    for (const l of lefts) {
      // Often the window alone is the key: then all rows have the candidates of the first.
      if (keyValues === undefined || !areSame(l.keyValues, keyValues)) {
        keyValues = l.keyValues
        const mapKey = left.key.mapKeyOf(keyValues)
        candidates = mapKey === undefined ? [] : (index.get(mapKey) ?? [])
      }
      if (join === 'inner') {
        for (const r of candidates)
          if (matches(l.row, r.row)) this.give(INSERT, [...l.row, ...r.row])
        continue
      }
      const found = candidates.filter(r => matches(l.row, r.row))
      if (join === 'semi' || join === 'anti') {
        if (found.length > 0 === (join === 'semi')) this.give(INSERT, l.row)
        continue
      }
      for (const r of found) {
        matched.add(r)
        this.give(INSERT, [...l.row, ...r.row])
      }
      if (found.length === 0 && (join === 'left' || join === 'full'))
        this.give(INSERT, [...l.row, ...nulls(right)])
    }
    if (join !== 'right' && join !== 'full') return
    for (const r of rights) if (!matched.has(r)) this.give(INSERT, [...nulls(left), ...r.row])
  }

  #indexOf(rights: readonly WindowRow[]): Map<MapKey, WindowRow[]> {
    const index = new Map<MapKey, WindowRow[]>()
    for (const r of rights) {
      const mapKey = this.#settings.right.key.mapKeyOf(r.keyValues)
      if (mapKey === undefined) continue
      const known = index.get(mapKey)
      if (known) known.push(r)
      else index.set(mapKey, [r])
    }
    return index
  }
}

/** Whether values are the same without being looked into; two that are not may still be equal. */
function areSame(a: Row, b: Row): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

const nulls = (side: WindowJoinSide): null[] => new Array<null>(side.rowTypes.length).fill(null)
