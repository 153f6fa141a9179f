// A stand-in for warm-worker.ts: what it does is the name of the case's file, and it tells which of its runs this is.

import { createInterface } from 'node:readline'

let runs = 0
for await (const line of createInterface({ input: process.stdin })) {
  const { file, mode } = JSON.parse(line)
  runs++
  if (file === 'die') process.exit(1)
  if (file === 'hang') continue
  process.stdout.write(`${file} ${mode} ${runs}\n`)
  process.stderr.write(`warning of ${file}\n\u001e\n`)
  process.stdout.write(`\u001e${file === 'reject' ? 1 : 0}\n`)
}
