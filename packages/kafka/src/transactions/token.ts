// What is written with a committed offset: the token of the epoch, and where readers are that share the partition.
//
//     millrace epoch 12-3fa9 {"orders-1b2c":300,"late_orders-77aa":280}
//
// The offset itself is where the one furthest behind is.

const PREFIX = 'millrace epoch '
/** Of the offset that means nothing, but is there for the token alone. */
const MARKER_PREFIX = 'millrace marker '

/** @param positions by reader, where several read the partition */
export function withToken(token: string, positions?: ReadonlyMap<string, number>): string {
  const shared = positions && positions.size > 1
  return `${PREFIX}${token}${shared ? ` ${JSON.stringify(Object.fromEntries(positions))}` : ''}`
}

export const asMarker = (token: string): string => `${MARKER_PREFIX}${token}`

/** Undefined for texts of others. */
export function tokenIn(metadata: string): string | undefined {
  const prefix = [PREFIX, MARKER_PREFIX].find(p => metadata.startsWith(p))
  return prefix && metadata.slice(prefix.length).split(' ', 1)[0]
}

/** Where a reader is; undefined where the offset holds for all, or the text is that of others. */
export function positionIn(metadata: string, reader: string): number | undefined {
  const at = metadata.indexOf('{')
  if (!metadata.startsWith(PREFIX) || at < 0) return undefined
  return (JSON.parse(metadata.slice(at)) as Record<string, number>)[reader]
}

/** Whether an offset is there for the token alone: it tells nothing of how far its partition is read. */
export const isMarker = (metadata: string): boolean => metadata.startsWith(MARKER_PREFIX)
