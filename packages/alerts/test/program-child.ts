// A program with an alert sink that runs until it is killed. Arguments: state folder, address of the webhook, an origin to raise or none.

import { Millrace, push, t } from 'millrace'
import { alert } from '../src/index.ts'

const [stateDir = '', url = '', origin] = process.argv.slice(2)
const app = new Millrace('watch', { stateDir })
const source = push()
const schema = { origin: t.string(), delayMin: t.int() }
app
  .table('delays', { source, schema })
  .where(d => d.delayMin.gt(60))
  .into(alert('late', { key: ['origin'], groupWait: '300 ms', webhook: { url } }))
const ended = app.run()
if (origin !== undefined) await source.send({ origin, delayMin: 90 })
// An input that stays open keeps no process alive by itself.
setInterval(() => {}, 60_000)
await ended
