// Real brokers, started, found again, killed, and refused.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { askForTopics, findBroker, startBroker, testBroker } from '../../src/index.ts'
import { isBrokerReady } from '../../src/broker/ask-broker.ts'
import { freePorts, isPortFree } from '../../src/broker/free-ports.ts'

const available = await testBroker({ isOwn: true })
if ('problem' in available) console.warn(`SKIPPED: the tests of brokers. ${available.problem}`)

const root = mkdtempSync(join(tmpdir(), 'millrace-brokers-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const folders: string[] = []
const newFolder = (): string => {
  const folder = join(root, `broker-${folders.length}`)
  folders.push(folder)
  return folder
}

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const folder of folders) await (await findBroker(folder).catch(() => undefined))?.kill()
})

describe.skipIf('problem' in available)('a broker of our own', () => {
  it('is one for all who start it in the same folder at once', async () => {
    const folder = newFolder()
    const brokers = await Promise.all([1, 2, 3].map(() => startBroker({ folder })))
    expect(new Set(brokers.map(({ pid }) => pid)).size).toBe(1)
    expect(await isBrokerReady(brokers[0]!.bootstrap)).toBe(true)
  })

  it('keeps ports and data over a kill, and begins anew where it should be fresh', async () => {
    const folder = newFolder()
    const first = await startBroker({ folder })
    await first.kill()
    expect(await first.isAlive()).toBe(false)
    expect(await findBroker(folder)).toBeUndefined()
    const data = join(folder, 'data')
    writeFileSync(join(data, 'mark'), '')
    const second = await startBroker({ folder })
    expect(second.bootstrap).toBe(first.bootstrap)
    expect(readdirSync(data)).toContain('mark')
    const third = await startBroker({ folder, isFresh: true })
    expect(await second.isAlive()).toBe(false)
    expect(third.bootstrap).toBe(first.bootstrap)
    expect(readdirSync(data)).not.toContain('mark')
  })

  it('makes topics that it is asked for, where it is told to', async () => {
    const folder = newFolder()
    const settings = { 'auto.create.topics.enable': 'true' }
    const { bootstrap } = await startBroker({ folder, settings })
    expect(await askForTopics(bootstrap, ['orders'])).toBe(true)
    expect(await askForTopics(bootstrap, ['orders', 'replies'])).toBe(true)
    const topics = () => readdirSync(join(folder, 'data')).filter(name => /-0$/.test(name))
    await expect.poll(topics).toEqual(expect.arrayContaining(['orders-0', 'replies-0']))
  })

  it('stops in order, and lets go of its port', async () => {
    const folder = newFolder()
    const [port] = (await freePorts(1)) as [number]
    const broker = await startBroker({ folder, port })
    expect(broker.bootstrap).toBe(`127.0.0.1:${port}`)
    expect(await isPortFree(port)).toBe(false)
    await broker.stop()
    await broker.stop()
    expect(await isPortFree(port)).toBe(true)
  })

  it('ends after its owner has ended, however that was', async () => {
    const owner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const broker = await startBroker({ folder: newFolder(), ownerPid: owner.pid! })
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    await expect.poll(() => broker.isAlive(), { timeout: 15_000 }).toBe(false)
  })

  it('says why it does not come up, with the end of its log', async () => {
    const settings = { 'log.dirs': '/proc/nowhere' }
    await expect(startBroker({ folder: newFolder(), settings })).rejects.toThrow(
      /Kafka could not format its storage:.*\/proc\/nowhere/s,
    )
    await expect(
      startBroker({ folder: newFolder(), settings: { 'num.io.threads': '-1' } }),
    ).rejects.toThrow(/num\.io\.threads/)
  })

  it('refuses a port in use, and a folder of something else', async () => {
    const [host, port] = 'problem' in available ? [] : available.bootstrap.split(':')
    expect(host).toBe('127.0.0.1')
    await expect(startBroker({ folder: newFolder(), port: Number(port) })).rejects.toThrow(
      `port ${port} of 127.0.0.1 is in use by another program`,
    )
    writeFileSync(join(root, 'letter.txt'), 'dear')
    await expect(startBroker({ folder: root, isFresh: true })).rejects.toThrow(
      `${root} holds something else than a broker's data`,
    )
  })

  it('comes from jars, fetched now, where containers are offered and do not run', async () => {
    const programs = join(root, 'programs')
    mkdirSync(programs)
    const engine = '#!/bin/sh\n[ "$1" = run ] || exit 0\necho "no such network"\nexit 125\n'
    writeFileSync(join(programs, 'docker'), engine, { mode: 0o755 })
    vi.stubEnv('PATH', `${programs}:${process.env['PATH']}`)
    vi.stubEnv('XDG_CACHE_HOME', join(root, 'cache'))
    const container = startBroker({ folder: newFolder(), from: 'container' })
    await expect(container).rejects.toThrow(/no such network/)
    const broker = await startBroker({ folder: newFolder() })
    expect(await isBrokerReady(broker.bootstrap)).toBe(true)
    const [version] = readdirSync(join(root, 'cache', 'millrace', 'kafka'))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('does not take another process for the broker', async () => {
    const folder = newFolder()
    const broker = await startBroker({ folder })
    await broker.kill()
    const record = { pid: process.pid, ports: { plaintext: 1, controller: 2, proxied: [] } }
    writeFileSync(join(folder, 'broker.json'), JSON.stringify(record))
    expect(await findBroker(folder)).toBeUndefined()
  })
})

describe('without what a broker needs', () => {
  it('names what to install', async () => {
    vi.stubEnv('JAVA_HOME', '/nowhere')
    await expect(startBroker({ folder: newFolder(), from: 'jars' })).rejects.toThrow(
      /Java is missing: Kafka needs a JDK of version 17 or later \(Debian: apt-get install/,
    )
    vi.stubEnv('JAVA_HOME', '')
    vi.stubEnv('XDG_CACHE_HOME', join(root, 'empty-cache'))
    vi.stubEnv('PATH', join(root, 'no-programs'))
    await expect(startBroker({ folder: newFolder(), from: 'container' })).rejects.toThrow(
      /there is no docker|containers share our network on Linux only/,
    )
  })

  it('is a reason to skip tests, and a failure in CI', async () => {
    vi.stubEnv('MILLRACE_TEST_BROKER_FOLDER', newFolder())
    vi.stubEnv('JAVA_HOME', '/nowhere')
    vi.stubEnv('PATH', '')
    vi.stubEnv('CI', '')
    expect(await testBroker({ isOwn: true })).toEqual({
      problem: expect.stringMatching(/^Java is missing.*or name a broker by MILLRACE_KAFKA=/),
    })
    vi.stubEnv('CI', 'true')
    await expect(testBroker({ isOwn: true })).rejects.toThrow('Java is missing')
  })

  it('takes the broker that the environment names', async () => {
    vi.stubEnv('MILLRACE_KAFKA', 'broker.example:9092')
    expect(await testBroker()).toEqual({ bootstrap: 'broker.example:9092' })
  })
})
