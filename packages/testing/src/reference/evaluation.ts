// The context in which the reference evaluates expressions: the answers it specifies do not depend on the time of day or chance.

import { InternalError } from 'millrace'

const refuse = (what: string) => (): never => {
  throw new InternalError(`the reference has no ${what}`)
}

export const EVALUATION = {
  nowMs: refuse('processing time'),
  queryStartMs: refuse('query start'),
  watermarkMs: refuse('CURRENT_WATERMARK'),
  random: refuse('randomness'),
}
