// Tells alerts on the terminal, a line each.

import type { Notification } from '../alert.ts'
import { summaryOf, linesOf } from '../notification-text.ts'
import type { Receiver } from './receiver.ts'

export function consoleReceiver(print: (line: string) => void): Receiver {
  return {
    name: 'console',
    concurrency: 1,
    async attempt(notification: Notification) {
      print(summaryOf(notification))
      for (const line of linesOf(notification)) print(`  ${line}`)
      return { outcome: 'delivered' }
    },
    close() {},
  }
}
