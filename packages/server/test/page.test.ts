// The page in a real Chromium, against a real server. Needs Debian's chromium and the built page.

import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../src/index.ts'
import { buildPage } from './built-page.ts'
import { SampleJob } from './sample-job.ts'

const CHROMIUM = '/usr/bin/chromium'
const isMissing = !existsSync(CHROMIUM)
if (isMissing) {
  const message = `${CHROMIUM} is missing: apt-get install -y chromium`
  if (process.env['CI'] === 'true') throw new Error(message)
  console.warn(`SKIPPED: the tests of the page. ${message}`)
}

// No look-ups of its own: the page must work without any network.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

describe.skipIf(isMissing)('the page', () => {
  let browser: Browser
  let page: Page
  let job: SampleJob
  let server: RunningServer
  let problems: string[]
  let requested: string[]

  beforeAll(async () => {
    await buildPage()
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
  }, 60_000)
  afterAll(() => browser?.close())

  beforeEach(async () => {
    job = new SampleJob()
    server = await startServer(job, { port: 0 })
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    problems = []
    requested = []
    page.on('pageerror', error => problems.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('request', request => requested.push(request.url()))
    await page.goto(server.url)
    await page.waitForSelector('.connection-live')
  })
  afterEach(async () => {
    await page.close()
    await server.close()
  })

  const open = async (view: string) => {
    await page.getByRole('navigation').getByRole('link', { name: view }).click()
    await page.getByRole('main', { name: view }).waitFor()
    await page.waitForSelector('main .panel')
  }
  const VIEWS = {
    Overview: ['Pipeline'],
    Board: ['Airports', 'Routes', 'Worst routes', 'Alerts', 'Delays'],
    'Sources and sinks': ['Sources', 'Splits', 'Sinks'],
    Epochs: ['Duration', 'Size', 'Last epochs'],
    Tables: ['Tables'],
    'Dead letters': ['Dead letters'],
    Configuration: ['Program'],
  }

  it('shows the job, its figures and its operators, loading from its own server alone', async () => {
    await expect.poll(() => page.title()).toBe('flights · Millrace')
    await expect.poll(() => page.locator('.node').count()).toBe(13)
    expect(await page.locator('.node', { hasText: 'delays per 15 min' }).textContent()).toMatch(
      /MiB.*2013-01-01 10:00:00.*7 late/,
    )
    expect(await page.locator('.figure', { hasText: 'Events/s' }).textContent()).toBe(
      'Events/s84.0k',
    )
    expect(await page.locator('.chart canvas').count()).toBe(4)
    await open('Tables')
    await expect.poll(() => page.locator('#table-panel tbody tr').count()).toBe(24)
    await expect.poll(() => page.title()).toBe('Tables · flights · Millrace')
    expect(requested.every(url => url.startsWith(server.url))).toBe(true)
    expect(problems).toEqual([])
  })

  it('shows how far sources and their splits are behind, and what open transactions hold back', async () => {
    const region = (name: string) => page.getByRole('region', { name, exact: true })
    await open('Sources and sinks')
    const cellsOf = async (row: string) =>
      (
        await region('Splits').locator('tr', { hasText: row }).locator('td').allTextContents()
      ).slice(1)
    await expect
      .poll(() => cellsOf('arrivals-1'))
      .toEqual(['8,000', '9,500', '1,500', '93.0 s', '412', '45.0 s'])
    expect(await cellsOf('arrivals-0')).toEqual(['7,777', '7,777', '0', '0 ms', '0', '–'])
    const arrivals = region('Sources').locator('tr', { hasText: 'arrivals' }).locator('td')
    expect((await arrivals.allTextContents()).slice(-3, -1)).toEqual(['1,500', '93.0 s'])
  })

  it('tells all about an operator: its plan, its figures, its code', async () => {
    await page.getByRole('link', { name: 'delays per 15 min, window' }).press('Enter')
    const panel = page.getByRole('complementary', { name: 'Operator delays per 15 min' })
    await panel.getByText('TUMBLE(at, 15 min); origin').waitFor()
    expect(await panel.locator('dl > div', { hasText: 'late' }).textContent()).toBe('late7')
    await expect
      .poll(() => panel.locator('pre').textContent())
      .toBe(`function add_0(row) { /* ${job.hostileText} */ }`)
    expect(page.url()).toContain('#/overview/delays')
    await page.reload()
    await panel.waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => panel.count()).toBe(0)
    expect(problems).toEqual([])
    await page.goto(`${server.url}/#/overview/dep`)
    await page.getByText('There is no code of an operator "dep" in this process.').waitFor()
  })

  it('shows how the job is set up', async () => {
    await open('Configuration')
    const program = page.getByRole('region', { name: 'Program' })
    await expect.poll(() => program.locator('td').allTextContents()).toEqual(['mode', 'streaming'])
    expect(await page.locator('.is-code').last().textContent()).toBe(job.hostileText)
    expect(problems).toEqual([])
  })

  it('lists the last epochs with their parts and sizes', async () => {
    await open('Epochs')
    const first = page.getByRole('region', { name: 'Last epochs' }).locator('tbody tr').first()
    await expect
      .poll(async () => (await first.locator('td').allTextContents()).filter((_, i) => i !== 1))
      .toEqual(['5,120', '12 ms', '1 ms', '2 ms', '6 ms', '3 ms', '4.0 KiB', '900 B'])
    await page.getByText('Median 15 ms, 99 of 100 within 18 ms, at most 18 ms.').waitFor()
    expect(problems).toEqual([])
  })

  it('asks for a token where one is needed, and lets go of it', async () => {
    await server.close()
    const read = 'read-0123456789abcdef'
    server = await startServer(job, { port: 0, tokens: { read } })
    await page.goto(server.url)
    await page.getByLabel('Token').fill('a guess of some length')
    await page.getByRole('button', { name: 'Sign in' }).press('Enter')
    await page.getByText('This token is not known.').waitFor()
    expect(await page.content()).not.toContain('flights')
    await page.getByLabel('Token').fill(read)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForSelector('.connection-live')
    await page.getByText('Signed in to read.').waitFor()
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token').waitFor()
  })

  it('shows the board that the program brings', async () => {
    await open('Board')
    const tile = (name: string) => page.getByRole('region', { name, exact: true })
    const cards = tile('Airports').locator('.card')
    await expect.poll(() => cards.count()).toBe(1)
    expect(await cards.first().locator('h3').textContent()).toBe('EWR')
    const ranked = tile('Worst routes').locator('li')
    await expect
      .poll(() => ranked.locator('.ranking-label').allTextContents())
      .toEqual(['JFK → ORD', 'JFK → MIA', 'JFK → LAX'])
    expect(await ranked.first().getAttribute('class')).toBe('tone-bad')
    // A way to where nobody knows is not drawn.
    await expect.poll(() => tile('Routes').locator('.way').count()).toBe(5)
    expect(await tile('Routes').locator('.mark-label').allTextContents()).toContain('HNL')
    expect(await tile('Alerts').locator('.feed-label').textContent()).toContain(job.hostileText)
    expect(await page.locator('.board-head').textContent()).toContain('Departures')
    expect(await page.locator('main img').count()).toBe(0)
    expect(problems).toEqual([])
  })

  it('tells what keeps the job from going on, for as long as it does', async () => {
    job.troubles = ['flights stands still: nothing was processed for 30 s.']
    job.advance()
    const alert = page.getByRole('alert')
    await expect.poll(() => alert.allTextContents()).toEqual(job.troubles)
    job.troubles = []
    job.advance()
    await expect.poll(() => alert.count()).toBe(0)
  })

  it.each(Object.keys(VIEWS))('follows the job in %s, and nothing moves', async view => {
    await open(view)
    await page.waitForSelector('main td, main .node, main .card', { state: 'attached' })
    const placeOf = () =>
      page.evaluate(`[...document.querySelectorAll('.views a, .panel, .chart, .figure, .node')]
        .map(e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height].map(Math.round) })`)
    const before = await placeOf()
    for (let i = 0; i < 40; i++) job.advance()
    const epoch = page.locator('.figure', { hasText: 'Epoch' })
    await expect.poll(() => epoch.textContent()).toBe('Epoch5,160')
    expect(await placeOf()).toEqual(before)
  })

  it('shows data as text, whatever it says', async () => {
    await open('Tables')
    await page.getByRole('tab', { name: 'alerts' }).click()
    await expect
      .poll(() => page.locator('#table-panel tbody td').nth(1).textContent())
      .toBe(job.hostileText)
    await open('Dead letters')
    await expect.poll(() => page.locator('.is-code').first().textContent()).toBe(job.hostileText)
    expect(await page.locator('img').count()).toBe(0)
    expect(problems).toEqual([])
  })

  it('says that figures are old when the server is gone, and goes on when it is back', async () => {
    await server.close()
    const connection = page.locator('.connection')
    await expect.poll(() => connection.textContent()).toMatch(/not connected: figures are of/)
    expect(await page.locator('main.is-stale').count()).toBe(1)
    job.advance()
    server = await startServer(job, { port: server.port })
    await expect.poll(() => connection.textContent(), { timeout: 10_000 }).toBe('live')
    const epoch = page.locator('.figure', { hasText: 'Epoch' })
    await expect.poll(() => epoch.textContent()).toBe('Epoch5,121')
  })

  it('names its parts and is reached by keyboard', async () => {
    for (const [view, regions] of Object.entries(VIEWS)) {
      await open(view)
      for (const name of regions)
        await page.getByRole('region', { name, exact: true }).first().waitFor()
    }
    await page.getByRole('link', { name: 'Sources and sinks' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const focused = () => page.evaluate("document.activeElement?.getAttribute('aria-label')")
    await expect.poll(focused).toBe('Tables')
    await page.waitForSelector('[role=tab]')
    await page.getByRole('tab', { name: 'delays_15m' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const chosen = page.getByRole('tab', { name: 'worst_routes' })
    await expect.poll(() => chosen.getAttribute('aria-selected')).toBe('true')
  })

  it('opens at the view that its address names, and goes back', async () => {
    await page.goto(`${server.url}/#/dead-letters`)
    await page.reload()
    await page.getByRole('main', { name: 'Dead letters' }).waitFor()
    await open('Tables')
    await page.goBack()
    await page.getByRole('main', { name: 'Dead letters' }).waitFor()
    await page.goto(`${server.url}/#/no-such-view`)
    await page.getByRole('main', { name: 'Overview' }).waitFor()
    expect(problems).toEqual([])
  })

  it('has a light and a dark dress, both with readable text', async () => {
    const contrast = () =>
      page.evaluate(`(() => {
        const light = colour => {
          const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => {
            const c = v / 255
            return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
          })
          return 0.2126 * r + 0.7152 * g + 0.0722 * b
        }
        const panel = light(getComputedStyle(document.querySelector('.panel')).backgroundColor)
        return [...document.querySelectorAll('.panel h2, .figure dd, .figure dt, .panel td')].map(e => {
          const text = light(getComputedStyle(e).color)
          return (Math.max(text, panel) + 0.05) / (Math.min(text, panel) + 0.05)
        }).sort((a, b) => a - b)[0]
      })()`) as Promise<number>
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForSelector('.panel td', { state: 'attached' })
      expect(await contrast()).toBeGreaterThan(4.5)
    }
  })

  it('fits a narrow window without scrolling sideways', async () => {
    await page.setViewportSize({ width: 400, height: 800 })
    await page.waitForSelector('.node')
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect(overflow).toBe(0)
  })
})
