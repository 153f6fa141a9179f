// Nexmark bids as JSON lines of about 300 bytes, the same for every run.

const CHANNELS = ['Google', 'Facebook', 'Baidu', 'Apple', 'channel-1483', 'channel-77']

/** `count` events: a bid in the shape of Flink's nexmark generator, its `person` and `auction` null. */
export function bidLines(count: number): Uint8Array {
  let state = 42
  const random = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
  const lines: string[] = []
  for (let i = 0; i < count; i++) {
    const bid = {
      auction: 1000 + random(100_000),
      bidder: 1000 + random(50_000),
      price: 100 + random(10_000_000),
      channel: CHANNELS[random(CHANNELS.length)],
      url: `https://www.nexmark.com/${random(2 ** 32).toString(36)}/item.htm?query=1&channel_id=${random(10_000)}`,
      dateTime: new Date(1_700_000_000_000 + i * 3).toISOString().replace('T', ' ').slice(0, 23),
      extra: random(2 ** 32)
        .toString(36)
        .padEnd(60 + random(30), 'abcdefgh'),
    }
    lines.push(`${JSON.stringify({ event_type: 2, person: null, auction: null, bid })}\n`)
  }
  return Buffer.from(lines.join(''))
}
