// Tokens and roles, sessions of browsers, other origins, limits, TLS: by real requests to a real server.

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates } from '@millrace/testing'
import Fastify, { type InjectOptions } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guard } from '../src/access/guard.ts'
import { Sessions } from '../src/access/sessions.ts'
import { Tokens } from '../src/access/tokens.ts'
import { type RunningServer, type ServerOptions, startServer } from '../src/index.ts'
import { SampleJob } from './sample-job.ts'

const READ = 'read-0123456789abcdef'
const OPERATE = 'operate-0123456789abcdef'
const tokens = { read: READ, operate: OPERATE }

let server: RunningServer
afterEach(() => server?.close())

async function start(options: Partial<ServerOptions> = {}) {
  server = await startServer(new SampleJob(), { port: 0, ...options })
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers, redirect: 'manual' })

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const DATA = ['/api/status', '/api/events', '/metrics', '/api/plan', '/api/epochs', '/api/board']

describe('tokens', () => {
  it('are asked for wherever the job is told of; the page alone tells nothing', async () => {
    await start({ tokens })
    for (const path of [...DATA, '/api/tables/alerts', '/api/operators/delays/code']) {
      expect([path, (await get(path)).status]).toEqual([path, 401])
      const wrong = { authorization: 'Bearer wrong-0123456789abcdef' }
      expect([path, (await get(path, wrong)).status]).toEqual([path, 401])
    }
    expect(await (await get('/api/access')).json()).toEqual({ role: null, needsToken: true })
    expect((await get('/healthz')).status).toBe(200)
    expect(await (await get('/')).text()).not.toContain('flights')
  })

  it('pass as bearer tokens, each for its role', async () => {
    await start({ tokens })
    for (const [role, token] of Object.entries(tokens)) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await get('/api/status', headers)).status).toBe(200)
      expect(await (await get('/api/access', headers)).json()).toMatchObject({ role })
    }
  })

  it('to operate are needed for what does not say whom it is for', async () => {
    const app = Fastify()
    const rules = { hosts: new Set(['localhost']), tokens: new Tokens(tokens), headers: {} }
    guard(app, { ...rules, sessions: new Sessions(false) })
    app.get('/new', async () => 'done')
    app.post('/change', { config: { role: 'operate' } }, async () => 'done')
    const as = (token: string) => ({ authorization: `Bearer ${token}`, host: 'localhost' })
    const codeOf = async (options: InjectOptions) => (await app.inject(options)).statusCode
    expect(await codeOf({ url: '/new', headers: as(READ) })).toBe(403)
    expect(await codeOf({ url: '/new', headers: as(OPERATE) })).toBe(200)
    const change = { method: 'POST', url: '/change', payload: {} } as const
    expect(await codeOf({ ...change, headers: as(READ) })).toBe(403)
    expect(await codeOf({ ...change, headers: { host: 'localhost' } })).toBe(401)
    expect(await codeOf({ ...change, headers: as(OPERATE) })).toBe(200)
  })

  it('are not asked for on this machine, where none are given', async () => {
    await start()
    expect(await (await get('/api/access')).json()).toEqual({ role: 'operate', needsToken: false })
  })

  it('must be there for an address that others can reach, and hard to guess', async () => {
    await expect(startServer(new SampleJob(), { port: 0, host: '0.0.0.0' })).rejects.toMatchObject({
      message: 'The server would be open to everyone who can reach 0.0.0.0.',
      remedy: expect.stringContaining('MILLRACE_READ_TOKEN'),
    })
    await expect(start({ tokens: { read: 'short' } })).rejects.toMatchObject({
      message: 'The token to read has only 5 characters.',
      remedy: expect.stringContaining('openssl rand'),
    })
    await expect(start({ tokens: { read: READ, operate: READ } })).rejects.toThrow('to operate too')
  })
})

describe('a session of a browser', () => {
  const cookieOf = (answer: Response) => answer.headers.get('set-cookie') ?? ''

  it('begins with a token, is a cookie that scripts cannot read, and ends', async () => {
    await start({ tokens })
    const login = await post('/api/login', { token: READ })
    expect(await login.json()).toEqual({ role: 'read' })
    expect(cookieOf(login)).toMatch(/HttpOnly; SameSite=Strict; Path=\/; Max-Age=86400$/)
    expect(cookieOf(login)).not.toContain(READ)
    const headers = { cookie: `other=1; ${cookieOf(login).split(';')[0]}` }
    expect((await get('/api/status', headers)).status).toBe(200)
    expect(cookieOf(await post('/api/logout', {}, headers))).toContain('Max-Age=0')
    expect((await get('/api/status', headers)).status).toBe(401)
  })

  it('does not begin with a wrong token, and guessing is slow', async () => {
    await start({ tokens })
    const codes: number[] = []
    for (let i = 0; i < 12; i++)
      codes.push((await post('/api/login', { token: `guess ${i}` })).status)
    expect(codes).toEqual([...new Array(10).fill(401), 429, 429])
  })

  it.each([
    {},
    { token: 12 },
    { token: ['a'] },
    { token: 'x'.repeat(2_000) },
    '{"token":',
    '[]',
    'null',
  ])('does not begin with %j', async body => {
    await start({ tokens })
    const answer = await post('/api/login', body)
    expect([400, 401]).toContain(answer.status)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })
})

describe('requests of other sites', () => {
  it.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 403],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
    [{ 'content-type': 'application/jsonp' }, 415],
  ])('change nothing: %j', async (headers, code) => {
    await start({ tokens })
    expect((await post('/api/login', { token: OPERATE }, headers)).status).toBe(code)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('are not answered to %s', async method => {
    await start()
    const answer = await fetch(`${server.url}/api/status`, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('limits', () => {
  it('refuses bodies that are too large', async () => {
    await start({ tokens })
    expect((await post('/api/login', { token: 'x'.repeat(100_000) })).status).toBe(413)
  })

  it('refuses those who ask too often', async () => {
    await start()
    const asked = Array.from({ length: 700 }, () => get('/api/access'))
    const codes = (await Promise.all(asked)).map(answer => answer.status)
    expect(codes.filter(code => code === 200)).toHaveLength(600)
    expect(codes.filter(code => code === 429)).toHaveLength(100)
  })

  it('does not take what is no HTTP for a request', async () => {
    await start()
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1')
      let text = ''
      socket.on('data', data => (text += data.toString())).on('close', () => resolve(text))
      socket.on('error', reject)
      socket.write('GET /api/status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n')
      socket.write('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nabcd')
    })
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
  })
})

describe('TLS', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-tls-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  /** Makes a certificate of an authority of its own, and puts it where the server looks. Gives the authority's. */
  async function install(name: string): Promise<Buffer> {
    const { authority, broker } = await makeCertificates(join(folder, name))
    await copyFile(broker.key, join(folder, 'key.pem'))
    await copyFile(broker.certificate, join(folder, 'certificate.pem'))
    return readFile(authority)
  }
  const tls = () => ({ certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') })

  const ask = (path: string, options: RequestOptions) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const sent = httpsRequest(
        { host: 'localhost', port: server.port, path, agent: false, ...options },
        answer => resolve(answer.resume()),
      )
      sent.on('error', reject).end(options.method === 'POST' ? JSON.stringify({ token: READ }) : '')
    })

  it('is served with the certificate that is given, and with the next one once that is there', async () => {
    const first = await install('first')
    await start({ tls: tls() })
    expect(server.url).toBe(`https://127.0.0.1:${server.port}`)
    const answer = await ask('/api/status', { ca: first })
    expect(answer.statusCode).toBe(200)
    // Other programs of this machine have ports of their own.
    expect(answer.headers['strict-transport-security']).toBeUndefined()
    const second = await install('second')
    const isNew = () => ask('/api/status', { ca: second }).then(a => a.statusCode, String)
    await expect.poll(isNew, { timeout: 20_000 }).toBe(200)
    await expect(ask('/api/status', { ca: first })).rejects.toThrow(/certificate/)
  })

  it('is not spoken as it was long ago, and nothing else is spoken', async () => {
    const ca = await install('only')
    await start({ tls: tls() })
    const old = { ca, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' } as const
    await expect(ask('/api/status', old)).rejects.toThrow()
    await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow()
  })

  it('keeps cookies to itself', async () => {
    const ca = await install('only')
    await start({ tls: tls(), tokens })
    const headers = { 'content-type': 'application/json' }
    const answer = await ask('/api/login', { ca, method: 'POST', headers })
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; Secure$/)
  })

  it('names the files that it cannot be offered with', async () => {
    await install('only')
    await writeFile(join(folder, 'key.pem'), 'no key')
    await expect(start({ tls: tls() })).rejects.toMatchObject({
      code: 'MR_OPTION_INVALID',
      message: expect.stringContaining(join(folder, 'key.pem')),
    })
    await expect(start({ tls: { ...tls(), certificate: join(folder, 'none') } })).rejects.toThrow(
      'no such file',
    )
  })
})
