// The token of an epoch as the text that goes with a committed offset.

const PREFIX = 'millrace epoch '

export const withToken = (token: string): string => `${PREFIX}${token}`

/** Undefined for texts of others. */
export function tokenIn(metadata: string): string | undefined {
  return metadata.startsWith(PREFIX) ? metadata.slice(PREFIX.length) : undefined
}
