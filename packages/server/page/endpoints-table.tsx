// Sources with what was read, sinks with what they guarantee.

import type { JobStatus } from '@millrace/server'
import { eventTime, grouped, shortNumber } from './number-format.ts'

export function SourcesTable({ status }: { status: JobStatus | undefined }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">source</th>
            <th scope="col">state</th>
            <th scope="col" class="is-number">
              records/s
            </th>
            <th scope="col" class="is-number">
              records
            </th>
            <th scope="col" class="is-number">
              dead letters
            </th>
            <th scope="col">watermark (UTC)</th>
          </tr>
        </thead>
        <tbody>
          {status?.sources.map(source => (
            <tr key={source.id}>
              <td>{source.name}</td>
              <td>{source.state}</td>
              <td class="is-number">{shortNumber(source.recordsPerSecond)}</td>
              <td class="is-number">{grouped(source.recordsTotal)}</td>
              <td class="is-number">{grouped(source.deadLettered)}</td>
              <td>{eventTime(source.watermarkMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function SinksTable({ status }: { status: JobStatus | undefined }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">sink</th>
            <th scope="col">guarantee</th>
            <th scope="col" class="is-number">
              records/s
            </th>
            <th scope="col" class="is-number">
              records
            </th>
            <th scope="col" class="is-number">
              visible epoch
            </th>
          </tr>
        </thead>
        <tbody>
          {status?.sinks.map(sink => (
            <tr key={sink.id}>
              <td>{sink.name}</td>
              <td>{sink.guarantee}</td>
              <td class="is-number">{shortNumber(sink.recordsPerSecond)}</td>
              <td class="is-number">{grouped(sink.recordsTotal)}</td>
              <td class="is-number">{grouped(sink.appliedEpoch)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
