// What fraud.sql has to find, in plain JavaScript over all payments at once.

import { kmBetween } from '../src/distance.ts'
import type { Payment } from '../src/payments.ts'

const FIVE_MINUTES = 5 * 60_000

const centsOf = (amount: string): number => Number(amount.replace('.', ''))

const money = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`

/** Alerts as texts, sorted; times are epoch ms. */
export function expectedAlerts(payments: readonly Payment[]): string[] {
  const alerts: string[] = []
  for (const ofCard of Map.groupBy(payments, p => p.card).values()) {
    const inOrder = ofCard.toSorted((a, b) => a.paid - b.paid)
    for (const [i, payment] of inOrder.entries()) {
      const { card, id, paid, city } = payment
      const alert = (reason: string, rest: object) =>
        alerts.push(JSON.stringify({ card, reason, payment: Number(id), paid, ...rest }))
      const recent = inOrder.filter(p => p.paid <= paid && p.paid >= paid - FIVE_MINUTES)
      const cents = recent.reduce((sum, p) => sum + centsOf(p.amount), 0)
      const found = { payments: recent.length, spent: money(cents), journey: null, km: null }
      if (recent.length > 6) alert('many payments', found)
      if (cents > 300_000) alert('much money', found)
      const before = inOrder[i - 1]
      if (!before) continue
      const km = kmBetween(before.latitude, before.longitude, payment.latitude, payment.longitude)
      const seconds = Math.trunc((paid - before.paid) / 1000)
      if (km > 100 && km > seconds * 0.25)
        alert('impossible journey', {
          payments: null,
          spent: null,
          journey: `${before.city} to ${city}`,
          km,
        })
    }
  }
  return alerts.toSorted()
}
