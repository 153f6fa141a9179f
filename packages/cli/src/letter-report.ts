// Dead letters as lines, as a page of text, and as data.

import type { DeadLetter } from 'millrace'
import { tableOf } from './text-table.ts'

/** A letter with what it is known by. */
export interface KnownLetter {
  /** Of a topic `topic/partition/offset`, of a folder its number. */
  readonly id: string
  readonly program: string
  readonly letter: DeadLetter
  /** What had to be left out of it; absent or empty: nothing. */
  readonly omitted?: string
  /** Absent where letters are not replayed from. */
  readonly isReplayed?: boolean
}

const HEADS = ['id', 'put aside', 'from', 'place', 'code', 'reason', 'replayed']
const SHOWN_REASON = 80

/** A line each. */
export function letterLines(letters: readonly KnownLetter[]): string {
  if (letters.length === 0) return 'There are no dead letters.\n'
  const rows = letters.map(({ id, letter, isReplayed }) => [
    id,
    timeText(letter.atMs),
    letter.operatorName,
    placeOf(letter),
    letter.code,
    oneLine(letter.reason),
    isReplayed ? 'yes' : '',
  ])
  return `${tableOf(HEADS, rows, HEADS.length).join('\n')}\n`
}

/** All of one. */
export function letterText({ id, program, letter, omitted, isReplayed }: KnownLetter): string {
  const { origin, bytes, row, stack } = letter
  const lines = [
    `letter     ${id}${isReplayed ? ' (replayed)' : ''}`,
    `program    ${program}, epoch ${letter.epoch}`,
    `put aside  ${timeText(letter.atMs)}`,
    `from       ${letter.operatorName} (${letter.operator})`,
    ...(letter.split === '' ? [] : [`place      ${placeOf(letter)}`]),
    ...(origin ? [`time       ${timeText(origin.timestamp)}`] : []),
    `code       ${letter.code}`,
    `reason     ${letter.reason}`,
    ...(omitted ? [`left out   ${omitted}`] : []),
    ...(stack === '' ? [] : ['stack', indented(stack)]),
    ...(origin?.headers ?? []).map(([name, value]) => `header     ${name} = ${bytesText(value)}`),
    ...(origin ? ['key', indented(bytesText(origin.key))] : []),
    ...(row === '' ? [] : ['row', indented(row)]),
    ...(letter.split === '' ? [] : ['value', indented(bytesText(origin ? origin.value : bytes))]),
  ]
  return `${lines.join('\n')}\n`
}

/** Bytes are base64. */
export function letterJson({ id, program, letter, omitted, isReplayed }: KnownLetter): unknown {
  const { origin, bytes, ...facts } = letter
  const value = origin ? origin.value : bytes
  return {
    id,
    program,
    ...facts,
    at: new Date(letter.atMs).toISOString(),
    ...(origin && {
      topic: origin.topic,
      partition: origin.partition,
      offset: origin.offset,
      timestamp: origin.timestamp,
      key: base64(origin.key),
      headers: origin.headers.map(([name, v]) => [name, base64(v)]),
    }),
    value: base64(value),
    ...(omitted && { omitted }),
    ...(isReplayed !== undefined && { replayed: isReplayed }),
  }
}

const timeText = (ms: number): string => new Date(ms).toISOString()
const base64 = (bytes: Uint8Array | null): string | null =>
  bytes && Buffer.from(bytes).toString('base64')
const indented = (text: string): string => text.replaceAll(/^/gm, '  ')

function placeOf({ origin, split, position }: DeadLetter): string {
  if (origin) return `${origin.topic}-${origin.partition} offset ${origin.offset}`
  return [split, position].filter(t => t !== '').join(' ')
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > SHOWN_REASON ? `${line.slice(0, SHOWN_REASON)}…` : line
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** As text where it is one that can be shown, else as a dump in hex. */
function bytesText(bytes: Uint8Array | null): string {
  if (bytes === null) return 'NULL'
  try {
    const text = utf8.decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (!/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text)) return text
  } catch {
    // No text: shown in hex.
  }
  return dump(bytes)
}

function dump(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const part = bytes.subarray(at, at + 16)
    const hex = [...part].map(b => b.toString(16).padStart(2, '0')).join(' ')
    const text = [...part].map(b => (b > 31 && b < 127 ? String.fromCharCode(b) : '.')).join('')
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${text}`)
  }
  return lines.join('\n')
}
