import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFindings } from './axe-findings.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { describeWithPeers } from './with-peers.ts'

const PAGES: Record<string, { body: string; csp?: string; cookies?: string[] }> = {
  '/good': { body: '<main><h1>A shop</h1><p>Welcome.</p></main>' },
  '/bad': {
    csp: "default-src 'self'; img-src data:; script-src 'nonce-x'",
    body: `<main><h1>A shop</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script nonce="x">
      console.error('planted error')
      const inline = document.createElement('script'); inline.textContent = 'void 0'; document.body.append(inline)
      fetch('/dropped').catch(() => {})
      setTimeout(() => { throw new Error('planted exception') })
    </script></main>`,
  },
  '/frame': {
    cookies: ['third=yes; SameSite=None; Secure', 'apart=yes; SameSite=None; Secure; Partitioned; Max-Age=900'],
    body: `<main><h1>Inside</h1></main><script>
      document.title = localStorage.getItem('visits') ?? 'none'
      localStorage.setItem('visits', 'some')
      document.body.dataset.cookie = document.cookie
    </script>`,
  },
  '/quiet': { body: '<script>document.body.dataset.cookie = document.cookie</script>' },
  '/host': { body: '<iframe title="window" src="//window.localhost:PORT/frame"></iframe>' },
  '/quiet-host': { body: '<iframe title="window" src="//window.localhost:PORT/quiet"></iframe>' },
}

await describeWithPeers(['chromium'], 'A browser for tests', () => {
  let server: Server
  let port: number
  let open: TestBrowser

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/dropped') return void request.socket.destroy()
      const page = PAGES[request.url ?? '']
      response.statusCode = page || request.url === '/favicon.ico' ? 200 : 404
      response.setHeader('content-type', 'text/html; charset=utf-8')
      if (page?.csp) response.setHeader('content-security-policy', page.csp)
      if (page?.cookies) response.setHeader('set-cookie', page.cookies)
      response.end(
        page &&
          `<!doctype html><html lang="en"><head><title>t</title></head><body>${page.body.replace('PORT', `${port}`)}</body></html>`,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    const address = server.address()
    port = address && typeof address === 'object' ? address.port : 0
    open = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await open?.close()
    server?.closeAllConnections()
    server?.close()
  })

  test('an error, an exception, a breach of the content policy and a failed request on a page are each seen', async () => {
    const ana = await open.newPerson()
    await ana.page.goto(`http://shop.localhost:${port}/good`)
    expect(ana.problems()).toEqual([])
    await ana.page.goto(`http://shop.localhost:${port}/bad`)
    await expect
      .poll(() => new Set(ana.problems().map(({ kind }) => kind)))
      .toEqual(new Set(['console-error', 'uncaught', 'csp', 'request-failed']))
    const said = ana.problems().map(({ text }) => text)
    expect(said.some((text) => text.includes('planted error'))).toBe(true)
    expect(said.some((text) => text.includes('planted exception'))).toBe(true)
    await ana.close()
  })

  test('axe finds a planted fault under a strict policy, and nothing on a good page', async () => {
    const ana = await open.newPerson()
    await ana.page.goto(`http://shop.localhost:${port}/good`)
    expect(await axeFindings(ana.page)).toEqual([])
    await ana.page.goto(`http://shop.localhost:${port}/bad`)
    expect(await axeFindings(ana.page)).toEqual([expect.stringMatching(/^critical image-alt: .* at img in http/)])
    expect(await axeFindings(ana.page, { withoutRules: ['image-alt'] })).toEqual([])
    await ana.close()
  })

  test('two people share nothing, and one who restarts the browser finds what was stored', async () => {
    const ana = await open.newPerson()
    const bo = await open.newPerson()
    const visits = `http://window.localhost:${port}/frame`
    await ana.page.goto(visits)
    await bo.page.goto(visits)
    expect(await bo.page.title()).toBe('none')
    const page = await ana.restarts()
    await page.goto(visits)
    expect(await page.title()).toBe('some')
    await Promise.all([ana.close(), bo.close()])
  })

  test.each([
    ['as its users have it, keeps storage of an embedded page apart for each site', {}, 'none'],
    [
      'with that turned off as Playwright does, lets it follow from site to site',
      { thirdPartyPartitioning: false },
      'some',
    ],
  ])('Chromium, %s', async (_, options, storageAtTheSecondSite) => {
    await using browser = await openBrowser(options)
    const ana = await browser.newPerson()
    expect(await storageInFrame('shop')).toBe('none')
    expect(await storageInFrame('shop')).toBe('some')
    expect(await storageInFrame('garden')).toBe(storageAtTheSecondSite)

    async function storageInFrame(site: string): Promise<string> {
      await ana.page.goto(`http://${site}.localhost:${port}/host`)
      const frame = ana.page.frames().find((one) => one.url().endsWith('/frame'))
      return (await frame?.title()) ?? 'no frame'
    }
  })

  test.each([
    ['lets', {}, ['third=yes', 'apart=yes']],
    ['does not let', { blockThirdPartyCookies: true }, ['apart=yes']],
  ])(
    'Chromium %s an embedded page of another site keep a cookie that is not partitioned, and keeps a partitioned one over a restart',
    async (_, options, expected) => {
      await using browser = await openBrowser(options)
      const ana = await browser.newPerson()
      await ana.page.goto(`http://shop.localhost:${port}/host`)
      expect(await cookiesInFrame()).toEqual(expected)
      await ana.restarts()
      await ana.page.goto(`http://shop.localhost:${port}/host`)
      expect(await cookiesInFrame()).toEqual(expected)

      async function cookiesInFrame() {
        const frame = ana.page.frames().find((one) => one.url().endsWith('/frame'))
        return (await frame?.locator('body').getAttribute('data-cookie'))?.split('; ')
      }
    },
  )
})
