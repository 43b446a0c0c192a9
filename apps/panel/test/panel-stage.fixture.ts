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
  /** Opens a page of the panel in a browser of its own; `prepare` says what its server answers. */
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
  })
  afterAll(async () => {
    await browser?.close()
    await rm(dist, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    await server?.close()
    const heard = complaints.splice(0)
    expect(heard).toEqual([])
  })

  return {
    get server() {
      return server
    },
    complaints,
    async opens(at, prepare, options = {}) {
      server = await startFakeServer(dist)
      prepare?.(server)
      const context = await browser.newContext({ locale: 'en', ...usual, ...options })
      const page = await context.newPage()
      page.on('console', (line) => {
        // A refused call is the browser's own line about a status code, and part of some stories.
        if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) complaints.push(line.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(server.url + at)
      return page
    },
    asked: (call) => server.asked.filter((one) => one.call === call).map(({ body }) => body),
  }
}
