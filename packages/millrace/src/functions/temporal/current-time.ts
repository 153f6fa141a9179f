// `CURRENT_TIMESTAMP`, `NOW`, `CURRENT_DATE`, `LOCALTIME` … `PROCTIME`, `CURRENT_WATERMARK`: what the clock and the watermark say.

import { floorMod, MS_PER_DAY } from '../../types/calendar.ts'
import { type DataType, formatType, isRowtime, notNull, types } from '../../types/data-type.ts'
import { epochToLocalMs } from '../../types/time-zone.ts'
import { problem } from '../binding.ts'
import type { EvaluationContext, ScalarFunction } from '../function-definition.ts'

const INSTANT = types.timestampLtz(3)

export const currentTimestamp = clockFunction(
  'CURRENT_TIMESTAMP',
  'The current instant.',
  INSTANT,
  nowMs => nowMs,
  ['NOW', 'CURRENT_ROW_TIMESTAMP'],
)
export const localTimestamp = clockFunction(
  'LOCALTIMESTAMP',
  "The current date and time in the session's time zone.",
  types.timestamp(3),
  epochToLocalMs,
)
export const currentDate = clockFunction(
  'CURRENT_DATE',
  "The current date in the session's time zone.",
  types.date,
  (nowMs, zone) => Math.floor(epochToLocalMs(nowMs, zone) / MS_PER_DAY),
)
export const localTime = clockFunction(
  'LOCALTIME',
  "The current time of day, in whole seconds, in the session's time zone.",
  types.time(0),
  (nowMs, zone) => {
    const ms = floorMod(epochToLocalMs(nowMs, zone), MS_PER_DAY)
    return ms - (ms % 1000)
  },
  ['CURRENT_TIME'],
)
export const proctime = clockFunction(
  'PROCTIME',
  'The processing-time attribute: the instant at which a record is processed.',
  { ...INSTANT, attribute: 'proctime' } as DataType,
  nowMs => nowMs,
)

function clockFunction(
  name: string,
  summary: string,
  returns: DataType,
  read: (nowMs: number, zone: string) => number,
  aliases: readonly string[] = [],
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    aliases,
    docs: { group: 'temporal', summary },
    resolve(args, { timeZone }) {
      if (args.length > 0) return problem('takes no arguments')
      return {
        parameters: [],
        returns: notNull(returns),
        nulls: 'strict',
        usesContext: true,
        evaluate: (context: EvaluationContext) => read(context.nowMs(), timeZone),
      }
    },
  }
}

export const currentWatermark: ScalarFunction = {
  kind: 'scalar',
  name: 'CURRENT_WATERMARK',
  docs: {
    group: 'temporal',
    summary:
      'The watermark before this record, in the type of the rowtime column; NULL before the first.',
  },
  resolve(args) {
    const type = args[0]?.type
    if (args.length !== 1 || type === undefined) return problem('needs one rowtime column')
    if (!isRowtime(type)) return problem(`needs a rowtime column, not ${formatType(type)}`)
    return {
      parameters: [type],
      returns: type.kind === 'timestamp' ? types.timestamp(3) : types.timestampLtz(3),
      nulls: 'own',
      mayReturnNull: true,
      usesContext: true,
      evaluate: (context: EvaluationContext) => {
        const ms = context.watermarkMs()
        return Number.isFinite(ms) ? ms : null
      },
    }
  },
}
