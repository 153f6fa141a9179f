// What is written with a committed offset: the token of the epoch, whose it is, and where readers are that share the partition.
//
//     millrace epoch 12-3fa9 of "payments" {"orders-1b2c":300,"late_orders-77aa":280}
//
// The offset itself is where the one furthest behind is. A marker's offset means nothing: it is there for the token alone.

/** An epoch of a program. */
export interface EpochMark {
  readonly token: string
  /** Absent in what was written before programs named themselves. */
  readonly program: string | undefined
}

/** What the metadata of an offset say. */
export interface OffsetNote extends EpochMark {
  readonly isMarker: boolean
  /** Where readers are, where several read the partition. */
  readonly positions: Readonly<Record<string, number>> | undefined
}

const NOTE = /^millrace (epoch|marker) (\S+)(?: of ("(?:[^"\\]|\\.)*"))?(?: (\{.*\}))?$/s

/** @param positions by reader, where several read the partition */
export function withToken(mark: EpochMark, positions?: ReadonlyMap<string, number>): string {
  const shared = positions && positions.size > 1
  return `millrace epoch ${textOf(mark)}${shared ? ` ${JSON.stringify(Object.fromEntries(positions))}` : ''}`
}

export const asMarker = (mark: EpochMark): string => `millrace marker ${textOf(mark)}`

/** Undefined for texts of others. */
export function noteIn(metadata: string): OffsetNote | undefined {
  const [, kind, token, program, positions] = NOTE.exec(metadata) ?? []
  if (token === undefined) return undefined
  return {
    token,
    program: program === undefined ? undefined : (JSON.parse(program) as string),
    isMarker: kind === 'marker',
    positions:
      positions === undefined ? undefined : (JSON.parse(positions) as Record<string, number>),
  }
}

const textOf = ({ token, program }: EpochMark): string =>
  program === undefined ? token : `${token} of ${JSON.stringify(program)}`
