// Tells alerts by POST.
//
//     content-type: application/json
//     idempotency-key: the notification's id, the same in every attempt
//     x-millrace-timestamp: seconds since 1970, of the attempt                     } with a signing secret
//     x-millrace-signature: v1=hex(HMAC-SHA256(secret, timestamp + "." + body))    }

import { createHmac } from 'node:crypto'
import type { Clock } from 'millrace'
import type { Alert, Notification } from '../alert.ts'
import { linesOf, summaryOf } from '../notification-text.ts'
import type { WebhookOptions } from '../receiver-options.ts'
import { type Attempt, reasonOf, type Receiver } from './receiver.ts'

const CONCURRENCY = 4
/** Answers that say that this notification will never be taken; all others may change. */
const FINAL = new Set([400, 413, 415, 422])
const MAX_RETRY_AFTER_MS = 3_600_000

export function webhookReceiver(options: WebhookOptions, clock: Clock): Receiver {
  return {
    name: 'webhook',
    concurrency: CONCURRENCY,
    attempt: (notification, signal) => post(options, clock, notification, signal),
    close() {},
  }
}

async function post(
  options: WebhookOptions,
  clock: Clock,
  notification: Notification,
  signal: AbortSignal,
): Promise<Attempt> {
  const body = JSON.stringify(
    options.payload === 'slack' ? slackPayload(notification) : jsonPayload(notification),
  )
  const headers = headersOf(options, notification.id, body, clock.now())
  try {
    const answer = await fetch(options.url, {
      method: 'POST',
      headers,
      body,
      // An address that moved is the settings' to follow: what is signed for one host is not handed to another.
      redirect: 'manual',
      signal,
    })
    await answer.body?.cancel()
    if (answer.ok) return { outcome: 'delivered' }
    const retryAfterMs = retryAfterOf(answer.headers.get('retry-after'), clock.now())
    return {
      outcome: 'failed',
      reason: `it answered ${answer.status}`,
      isFinal: FINAL.has(answer.status),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    }
  } catch (error) {
    return { outcome: 'failed', reason: reasonOf(error) }
  }
}

function headersOf(
  { bearerToken, signingSecret }: WebhookOptions,
  id: string,
  body: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000))
  return {
    'content-type': 'application/json',
    'user-agent': 'millrace',
    'idempotency-key': id,
    ...(bearerToken !== undefined && { authorization: `Bearer ${bearerToken}` }),
    ...(signingSecret !== undefined && {
      'x-millrace-timestamp': timestamp,
      'x-millrace-signature': `v1=${createHmac('sha256', signingSecret).update(`${timestamp}.${body}`).digest('hex')}`,
    }),
  }
}

/** Seconds, or a date; undefined when it is neither. */
function retryAfterOf(text: string | null, nowMs: number): number | undefined {
  if (text === null) return undefined
  const waitMs = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, waitMs))
}

function jsonPayload(notification: Notification): object {
  const { id, name, status, group, firing, resolved, omitted, atMs } = notification
  return {
    version: 1,
    id,
    name,
    status,
    at: isoTime(atMs),
    group,
    alerts: [...firing, ...resolved].map(alertPayload),
    omitted,
  }
}

const alertPayload = ({ fingerprint, fields, startedMs, resolvedMs }: Alert): object => ({
  status: resolvedMs === undefined ? 'firing' : 'resolved',
  fingerprint,
  startsAt: isoTime(startedMs),
  ...(resolvedMs !== undefined && { endsAt: isoTime(resolvedMs) }),
  fields,
})

const isoTime = (ms: number): string => new Date(ms).toISOString()

/** Slack cuts texts at 40,000 characters; a message that long is read by nobody. */
const MAX_SLACK_LINES = 20

function slackPayload(notification: Notification): object {
  const lines = linesOf(notification)
  const more = lines.length - MAX_SLACK_LINES
  const shown = [
    ...lines.slice(0, MAX_SLACK_LINES),
    ...(more > 0 ? [`and ${more} lines more`] : []),
  ]
  const summary = slackText(summaryOf(notification))
  return { text: [`*${summary}*`, ...shown.map(line => `• ${slackText(line)}`)].join('\n') }
}

/** Slack's three control characters: so no data mentions a channel or makes a link. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
