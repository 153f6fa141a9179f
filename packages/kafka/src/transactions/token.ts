// The token of an epoch as the text that goes with a committed offset.

const PREFIX = 'millrace epoch '
/** Of the offset that means nothing, but is there for the token alone. */
const MARKER_PREFIX = 'millrace marker '

export const withToken = (token: string): string => `${PREFIX}${token}`
export const asMarker = (token: string): string => `${MARKER_PREFIX}${token}`

/** Undefined for texts of others. */
export function tokenIn(metadata: string): string | undefined {
  const prefix = [PREFIX, MARKER_PREFIX].find(p => metadata.startsWith(p))
  return prefix && metadata.slice(prefix.length)
}

/** Whether an offset is there for the token alone: it tells nothing of how far its partition is read. */
export const isMarker = (metadata: string): boolean => metadata.startsWith(MARKER_PREFIX)
