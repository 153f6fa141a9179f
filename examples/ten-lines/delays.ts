import { avg, count, files, Millrace, print, t, tumble } from 'millrace'

const app = new Millrace('delays')
const departures = app.table('departures', {
  source: files(import.meta.resolve('./departures.ndjson')),
  schema: { flight: t.string(), origin: t.string(), delay: t.int(), departed: t.timestamp() },
  watermark: { column: 'departed', delay: '5m' },
})
const delays = departures
  .where(d => d.delay.gt(0))
  .window(tumble('departed', '6h'))
  .groupBy('origin')
  .select({ flights: count(), meanDelay: avg('delay') })
delays.into(print())
await app.run()
