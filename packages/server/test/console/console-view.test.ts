// The console's view in a real Chromium, over a real job.

import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunningServer } from '../../src/index.ts'
import { buildPage } from '../built-page.ts'
import { serve, startJob } from './console-harness.ts'

const CHROMIUM = '/usr/bin/chromium'
const isMissing = !existsSync(CHROMIUM)
if (isMissing) {
  const message = `${CHROMIUM} is missing: apt-get install -y chromium`
  if (process.env['CI'] === 'true') throw new Error(message)
  console.warn(`SKIPPED: the tests of the console. ${message}`)
}

const HOSTILE = '<img src=x onerror="document.title=1">'

const SCRIPT = `
  CREATE TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
    'fields.n.start' = '0', 'fields.n.end' = '1000000000', 'source.rate-limit' = '500');
  CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
    'fields.n.start' = '1', 'fields.n.end' = '1000');
  CREATE TABLE counts (k BIGINT, \`${HOSTILE}\` BIGINT, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' = 'live');
  INSERT INTO counts SELECT MOD(n, 3), COUNT(*) FROM ticks GROUP BY MOD(n, 3);`

describe.skipIf(isMissing)('the console', () => {
  let browser: Browser
  let page: Page
  let server: RunningServer
  let problems: string[]

  beforeAll(async () => {
    await buildPage()
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    })
  }, 60_000)
  afterAll(() => browser?.close())

  beforeEach(async () => {
    server = await serve(await startJob(SCRIPT))
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    problems = []
    page.on('pageerror', error => problems.push(error.message))
    page.on('console', message => {
      // A refused query is an answer, not a defect of the page.
      if (message.type() === 'error' && !/status of 400/.test(message.text()))
        problems.push(message.text())
    })
    await page.goto(`${server.url}/#/console`)
    await page.waitForSelector('.cm-content')
  })
  afterEach(async () => {
    await page.close()
    expect(problems).toEqual([])
  })

  const write = async (text: string) => {
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.keyboard.insertText(text)
  }
  const status = () => page.locator('.console-status').textContent()
  const bodyRows = () => page.locator('.results tbody tr:not(.spacer)')
  const inBatch = () => page.getByRole('radio', { name: 'batch' }).check()

  it('runs a text by the keyboard alone, and shows only the rows in sight of many', async () => {
    await inBatch()
    await write('SELECT n, n * n AS square FROM numbers')
    await page.keyboard.press('Control+Enter')
    await expect.poll(status, { timeout: 20_000 }).toMatch(/^Finished: 1,000 rows in/)
    const shown = await bodyRows().count()
    expect(shown).toBeGreaterThan(10)
    expect(shown).toBeLessThan(60)
    await page.evaluate(`document.querySelector('.results').scrollTo(0, 1e6)`)
    await expect.poll(() => bodyRows().last().textContent()).toBe('10001000000')
    expect(await page.locator('.results table').getAttribute('aria-rowcount')).toBe('1001')
  })

  it('leaves the editor by Tab', async () => {
    await page.locator('.cm-content').click()
    await page.keyboard.press('Tab')
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Run')
  })

  it('marks an error where it is, with what to do', async () => {
    await write('SELECT m FROM numbers')
    const mark = page.locator('.cm-lintRange-error')
    await expect.poll(() => mark.textContent(), { timeout: 15_000 }).toBe('m')
    await mark.hover()
    await expect
      .poll(() => page.locator('.cm-diagnostic').first().textContent())
      .toMatch(/Unknown column "m"/)
    await page.getByRole('button', { name: 'Run' }).click()
    await expect
      .poll(() => page.getByRole('alert').textContent())
      .toMatch(/^1:8 Unknown column "m"/)
    expect(await status()).toBe('Failed; 0 rows')
  })

  it('completes tables and columns', async () => {
    await write('SELECT * FROM ')
    await page.keyboard.type('num')
    const options = page.locator('.cm-tooltip-autocomplete li')
    await expect.poll(() => options.first().textContent(), { timeout: 15_000 }).toMatch(/^numbers/)
    await page.waitForTimeout(150)
    await page.keyboard.press('Enter')
    expect(await page.locator('.cm-content').textContent()).toBe('SELECT * FROM numbers')
  })

  it('follows a live table, shows its changes, and cancels', async () => {
    await write('SELECT MOD(n, 5) AS k, COUNT(*) AS c FROM ticks GROUP BY MOD(n, 5)')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => bodyRows().count(), { timeout: 20_000 }).toBe(5)
    const first = await bodyRows().first().textContent()
    await expect.poll(() => bodyRows().first().textContent()).not.toBe(first)
    await page.getByRole('tab', { name: 'Changes' }).click()
    await expect.poll(() => page.locator('td.op', { hasText: '-U' }).count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(status).toMatch(/^Cancelled; 5 rows/)
    await expect
      .poll(async () => (await page.request.get(`${server.url}/api/status`)).json())
      .toMatchObject({ state: 'running' })
  })

  it('draws a chart of two columns, as lines or bars', async () => {
    await inBatch()
    await write('SELECT n, n * n AS square FROM numbers WHERE n < 20')
    await page.keyboard.press('Control+Enter')
    await expect.poll(status, { timeout: 20_000 }).toMatch(/^Finished: 19 rows/)
    await page.getByRole('tab', { name: 'Chart' }).click()
    await expect
      .poll(() => page.getByRole('img', { name: 'square by n, 19 points' }).count())
      .toBe(1)
    await page.getByLabel('Chart as').selectOption('bar')
    await page.getByLabel('Column along y').selectOption({ label: 'n' })
    await expect
      .poll(() => page.getByRole('img', { name: /^n by/ }).locator('canvas').count())
      .toBe(1)
  })

  it('shows names from data as text, lists them, and puts them into the text', async () => {
    await inBatch()
    await page.locator('summary', { hasText: 'counts' }).click()
    await write('SELECT ')
    await page.getByRole('button', { name: HOSTILE }).click()
    await page.keyboard.insertText(', k FROM counts')
    await page.keyboard.press('Control+Enter')
    await expect.poll(status, { timeout: 20_000 }).toMatch(/^Finished: 3 rows/)
    expect(await page.locator('.results th').first().textContent()).toContain(HOSTILE)
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.title()).not.toBe('1')
  })

  it('gives results as CSV, and remembers texts over a reload', async () => {
    await inBatch()
    await write(`SELECT 'a "b", c' AS x, CAST(NULL AS INT) AS y`)
    await page.keyboard.press('Control+Enter')
    await expect.poll(status, { timeout: 20_000 }).toMatch(/^Finished: 1 row /)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download CSV' }).click()
    const stream = await (await download).createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe('x,y\r\n"a ""b"", c",\r\n')
    await page.reload()
    await page.waitForSelector('.cm-content')
    await expect.poll(() => page.locator('.cm-content').textContent()).toMatch(/^SELECT 'a "b"/)
  })
})
