// The rows of a tile's table, by names of columns, read again every second.

import type { Cell, TableContents } from '@millrace/server'
import { usePolled } from '../../api/polled.ts'

/** A row whose columns are read by name. */
export interface TileRow {
  text(column: string): string
  /** NaN where there is none. */
  number(column: string): number
  /** Seconds since 1970 of a timestamp, NaN where it is none. */
  seconds(column: string): number
}

export interface TileRows {
  /** The one changed last first; undefined: not read yet. */
  readonly rows: readonly TileRow[] | undefined
  readonly error: string | undefined
}

export function useTileRows(
  { table, latest }: { readonly table: string; readonly latest?: string },
  limit: number,
): TileRows {
  const path = `api/tables/${encodeURIComponent(table)}?limit=${limit}`
  const { data, error } = usePolled<TableContents>(path, 1_000)
  return { rows: data && rowsOf(data, latest), error }
}

/** @param latest only rows with the greatest text in this column */
export function rowsOf(data: TableContents, latest?: string): readonly TileRow[] {
  const at = new Map(data.columns.map((c, i) => [c.name, i]))
  const rows = data.rows.map(cells => tileRow(cells, at))
  if (latest === undefined) return rows
  const newest = rows.map(r => r.text(latest)).reduce((a, b) => (a > b ? a : b), '')
  return rows.filter(r => r.text(latest) === newest)
}

function tileRow(cells: readonly Cell[], at: ReadonlyMap<string, number>): TileRow {
  const cell = (column: string): Cell => cells[at.get(column) ?? -1] ?? null
  const text = (column: string): string => {
    const value = cell(column)
    if (value === null) return ''
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return {
    text,
    number: column => (cell(column) === null ? Number.NaN : Number(cell(column))),
    seconds: column => Date.parse(`${text(column).replace(' ', 'T').replace(/Z?$/, 'Z')}`) / 1_000,
  }
}
