// The part of a list that is asked for.

const MOST = 1_000

/** The schema of `?limit=…&offset=…`. @param limit when none is given */
export function range(limit: number) {
  return {
    type: 'object',
    properties: {
      limit: { type: 'integer', minimum: 1, maximum: MOST, default: limit },
      offset: { type: 'integer', minimum: 0, default: 0 },
    },
  }
}
