// Alerts of an airport whose departures run late: keyed state and event timers, in TypeScript.

import { map, t, type Table, value } from 'millrace'

/** The mean delay of the last half hour above which an airport is in trouble, minutes. */
export const LIMIT_MIN = 40
/** Fewer departures tell nothing. */
export const LEAST_FLIGHTS = 5
export const SPAN_MS = 30 * 60_000
/** How often the mean is looked at, in event time. */
export const STEP_MS = 5 * 60_000

const departure = { origin: t.string(), event_time: t.timestamp(), delay_min: t.int() }

/**
 * Raises an alert when an airport's mean departure delay over 30 minutes passes the limit, and clears it once when it no longer
 * does. It looks every 5 minutes of event time, by timers: so disorder does not change what it sees.
 */
export function delayAlerts(departures: Table<typeof departure>) {
  return departures
    .stream()
    .keyBy('origin')
    .process({
      name: 'delay-alerts',
      state: {
        /** Sums by the end of their step. */
        flights: map(t.timestamp(), t.int()),
        minutes: map(t.timestamp(), t.int()),
        raised: value(t.boolean()),
      },
      output: {
        origin: t.string(),
        at: t.timestamp(),
        state: t.string(),
        mean_delay_min: t.double(),
        flights: t.int(),
      },
      onEvent(d, ctx) {
        const end = Math.ceil(d.event_time / STEP_MS) * STEP_MS
        const { flights, minutes } = ctx.state
        flights.set(end, (flights.get(end) ?? 0) + 1)
        minutes.set(end, (minutes.get(end) ?? 0) + d.delay_min)
        ctx.setTimer(end)
      },
      onTimer(ctx) {
        const now = ctx.timestamp as number
        const { flights, minutes, raised } = ctx.state
        let count = 0
        let sum = 0
        for (const [end, n] of flights.entries()) {
          if (end <= now - SPAN_MS) {
            flights.delete(end)
            minutes.delete(end)
          } else if (end <= now) {
            count += n
            sum += minutes.get(end) ?? 0
          }
        }
        const mean = count === 0 ? 0 : sum / count
        const isLate = count >= LEAST_FLIGHTS && mean > LIMIT_MIN
        if (isLate !== (raised.get() ?? false)) {
          raised.set(isLate)
          const state = isLate ? 'raised' : 'cleared'
          ctx.emit({
            origin: ctx.key as string,
            at: now,
            state,
            mean_delay_min: mean,
            flights: count,
          })
        }
        if (count > 0) ctx.setTimer(now + STEP_MS)
      },
    })
    .toTable()
}
