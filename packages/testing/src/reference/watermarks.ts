// The ends of event time.

/** Before the first record. */
export const MIN_WATERMARK = Number.NEGATIVE_INFINITY
/** After the last record of bounded input. */
export const MAX_WATERMARK = Number.POSITIVE_INFINITY
