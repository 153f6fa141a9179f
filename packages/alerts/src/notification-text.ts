// Notifications as text. What comes from data is cut and cannot make lines of its own.

import type { Alert, AlertFields, Notification } from './alert.ts'
import { fieldText } from './silence.ts'

const MAX_FIELD = 200

/** `[FIRING:2] delays origin=EDDF` */
export function summaryOf({ name, group, status, firing }: Notification): string {
  const mark = status === 'firing' ? `FIRING:${firing.length}` : 'RESOLVED'
  return [`[${mark}] ${oneLine(name)}`, fieldsText(group)].filter(s => s !== '').join(' ')
}

/** A line per alert, those that fire first. */
export function linesOf({ firing, resolved, omitted }: Notification): readonly string[] {
  const line = (mark: string) => (alert: Alert) => `${mark}: ${fieldsText(alert.fields)}`
  return [
    ...firing.map(line('firing')),
    ...resolved.map(line('resolved')),
    ...(omitted > 0 ? [`and ${omitted} more`] : []),
  ]
}

export const fieldsText = (fields: AlertFields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${oneLine(name)}=${oneLine(fieldText(value))}`)
    .join(' ')

/** Without control characters, line separators and marks that turn the writing's direction. */
export function oneLine(text: string): string {
  const flat = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
  return flat.length > MAX_FIELD ? `${flat.slice(0, MAX_FIELD).toWellFormed()}…` : flat
}
