import { once } from 'node:events'
import { createServer } from 'node:http'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 15_000

/** A page of somebody's with a strict policy of its own, and the few lines that a site writes. */
async function openPage(host: string) {
  let html = ''
  let policy = ''
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...(policy ? { 'content-security-policy': policy } : {}) })
    response.end(html)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    host: `${host}:${port}`,
    url: `http://${host}:${port}/`,
    shows(parley: string, script: string, attributes = '') {
      policy = `default-src 'none'; script-src 'nonce-abc' ${parley}; frame-src ${parley}; base-uri 'none'`
      html = `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1></main>
<script nonce="abc">window.parley=window.parley||function(){(parley.q=parley.q||[]).push(arguments)};window.heard=[];${script}</script>
<script async src="${parley}/parley.js" data-site="shop" ${attributes}></script></html>`
    },
    close: () => server.close(),
  }
}

const heardBy = (page: Page) => page.evaluate<unknown[]>('window.heard')
const run = (page: Page, code: string) => page.evaluate(code)

await describeWithPeers(['chromium'], 'the page around the window', () => {
  let stage: WindowStage
  let stranger: Awaited<ReturnType<typeof openPage>>
  let page: Awaited<ReturnType<typeof openPage>>

  beforeAll(async () => {
    page = await openPage('strict.localhost')
    stranger = await openPage('stranger.localhost')
    stage = await openWindowStage({ alsoOn: [page.host] })
  })
  afterAll(async () => {
    page?.close()
    stranger?.close()
    await stage?.close()
  })

  test('A1 commands given before the script is there are kept; events, language, context, shutdown and boot work, under a policy without unsafe-inline', async () => {
    const juniper = await stage.answerer('Juniper')
    const listen = ['ready', 'open', 'close', 'message', 'unread']
      .map((name) => `parley('on','${name}',(detail)=>heard.push(['${name}',detail]));`)
      .join('')
    page.shows(
      stage.parley.url,
      `${listen}parley('setLocale','de');parley('update',{cart:['tent'],total:129});parley('open')`,
    )
    const ana = new Visitor(await stage.browser.newPerson())
    await ana.goes(page.url)
    const box = ana.window.getByRole('textbox', { name: 'Nachricht schreiben …' })
    await box.waitFor({ timeout: patience })
    expect(await heardBy(ana.page)).toEqual(
      expect.arrayContaining([
        ['open', undefined],
        ['ready', undefined],
      ]),
    )
    await box.fill('Passt das Zelt in den Korb?')
    await box.press('Enter')
    const interaction = await juniper.answers('Passt das Zelt', 'Ja.')
    await ana.sees('Ja.')
    await expect
      .poll(() => heardBy(ana.page), { timeout: patience })
      .toEqual(expect.arrayContaining([['message', { from: 'Juniper' }]]))

    await run(ana.page, `parley('close');parley('update',{total:258})`)
    juniper.says(interaction, 'Zwei passen auch.')
    await expect
      .poll(() => heardBy(ana.page), { timeout: patience })
      .toEqual(
        expect.arrayContaining([
          ['close', undefined],
          ['unread', 1],
        ]),
      )

    await run(ana.page, `parley('setLocale','en')`)
    await run(ana.page, `parley('toggle')`)
    await ana.isOpen()
    await ana.sees('Zwei passen auch.')
    await run(ana.page, `parley('shutdown')`)
    expect(await ana.page.locator('iframe').count()).toBe(0)
    expect(await ana.launcher.count()).toBe(0)
    await run(ana.page, `parley('boot');parley('open')`)
    await ana.isOpen()
    await ana.sees('Zwei passen auch.')
    const { db } = stage.parley.server
    const [row] = await db.workers.selectFrom('conversation').select('metadata').execute()
    expect(row?.metadata).toMatchObject({ context: { total: '258', cart: '["tent"]' } })
    expect(ana.problems()).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })

  test('A1 a single-page application: a new route neither closes the window nor loses a word, and where one writes from is known', async () => {
    page.shows(stage.parley.url, '')
    const ana = new Visitor(await stage.browser.newPerson())
    await ana.goes(page.url)
    await ana.opensWindow()
    await ana.writes('half a sen')
    await run(ana.page, `history.pushState({}, '', '/tents?colour=blue#top'); document.title = 'Tents'`)
    await ana.isOpen()
    expect(await ana.draft()).toBe('half a sen')
    await ana.page.waitForTimeout(200)
    await ana.says('From the tents')
    await ana.window.getByText('Sent').waitFor({ timeout: patience })
    expect(await pageOf('From the tents')).toEqual(`${page.url}tents?colour=blue`)
    expect(ana.problems()).toEqual([])
    await ana.leaves()
  })

  test('A1 A20 who asks not to be tracked is asked no further than which site this is', async () => {
    page.shows(stage.parley.url, '')
    const ana = new Visitor(await stage.browser.newPerson())
    await ana.page.addInitScript(`Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1' })`)
    await ana.goes(`${page.url}private/illness`)
    await ana.opensWindow()
    await ana.says('Do you know who I am?')
    await ana.window.getByText('Sent').waitFor({ timeout: patience })
    expect(await pageOf('Do you know who I am?')).toBe(page.url.slice(0, -1))
    await ana.leaves()
  })

  test('A1 A20 before the window is opened nothing is stored and nothing but the one script is asked for', async () => {
    page.shows(stage.parley.url, '')
    const ana = new Visitor(await stage.browser.newPerson())
    const asked: string[] = []
    ana.page.on('request', (request) => {
      if (request.url().startsWith(stage.parley.url)) asked.push(request.url())
    })
    await ana.goes(page.url)
    await ana.launcher.waitFor()
    await ana.page.waitForTimeout(1_500)
    expect(asked).toEqual([`${stage.parley.url}/parley.js`])
    const state = await ana.person.context.storageState({ indexedDB: true })
    expect(state).toEqual({ cookies: [], origins: [] })
    await ana.opensWindow()
    expect(asked.length).toBeGreaterThan(3)
    expect(ana.problems()).toEqual([])
    await ana.leaves()
  })

  test('A20 a page that is none of the site’s own shows no window', async () => {
    stranger.shows(stage.parley.url, `parley('open')`)
    const person = await stage.browser.newPerson()
    await person.page.goto(stranger.url)
    await expect
      .poll(() => person.problems().map(({ text }) => text), { timeout: patience })
      .toEqual(expect.arrayContaining([expect.stringContaining('frame-ancestors')]))
    expect(await person.page.frameLocator('iframe').getByRole('textbox').count()).toBe(0)
    await person.close()
  })

  async function pageOf(text: string): Promise<unknown> {
    const row = await stage.parley.server.db.workers
      .selectFrom('message')
      .innerJoin('conversation', 'conversation.conversation_id', 'message.conversation_id')
      .select('conversation.metadata')
      .where('message.body', '=', text)
      .executeTakeFirstOrThrow()
    const { page: told } = row.metadata as { page?: { url: string } }
    return told?.url
  }
})
