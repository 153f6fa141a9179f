// A board: a view of a program's own on its page, told as tiles over its live tables. Data alone, no code.

/** A colour that tells how grave a number is: from `warn` on a warning, from `bad` on trouble. */
export interface BoardTone {
  readonly column: string
  readonly warn: number
  readonly bad: number
}

/** A number of a row, with what stands behind it. */
export interface BoardNumber {
  readonly column: string
  readonly title?: string
  /** Such as `min`; written behind the number. */
  readonly unit?: string
  /** Decimals that are shown. Default: 0. */
  readonly decimals?: number
}

/** A place on a map: columns of latitude and longitude in degrees, and of its name. */
export interface BoardPlace {
  readonly latitude: string
  readonly longitude: string
  readonly label: string
}

interface TableTile {
  readonly title: string
  /** A sink of the program whose rows can be read: of `live`, or of a warehouse. */
  readonly table: string
  /** Only rows that have the greatest value of this column: those of the newest window. */
  readonly latest?: string
}

/** A card for each row: what it is about, a large number, and further ones. */
export interface FiguresTile extends TableTile {
  readonly kind: 'figures'
  readonly label: string
  readonly value: BoardNumber
  readonly details?: readonly BoardNumber[]
  readonly tone?: BoardTone
}

/** Rows in an order, with a bar for one of their numbers. */
export interface RankingTile extends TableTile {
  readonly kind: 'ranking'
  /** Joined by an arrow. */
  readonly labels: readonly string[]
  readonly value: BoardNumber
  readonly details?: readonly BoardNumber[]
  readonly tone?: BoardTone
  /** Default: 10. */
  readonly limit?: number
}

/** Rows as they come, the newest first. */
export interface FeedTile extends TableTile {
  readonly kind: 'feed'
  readonly time: string
  readonly labels: readonly string[]
  readonly details?: readonly BoardNumber[]
  /** A column, and its value in rows that tell of trouble; others tell that it is over. */
  readonly trouble?: { readonly column: string; readonly value: string }
  /** Default: 20. */
  readonly limit?: number
}

/** Lines over time, one for each value of `series`. */
export interface LinesTile extends TableTile {
  readonly kind: 'lines'
  readonly time: string
  readonly series: string
  readonly value: BoardNumber
  /** Rows that are read: the newest. Default: 300. */
  readonly limit?: number
}

/** Places and the ways between them, seen from where they start: true directions, distances by their square root. */
export interface RoutesTile extends TableTile {
  readonly kind: 'routes'
  readonly from: BoardPlace
  readonly to: BoardPlace
  /** How much goes on a way: the width of its line. */
  readonly weight: BoardNumber
  readonly value: BoardNumber
  readonly tone?: BoardTone
}

export type BoardTile = FiguresTile | RankingTile | FeedTile | LinesTile | RoutesTile

export interface Board {
  readonly title: string
  /** In reading order; a tile takes the width that it needs. */
  readonly tiles: readonly BoardTile[]
}

/** The columns that a tile reads. */
export function columnsOfTile(tile: BoardTile): readonly string[] {
  const common = [tile.latest, ...('tone' in tile && tile.tone ? [tile.tone.column] : [])]
  const numbers = 'details' in tile ? (tile.details ?? []).map(d => d.column) : []
  const named = [...common, ...numbers].filter(c => c !== undefined)
  switch (tile.kind) {
    case 'figures':
      return [tile.label, tile.value.column, ...named]
    case 'ranking':
      return [...tile.labels, tile.value.column, ...named]
    case 'feed':
      return [tile.time, ...tile.labels, ...(tile.trouble ? [tile.trouble.column] : []), ...named]
    case 'lines':
      return [tile.time, tile.series, tile.value.column, ...named]
    case 'routes':
      return [
        ...placeColumns(tile.from),
        ...placeColumns(tile.to),
        tile.weight.column,
        tile.value.column,
      ].concat(named)
  }
}

const placeColumns = ({ latitude, longitude, label }: BoardPlace) => [latitude, longitude, label]
