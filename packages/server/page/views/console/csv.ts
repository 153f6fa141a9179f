// Results as CSV (RFC 4180), for the clipboard and as a file.

import type { ResultColumn } from '../../api/console.ts'
import type { Cell } from '@millrace/server'

/** NULL is an empty field, an empty text a quoted one. */
export function csvOf(
  columns: readonly ResultColumn[],
  rows: readonly { readonly cells: readonly Cell[] }[],
): string {
  const lines = [columns.map(c => field(c.name)), ...rows.map(r => r.cells.map(field))]
  return lines.map(line => `${line.join(',')}\r\n`).join('')
}

function field(cell: Cell): string {
  if (cell === null) return ''
  const text = cellText(cell)
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function cellText(cell: Cell): string {
  if (cell === null) return 'NULL'
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}
