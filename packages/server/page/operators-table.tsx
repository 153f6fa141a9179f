// The graph's figures as a table: complete, sortable by eye, and readable without the picture.

import type { JobStatus } from '@millrace/server'
import { eventTime, grouped, shortBytes, shortNumber } from './number-format.ts'

const HEADS = [
  'in/s',
  'out/s',
  'in',
  'out',
  'state entries',
  'state size',
  'late',
  'errors',
  'busy',
]

export function OperatorsTable({ status }: { status: JobStatus | undefined }) {
  return (
    <details class="operators">
      <summary>All figures as a table</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">operator</th>
              <th scope="col">kind</th>
              <th scope="col">watermark (UTC)</th>
              {HEADS.map(head => (
                <th key={head} scope="col" class="is-number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {status?.operators.map(o => (
              <tr key={o.id}>
                <td>{o.name}</td>
                <td>{o.kind}</td>
                <td>{eventTime(o.watermarkMs)}</td>
                <td class="is-number">{shortNumber(o.recordsInPerSecond)}</td>
                <td class="is-number">{shortNumber(o.recordsOutPerSecond)}</td>
                <td class="is-number">{grouped(o.recordsIn)}</td>
                <td class="is-number">{grouped(o.recordsOut)}</td>
                <td class="is-number">{grouped(o.stateEntries)}</td>
                <td class="is-number">{shortBytes(o.stateBytes)}</td>
                <td class="is-number">{grouped(o.late)}</td>
                <td class="is-number">{grouped(o.errors)}</td>
                <td class="is-number">{Math.round(o.busyShare * 100)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
