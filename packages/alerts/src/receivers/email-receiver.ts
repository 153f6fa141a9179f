// Tells alerts by e-mail. The Message-ID is the idempotency key's, the same in every attempt.

import { createTransport } from 'nodemailer'
import type { Alert, Notification } from '../alert.ts'
import { linesOf, oneLine, summaryOf } from '../notification-text.ts'
import type { EmailOptions } from '../receiver-options.ts'
import { fieldText } from '../silence.ts'
import { type Attempt, reasonOf, type Receiver } from './receiver.ts'

/** @param timeoutMs of an attempt; the connection's own are no longer */
export function emailReceiver(options: EmailOptions, timeoutMs: number): Receiver {
  const { host, port, tls, user, password, ca } = options
  return {
    name: 'email',
    concurrency: 1,
    async attempt(notification, signal) {
      // One connection an attempt: ended with it, whatever the server does.
      const transport = createTransport({
        host,
        port,
        secure: tls === 'implicit',
        requireTLS: tls === 'starttls',
        ignoreTLS: tls === 'none',
        ...(ca !== undefined && { tls: { ca } }),
        ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      const end = () => transport.close()
      signal.addEventListener('abort', end, { once: true })
      try {
        await transport.sendMail(mailOf(notification, options))
        return { outcome: 'delivered' }
      } catch (error) {
        return failed(error)
      } finally {
        signal.removeEventListener('abort', end)
        transport.close()
      }
    },
    close() {},
  }
}

function failed(error: unknown): Attempt {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  // What it says of the connection or the user may change with either; of an envelope or a message it is meant.
  const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (responseCode === undefined || code === 'EAUTH' || code === 'ETLS')
    return { outcome: 'failed', reason: reasonOf(error) }
  const isFinal = isOfMail && responseCode >= 500
  return { outcome: 'failed', reason: `it answered ${responseCode}`, isFinal }
}

function mailOf(notification: Notification, { from, to }: EmailOptions) {
  const { id, firing, resolved, omitted } = notification
  const summary = summaryOf(notification)
  return {
    from,
    to: [...to],
    subject: oneLine(summary),
    messageId: `<${id}@alerts.millrace>`,
    date: new Date(notification.atMs),
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: [summary, '', ...linesOf(notification)].join('\n'),
    html: [
      `<h1 style="font-size:1.2em">${escaped(summary)}</h1>`,
      table('Firing', firing),
      table('Resolved', resolved),
      omitted > 0 ? `<p>and ${omitted} more</p>` : '',
    ].join('\n'),
  }
}

function table(title: string, alerts: readonly Alert[]): string {
  if (alerts.length === 0) return ''
  const names = [...new Set(alerts.flatMap(a => Object.keys(a.fields)))]
  const cells = (tag: string, texts: readonly string[]) =>
    `<tr>${texts.map(text => `<${tag} align="left">${escaped(oneLine(text))}</${tag}>`).join('')}</tr>`
  const rows = alerts.map(({ fields, startedMs }) =>
    cells('td', [
      ...names.map(n => fieldText(fields[n] ?? null)),
      new Date(startedMs).toISOString(),
    ]),
  )
  return `<h2 style="font-size:1em">${title}</h2><table border="1" cellpadding="4">${cells('th', [...names, 'since'])}${rows.join('')}</table>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, c => ENTITIES[c] as string)
