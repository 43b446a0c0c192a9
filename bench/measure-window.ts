import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { openBrowser } from '@parley/dev-env'
import { benchPort } from './bench-port.ts'
import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import { median } from './figures.ts'
import { type LongestTask, longestTaskOf } from './longest-task.ts'
import type { ParleyFacts, ParleyGiven } from './serve-parley.ts'

export interface WindowFigures {
  /** Bytes, gzip: of the loader, and of all that an English window fetches until it can be written in. */
  readonly loader: number
  readonly window: number
  /** Of the host page's thread in each visit. */
  readonly longestTasks: LongestTask[]
  /** From the page's request until the window can be written in. */
  readonly readyMs: number
}

const visits = 5

/** What a window weighs, and what it does to the page that it stands on. */
export async function measureWindow(database: BenchDatabase): Promise<WindowFigures> {
  const dist = path.join(import.meta.dirname, '../apps/widget/dist')
  const given: ParleyGiven = { connectionString: database.connectionString, pairs: 0, tellsSeen: false, smtpPort: 9 }
  const server = new Child('serve-parley.ts', given)
  const { url, site } = await server.answer<ParleyFacts>()
  const shop = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><h1>A shop</h1><script async src="${url}/parley.js" data-site="${site}"></script></html>`,
    )
  })
  await new Promise<void>((resolve) => shop.listen(benchPort, '127.0.0.1', resolve))
  const browser = await openBrowser()
  const longestTasks: LongestTask[] = []
  const ready: number[] = []
  const fetched = new Set<string>()
  try {
    for (let visit = 0; visit < visits; visit++) {
      const person = await browser.newPerson()
      person.page.on('response', (response) => {
        const { pathname } = new URL(response.url())
        if (pathname.startsWith('/window/assets/')) fetched.add(pathname)
        if (response.request().isNavigationRequest() && pathname !== '/') fetched.add('/window/index.html')
      })
      const address = `http://shop.localhost:${benchPort}/`
      const longest = await longestTaskOf(person.page, address, async () => {
        const began = performance.now()
        await person.page.goto(address)
        await person.page.getByRole('button').first().click()
        await person.page.frameLocator('iframe').getByRole('textbox').first().waitFor()
        ready.push(performance.now() - began)
        await person.page.waitForTimeout(500)
      })
      longestTasks.push(longest)
      await person.close()
    }
  } finally {
    await browser.close()
    shop.close()
    shop.closeAllConnections()
    await server.stop()
  }
  return {
    loader: gzipped(path.join(dist, 'parley.js')),
    window: [...fetched].reduce((sum, file) => sum + gzipped(path.join(dist, file)), 0),
    longestTasks,
    readyMs: median(ready),
  }
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length
}
