// The work of folding, as a job over files: it can run in any thread and is undone by removing its output.

import type { Disk } from '../../types/ports.ts'
import { readSegment, segmentName } from './log-segment.ts'
import { RunReader } from './run-reader.ts'
import { RunWriter } from './run-writer.ts'
import { type Pace, sortDeltas } from './sorted-deltas.ts'
import { type EntrySource, mergeEntries, unionShadow } from './state-cursor.ts'

/** Turns closed log segments into a run, or adjacent runs (newest first) into one. */
export interface FoldJob {
  readonly folder: string
  readonly output: string
  readonly inputs:
    | { readonly kind: 'log'; readonly segments: readonly number[]; readonly afterEpoch: number }
    | { readonly kind: 'runs'; readonly runs: readonly string[] }
  /** Nothing older lies below: deletions need not be kept. */
  readonly isBottom: boolean
}

/** Runs a job; gives the size of the output, which is durable but for its folder entry. */
export type FoldExecutor = (job: FoldJob) => Promise<number>

/** Runs the job over a disk. Stops between entries for other work whenever `pace` says so. */
export async function runFoldJob(disk: Disk, job: FoldJob, pace: Pace): Promise<number> {
  const { inputs, folder } = job
  if (inputs.kind === 'log') {
    const deltas = await readDeltas(disk, folder, inputs.segments, inputs.afterEpoch)
    return writeRun(disk, job, [...deltas.keys()], pace, async operator => [
      await sortDeltas(deltas.get(operator) ?? [], pace),
    ])
  }
  const runs: RunReader[] = []
  try {
    for (const name of inputs.runs) runs.push(await RunReader.open(disk, `${folder}/${name}`))
    const operators = new Set(runs.flatMap(r => [...r.operators]))
    return await writeRun(disk, job, [...operators], pace, async operator =>
      runs.map(r => r.scan(operator)).filter(s => s !== undefined),
    )
  } finally {
    for (const run of runs) await run.release()
  }
}

async function writeRun(
  disk: Disk,
  job: FoldJob,
  operators: readonly string[],
  pace: Pace,
  open: (operator: string) => Promise<readonly EntrySource[]>,
): Promise<number> {
  const writer = await RunWriter.create(disk, `${job.folder}/${job.output}`)
  try {
    for (const operator of operators.toSorted()) {
      const sources = await open(operator)
      writer.beginOperator(operator, job.isBottom ? unionShadow([]) : unionShadow(sources))
      for await (const chunk of mergeEntries(sources)) {
        for (const entry of chunk)
          if (!(entry.isDelete && job.isBottom) && writer.add(entry)) await writer.flush()
        await pace()
      }
      writer.endOperator()
    }
    return await writer.finish()
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

/** The deltas of the segments by operator, oldest first. */
async function readDeltas(
  disk: Disk,
  folder: string,
  segments: readonly number[],
  afterEpoch: number,
): Promise<Map<string, Uint8Array[]>> {
  const deltas = new Map<string, Uint8Array[]>()
  let epoch = afterEpoch
  for (const number of segments) {
    const path = `${folder}/${segmentName(number)}`
    const { commits } = readSegment(path, number, await disk.readFile(path))
    for (const commit of commits) {
      // A restart repeats the last commit at the head of its segment.
      if (commit.epoch <= epoch) continue
      epoch = commit.epoch
      for (const { operator, bytes } of commit.deltas) {
        const list = deltas.get(operator)
        if (list) list.push(bytes)
        else deltas.set(operator, [bytes])
      }
    }
  }
  return deltas
}
