// The API over real HTTP. The job is the steerable one of sample-job.ts.

import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type DeadLetter,
  type RunningServer,
  type StatusSample,
  startServer,
  type TableContents,
} from '../src/index.ts'
import { SampleJob } from './sample-job.ts'

let job: SampleJob
let server: RunningServer
beforeEach(async () => {
  job = new SampleJob()
  server = await startServer(job, { port: 0 })
})
afterEach(() => server.close())

const get = (path: string) => fetch(server.url + path)
const json = async <T>(path: string) => (await (await get(path)).json()) as T

/** Sends headers that fetch would not: returns the status code and body. */
function rawGet(path: string, headers: Record<string, string>) {
  return new Promise<{ code: number | undefined; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: server.port, path, headers }, response => {
        let body = ''
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString()
        })
        response.on('end', () =>
          resolve({ code: response.statusCode, headers: response.headers, body }),
        )
      })
      sent.on('error', reject)
      sent.end()
    },
  )
}

describe('the API', () => {
  it('gives the status with the name of the job', async () => {
    expect(await json('/api/status')).toEqual({
      name: 'flights',
      ...JSON.parse(JSON.stringify(job.status())),
    })
  })

  it('gives the plan', async () => {
    expect(await json('/api/plan')).toEqual(job.plan())
  })

  it('lists tables and gives as many rows as asked for', async () => {
    expect(await json('/api/tables')).toEqual({
      tables: ['delays_15m', 'worst_routes', 'alerts', 'routes'],
    })
    const table = await json<TableContents>('/api/tables/delays_15m?limit=2')
    expect(table.rows).toHaveLength(2)
    expect(table.columns[0]).toEqual({ name: 'origin', type: 'STRING' })
    expect(table.rowCount).toBe(24)
  })

  it('keeps integers beyond 2^53 exact', async () => {
    const { rows } = await json<TableContents>('/api/tables/delays_15m')
    expect(rows[1]?.[4]).toBe('9007199254740993')
  })

  it('names the tables there are when there is none of the name', async () => {
    const response = await get('/api/tables/__proto__')
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({
      error: 'There is no table "__proto__". Tables: delays_15m, worst_routes, alerts, routes.',
    })
  })

  it.each(['limit=0', 'limit=1001', 'limit=x', 'offset=-1'])('refuses %s', async query => {
    const response = await get(`/api/dead-letters?${query}`)
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(/querystring\/(limit|offset) must be/)
  })

  it('gives dead letters by pages, and how many there are', async () => {
    const { total, deadLetters } = await json<{
      total: number
      deadLetters: DeadLetter[]
    }>('/api/dead-letters?limit=1&offset=1')
    expect(total).toBe(3)
    expect(deadLetters.map(d => d.id)).toEqual(['2'])
  })

  it('is healthy until the job has failed', async () => {
    expect((await get('/healthz')).status).toBe(200)
    job.state = 'failed'
    expect((await get('/healthz')).status).toBe(503)
  })

  it('remembers the figures of the last minutes', async () => {
    const { samples } = await json<{ samples: StatusSample[] }>('/api/history')
    expect(samples[0]).toMatchObject({ eventsPerSecond: job.status().eventsPerSecond })
  })

  it('writes metrics as Prometheus reads them', async () => {
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(await response.text()).toBe(
      [
        '# HELP millrace_source_records_total Records read from a source.',
        '# TYPE millrace_source_records_total counter',
        'millrace_source_records_total{source="departures \\"a\\"\\n\\\\"} 1204332',
        '# HELP millrace_watermark_lag_seconds How far the watermark\\nis behind.',
        '# TYPE millrace_watermark_lag_seconds gauge',
        'millrace_watermark_lag_seconds +Inf',
        '',
      ].join('\n'),
    )
  })
})

describe('live events', () => {
  it('sends the status at once, then its changes, then a sample every second', async () => {
    const stop = new AbortController()
    const response = await fetch(`${server.url}/api/events`, { signal: stop.signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const readUntil = async (pattern: RegExp) => {
      while (!pattern.test(text)) text += (await reader?.read())?.value ?? ''
    }
    await readUntil(/event: status\ndata: .*"epoch":5120,.*\n\n/)
    for (let i = 0; i < 5; i++) job.advance()
    await readUntil(/event: status\ndata: .*"epoch":5125,.*\n\n/)
    // Five changes at once were one message.
    expect(text.match(/event: status/g)?.length).toBeLessThanOrEqual(3)
    await readUntil(/event: sample\ndata: .*"eventsPerSecond":/)
    stop.abort()
  })

  it('lets go of the job when it is closed', async () => {
    expect(job.listenerCount).toBe(1)
    await server.close()
    expect(job.listenerCount).toBe(0)
  })
})

describe('who may ask', () => {
  it('refuses a foreign host name, against DNS rebinding', async () => {
    const { code } = await rawGet('/api/status', { host: `evil.example:${server.port}` })
    expect(code).toBe(421)
  })

  it.each(['/api/status', '/api/events', '/metrics', '/'])(
    'refuses a foreign origin at %s',
    async path => {
      const host = `127.0.0.1:${server.port}`
      const { code } = await rawGet(path, { host, origin: 'http://evil.example' })
      expect(code).toBe(403)
    },
  )

  it('answers its own origin', async () => {
    const host = `localhost:${server.port}`
    expect((await rawGet('/api/status', { host, origin: `http://${host}` })).code).toBe(200)
  })

  it.each(['/', '/api/status', '/api/events', '/nothing'])(
    'forbids loading from elsewhere, framing and sniffing at %s',
    async path => {
      const response = await get(path)
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      await response.body?.cancel()
    },
  )

  it('does not serve files outside of the page', async () => {
    for (const path of ['/../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2fserver.js']) {
      const { code, body } = await rawGet(path, { host: `localhost:${server.port}` })
      expect(code).toBeGreaterThanOrEqual(400)
      expect(body).not.toContain('@millrace')
    }
  })
})

it('says that the port is in use, and what to do', async () => {
  await expect(startServer(job, { port: server.port })).rejects.toMatchObject({
    code: 'MR_SERVER_PORT_IN_USE',
    message: `Port ${server.port} of 127.0.0.1 is in use.`,
    remedy: expect.stringContaining('choose another port'),
  })
})
