// Which of two moments an airport's clock meant, in the hour that it shows twice.

const HOUR_MS = 3_600_000

/**
 * The first moment after the departure at which the clock showed what it shows at `arrivedMs`: where clocks are put back an hour
 * before, that is one hour earlier. Times are epoch ms.
 */
export function firstReading(arrivedMs: number, departedMs: number, zone: string): number {
  const earlierMs = arrivedMs - HOUR_MS
  if (earlierMs <= departedMs) return arrivedMs
  return hourShown(earlierMs, zone) === hourShown(arrivedMs, zone) ? earlierMs : arrivedMs
}

interface ZoneClock {
  readonly format: Intl.DateTimeFormat
  /** By whole hours since 1970: zones of American airports are whole hours from UTC, and change at whole hours. */
  readonly hours: Map<number, string>
}

const clocks = new Map<string, ZoneClock>()

function hourShown(timeMs: number, zone: string): string {
  let clock = clocks.get(zone)
  if (!clock) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hour: '2-digit',
      hourCycle: 'h23',
    })
    clock = { format, hours: new Map() }
    clocks.set(zone, clock)
  }
  const hour = Math.floor(timeMs / HOUR_MS)
  let shown = clock.hours.get(hour)
  if (shown === undefined) {
    shown = clock.format.format(timeMs)
    clock.hours.set(hour, shown)
  }
  return shown
}
