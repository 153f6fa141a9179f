// Where the records of a buffer lie: arrays that are filled by the walk over record batches and read by generated decoders.

const INITIAL_RECORDS = 1024

/** One is reused for batch after batch: no object per record. */
export class RecordFrames {
  count = 0
  /** In the buffer; -1: NULL. */
  valueStarts = new Int32Array(INITIAL_RECORDS)
  valueEnds = new Int32Array(INITIAL_RECORDS)
  keyStarts = new Int32Array(INITIAL_RECORDS)
  keyEnds = new Int32Array(INITIAL_RECORDS)
  /** Where the number of headers stands, and behind it the headers. */
  headerStarts = new Int32Array(INITIAL_RECORDS)
  offsets = new Float64Array(INITIAL_RECORDS)
  /** Epoch ms. */
  timestamps = new Float64Array(INITIAL_RECORDS)
  leaderEpochs = new Int32Array(INITIAL_RECORDS)
  /** 0: the producer's time; 1: the broker's. */
  timestampTypes = new Uint8Array(INITIAL_RECORDS)

  /** Makes room for `records` more. */
  reserve(records: number): void {
    const needed = this.count + records
    if (needed <= this.offsets.length) return
    const length = Math.max(needed, this.offsets.length * 2)
    this.valueStarts = grown(this.valueStarts, length)
    this.valueEnds = grown(this.valueEnds, length)
    this.keyStarts = grown(this.keyStarts, length)
    this.keyEnds = grown(this.keyEnds, length)
    this.headerStarts = grown(this.headerStarts, length)
    this.leaderEpochs = grown(this.leaderEpochs, length)
    const { offsets, timestamps, timestampTypes } = this
    this.offsets = new Float64Array(length)
    this.offsets.set(offsets)
    this.timestamps = new Float64Array(length)
    this.timestamps.set(timestamps)
    this.timestampTypes = new Uint8Array(length)
    this.timestampTypes.set(timestampTypes)
  }
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length)
  larger.set(array)
  return larger
}
