// E-mail through a real SMTP server: secured or not, with users, and one that refuses, hangs or breaks off.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates } from '@millrace/testing'
import { secret } from 'millrace'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlertOptions } from '../src/index.ts'
import { openSink } from './sink-harness.ts'
import { until } from './turned-clock.ts'

let folder = ''
let tls = { key: '', cert: '', ca: '' }
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-alerts-'))
  const { authority, broker } = await makeCertificates(folder)
  const text = (file: string) => readFileSync(file, 'utf8')
  tls = { key: text(broker.key), cert: text(broker.certificate), ca: text(authority) }
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Mailbox extends AsyncDisposable {
  readonly port: number
  /** Messages as they were sent, their lines unfolded. */
  readonly mails: string[]
  readonly recipients: string[]
  connections: number
}

async function startServer(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mails: string[] = []
  const recipients: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 1,
    onConnect(_, done) {
      mailbox.connections++
      done()
    },
    onData(stream, session, done) {
      let text = ''
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      stream.on('end', () => {
        mails.push(text.replaceAll(/\r\n[ \t]+/g, ' '))
        recipients.push(...session.envelope.rcptTo.map(r => r.address))
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const mailbox = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    recipients,
    connections: 0,
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => server.close(resolve)),
  }
  return mailbox
}

type Email = NonNullable<AlertOptions['email']>

const to = ({ port }: Mailbox, more: Partial<Email> = {}): AlertOptions => ({
  groupWait: '0 s',
  groupInterval: '1 min',
  email: {
    host: 'localhost',
    port,
    tls: 'none',
    from: 'millrace@example.org',
    to: ['ops@example.org', 'lead@example.org'],
    ...more,
  },
})

const refusal = (responseCode: number): Error => Object.assign(new Error('no'), { responseCode })

describe('an e-mail', () => {
  it('tells everybody, as text and as HTML in which data are text', async () => {
    await using server = await startServer()
    const sink = await openSink(to(server))
    await sink.raise('FRA', '<img src=x onerror=alert(1)>')
    await until(() => server.mails.length === 1)
    const [mail = ''] = server.mails
    expect(server.recipients).toEqual(['ops@example.org', 'lead@example.org'])
    expect(mail).toContain('Subject: [FIRING:1] delays')
    expect(mail).toMatch(/Message-ID: <[0-9a-f]{32}@alerts\.millrace>/i)
    const plain = mail.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=')
    expect(plain).toContain('note=<img src=x onerror=alert(1)>')
    expect(plain).toContain('&lt;img src=x onerror=alert(1)&gt;</td>')
    expect(plain.match(/<img/g)).toHaveLength(1)
    await sink.writer.close()
  })

  it('has no header that data brought in', async () => {
    await using server = await startServer()
    const sink = await openSink({ ...to(server), groupBy: ['origin'] })
    await sink.raise('FRA\r\nBcc: thief@example.org\r\n\r\nbody', 'x')
    await until(() => server.mails.length === 1)
    const [head = ''] = (server.mails[0] ?? '').split('\r\n\r\n')
    expect(head).toContain('Subject: [FIRING:1] delays origin=FRA Bcc: thief@example.org body')
    expect(head).not.toMatch(/^Bcc:/m)
    expect(server.recipients).toHaveLength(2)
    await sink.writer.close()
  })

  it.each(['starttls', 'implicit'] as const)(
    'goes over %s to a server that knows the user',
    async kind => {
      await using server = await startServer({
        ...tls,
        secure: kind === 'implicit',
        disabledCommands: [],
        authOptional: false,
        onAuth({ username, password }, session, done) {
          const isKnown = username === 'alice' && password === 'pass' && session.secure
          done(null, isKnown ? { user: 'alice' } : {})
        },
      })
      const user = { user: 'alice', password: secret('pass') }
      const sink = await openSink(to(server, { tls: kind, ca: tls.ca, ...user }))
      await sink.raise('FRA', 'slow')
      await until(() => server.mails.length === 1)
      await sink.writer.close()
    },
  )

  it('does not go to a server whose certificate nobody vouches for', async () => {
    await using server = await startServer({ ...tls, disabledCommands: ['AUTH'] })
    const sink = await openSink(to(server, { tls: 'starttls' }))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(1_000))
    expect(sink.writer.troubles?.[0]).toMatch(/certificate|secure connection/)
    expect(server.mails).toEqual([])
    await sink.writer.close()
  })

  it('does not go unsecured where security was asked for', async () => {
    await using server = await startServer()
    const sink = await openSink(to(server, { tls: 'starttls' }))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(1_000))
    expect(server.mails).toEqual([])
    await sink.writer.close()
  })

  it('is tried again when the password is wrong, which is never shown', async () => {
    await using server = await startServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_, __, done) => done(refusal(535)),
    })
    const password = secret('hunter2')
    const sink = await openSink(to(server, { user: 'alice', password }))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(1_000))
    expect(sink.writer.troubles?.[0]).toContain('it did not accept user and password')
    expect(sink.writer.troubles?.join()).not.toContain('hunter2')
    await sink.writer.close()
  })

  it('is tried again after 451, under the same Message-ID', async () => {
    const refused: string[] = []
    await using server = await startServer({
      onMailFrom: (_, __, done) => done(refused.push('') === 1 ? refusal(451) : null),
    })
    const sink = await openSink(to(server))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(1_000))
    expect(sink.writer.troubles?.[0]).toContain('it answered 451')
    sink.clock.turn(1_000)
    await until(() => server.mails.length === 1)
    await sink.writer.close()
  })

  it('is given up after 550', async () => {
    await using server = await startServer({ onRcptTo: (_, __, done) => done(refusal(550)) })
    const sink = await openSink(to(server))
    await sink.raise('FRA', 'slow')
    await until(() => sink.writer.cutDueMs === 0)
    await sink.epoch()
    expect(sink.writer.troubles).toEqual(['Alerts "delays": notifications given up: 1.'])
    await sink.writer.close()
  })

  it('is tried again where the connection breaks off', async () => {
    let breaks = 1
    await using server: Mailbox = await startServer({
      onData(stream, session, done) {
        stream.resume().on('end', () => {
          if (breaks-- > 0) done(Object.assign(new Error('closing'), { responseCode: 421 }))
          else {
            server.mails.push(session.envelope.rcptTo.map(r => r.address).join())
            done()
          }
        })
      },
    })
    const sink = await openSink(to(server))
    await sink.raise('FRA', 'slow')
    await until(() => sink.clock.sleeps.includes(1_000))
    sink.clock.turn(1_000)
    await until(() => server.mails.length === 1)
    await sink.writer.close()
  })

  it('is tried again where the server hangs, and no epoch waits for it', async () => {
    let hangs = 1
    await using server = await startServer({
      onMailFrom(_, __, done) {
        if (hangs-- <= 0) done()
      },
    })
    const sink = await openSink(to(server))
    await sink.raise('FRA', 'slow')
    await until(() => hangs === 0)
    await sink.raise('FRA', 'slower')
    sink.clock.turn(10_000)
    await until(() => sink.clock.sleeps.includes(1_000))
    sink.clock.turn(1_000)
    await until(() => server.mails.length === 1)
    await sink.writer.close()
  })
})
