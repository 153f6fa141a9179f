// A process that feeds a sink from where its last commit left off, until it is done or killed.
// Arguments: folder, append | upsert, number of epochs. Failpoints of MILLRACE_FAILPOINT kill it.

import { join } from 'node:path'
import { type RowKindCode, types } from 'millrace'
import { createSink, FileCommits } from './sink-harness.ts'

const [folder = '', mode, epochs] = process.argv.slice(2)
const isUpsert = mode === 'upsert'
const key = { name: 'k', type: { ...types.int, nullable: false } }
const commits = new FileCommits(join(folder, 'commits'))
const { epoch: last, sink: recovered } = commits.recover()
const sink = createSink({
  folder,
  schema: [key, { name: 'epoch', type: types.int }, { name: 'text', type: types.string }],
  key: isUpsert ? [0] : [],
})
await sink.open(recovered)
console.log(`open at ${last}`)
for (let epoch = last + 1; epoch <= Number(epochs); epoch++) {
  for (let i = 0; i < 20; i++) {
    const k = isUpsert ? (epoch * 7 + i) % 50 : epoch * 20 + i
    // Every ninth change of a key takes it away.
    const kind = (isUpsert ? ((epoch + i) % 9 === 0 ? 3 : 2) : 0) as RowKindCode
    sink.write(kind, [k, epoch, `row ${i}`])
  }
  sink.cut(epoch, epoch === Number(epochs))
  const parts = await sink.prepare(epoch)
  commits.commit(epoch, parts)
  await sink.apply(epoch)
  await new Promise(resolve => setTimeout(resolve, 25))
}
await sink.finish()
await sink.close()
console.log('done')
