import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type FakeServer, startFakeServer } from './fake-server.fixture.ts'

export const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface PanelStage {
  /** The server of the page that was opened last. */
  readonly server: FakeServer
  /** What browsers complained about in this test, the content security policy above all; a test that ends with any fails. */
  readonly complaints: string[]
  /**
   * Opens a page of the panel in a browser that keeps nothing of what was opened before; `prepare` says what its server
   * answers. The page that was opened last is gone then.
   */
  opens(at: string, prepare?: (server: FakeServer) => void, options?: BrowserContextOptions): Promise<Page>
  /** The bodies of what was asked so far. */
  asked(call: string): unknown[]
}

/** The panel as it is built, in a browser, before a server that answers what a test says. One for a file of tests. */
export function panelStage(usual: BrowserContextOptions = {}): PanelStage {
  let dist: string
  let browser: Browser
  let server: FakeServer
  const complaints: string[] = []
  // A page is used again, emptied: a new one compiles the whole panel anew, which costs more than most tests do.
  const pages = new Map<string, Page>()
  let shown: Page | undefined

  beforeAll(async () => {
    dist = await mkdtemp(path.join(tmpdir(), 'parley-panel-'))
    await build({
      configFile: path.join(import.meta.dirname, '../vite.config.ts'),
      logLevel: 'error',
      build: { outDir: dist, emptyOutDir: true },
    })
    browser = await chromium.launch({
      executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    })
    server = await startFakeServer(dist)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(dist, { recursive: true, force: true })
  })
  afterEach(async ({ task }) => {
    // Nobody knows in which state a page is that was given up.
    if (task.result?.state === 'fail') await closeAll()
    else await leave()
    const heard = complaints.splice(0)
    expect(heard).toEqual([])
  })

  async function closeAll() {
    pages.clear()
    shown = undefined
    for (const context of browser.contexts()) await context.close()
  }

  async function leave() {
    if (!shown) return
    const page = shown
    shown = undefined
    const context = page.context()
    const heard = complaints.length
    await page.evaluate(() => sessionStorage.clear())
    await page.goto('about:blank')
    // Answers that are cut off by leaving are nobody's.
    complaints.length = heard
    const cdp = await context.newCDPSession(page)
    await cdp.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'all' })
    await cdp.detach()
    await context.clearCookies()
    await context.clearPermissions()
    await context.setOffline(false)
    for (const other of context.pages()) if (other !== page) await other.close()
  }

  async function pageFor(options: BrowserContextOptions): Promise<Page> {
    const key = JSON.stringify(options)
    const known = pages.get(key)
    if (known) return known
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.on('console', (line) => {
      // A refused call is the browser's own line about a status code, and part of some stories.
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) complaints.push(line.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    pages.set(key, page)
    return page
  }

  return {
    get server() {
      return server
    },
    complaints,
    async opens(at, prepare, options = {}) {
      await leave()
      server.begin()
      prepare?.(server)
      shown = await pageFor({ locale: 'en', ...usual, ...options })
      await shown.goto(server.url + at)
      return shown
    },
    asked: (call) => server.asked.filter((one) => one.call === call).map(({ body }) => body),
  }
}
