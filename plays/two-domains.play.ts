import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { Clock } from '@parley/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 15_000

const browsers = [
  ['where storage is partitioned', {}],
  // Chromium goes on keeping partitioned cookies then.
  ['where cookies of other sites are blocked', { blockThirdPartyCookies: true }],
  ['where the browser keeps nothing for the window', { keepsNothingFor: ['localhost'] }],
] as const

for (const [where, browser] of browsers) {
  await describeWithPeers(['chromium'], `two domains, one conversation, ${where}`, () => {
    let stage: WindowStage
    let aheadMs = 0
    const clock: Clock = { now: () => new Date(Date.now() + aheadMs) }

    beforeAll(async () => {
      stage = await openWindowStage({
        sites: [{ key: 'shop' }, { key: 'garden' }],
        browser,
        clock,
      })
      stage.shops.shop?.links(stage.shops.garden?.url ?? '', 'Our garden')
      stage.shops.garden?.links(stage.shops.shop?.url ?? '', 'Our shop')
    })
    afterAll(() => stage?.close())

    const garden = () => stage.shops.garden?.url ?? ''

    async function asks(text: string): Promise<Visitor> {
      const visitor = await stage.visitor()
      await visitor.says(text)
      return visitor
    }

    /** A key as the window gets it at a click, without following the link. */
    async function keyFor(visitor: Visitor): Promise<string> {
      // An answer without content leaves the visitor on the page where they are.
      await visitor.page.route(`${garden()}**`, (route) => route.fulfill({ status: 204 }), { times: 1 })
      const answered = visitor.page.waitForResponse((response) => response.url().endsWith('/api/visitor/hand-over'))
      const left = visitor.page.waitForRequest((request) => request.url().startsWith(garden()))
      const [response] = await Promise.all([
        answered,
        left,
        visitor.page.getByRole('link', { name: 'Our garden' }).click(),
      ])
      const { key } = await response.json()
      return key
    }

    test(`A3 by itself the conversation does not follow to the second domain, ${where}`, async () => {
      const ana = await asks('Do the roses like shade?')
      await ana.goes(garden())
      await ana.opensWindow()
      await ana.hasNothingBefore()
      await ana.goes(stage.shop.url)
      await ana.seesExactly(['Do the roses like shade?'])
      // Where the cookie is kept, no script of the page can read who this is.
      const onPage = await ana.page.evaluate(() => localStorage.getItem('parley:shop'))
      expect(onPage?.includes('secret')).toBe('keepsNothingFor' in browser)
      expect(ana.problems()).toEqual([])
      await ana.leaves()
    })

    test(`A3 a click on a link takes it along; the other domain says where it comes from, and both go on, ${where}`, async () => {
      const juniper = await stage.answerer('Juniper')
      const ana = await asks('Do the tulips need sun?')
      const interaction = await juniper.answers('tulips', 'Half a day of it.')
      await ana.sees('Half a day of it.')
      await ana.page.getByRole('link', { name: 'Our garden' }).click()
      await ana.page.waitForURL(garden())
      expect(ana.page.url()).toBe(garden())
      await ana.isOpen()
      await ana.seesExactly(['Do the tulips need sun?', 'Half a day of it.'])
      await ana.window.getByText(`Continuing from ${stage.shop.host}.`).waitFor()
      await ana.says('And water?')
      await juniper.hears('And water?')
      juniper.says(interaction, 'Once a week.')
      await ana.sees('Once a week.')

      // The second domain remembers it now by itself, and the first goes on with what was said meanwhile.
      await ana.page.reload()
      await ana.isOpen()
      const all = ['Do the tulips need sun?', 'Half a day of it.', 'And water?', 'Once a week.']
      await ana.seesExactly(all)
      await ana.goes(stage.shop.url)
      await ana.isOpen()
      await ana.seesExactly(all)
      expect(ana.problems()).toEqual([])
      juniper.leaves()
      await ana.leaves()
    })

    test(`A3 “not you?” ends it there, and only there, ${where}`, async () => {
      const ana = await asks('My secret question')
      await ana.page.getByRole('link', { name: 'Our garden' }).click()
      await ana.sees('My secret question')
      await ana.window.getByRole('button', { name: 'Not you?' }).click()
      await ana.seesExactly([])
      await ana.window.getByText('Continuing from').waitFor({ state: 'detached', timeout: patience })
      await ana.page.reload()
      await ana.isOpen()
      await ana.says('Somebody else here')
      await ana.seesExactly(['Somebody else here'])
      await ana.goes(stage.shop.url)
      await ana.isOpen()
      await ana.seesExactly(['My secret question'])
      expect(ana.problems()).toEqual([])
      await ana.leaves()
    })

    // A key is kept to its one use by the server: where a browser keeps things makes no difference.
    if (where !== browsers[0][0]) return
    test(`A3 A20 works once: who finds it in a history or a log finds nothing`, async () => {
      const ana = await asks('Only once, please')
      const key = await keyFor(ana)
      const first = new Visitor(await stage.browser.newPerson())
      await first.goes(`${garden()}#parley=${key}`)
      await first.seesExactly(['Only once, please'])
      expect(first.page.url()).toBe(garden())
      const second = new Visitor(await stage.browser.newPerson())
      await second.goes(`${garden()}#parley=${key}`)
      await second.isOpen()
      await second.hasNothingBefore()
      await Promise.all([ana.leaves(), first.leaves(), second.leaves()])
    })

    test(`A3 A20 is refused after a minute, and on any other domain than the one it was made for`, async () => {
      const ana = await asks('Not for long, please')
      const late = await keyFor(ana)
      aheadMs += 61_000
      const visitor = new Visitor(await stage.browser.newPerson())
      await visitor.goes(`${garden()}#parley=${late}`)
      await visitor.isOpen()
      await visitor.hasNothingBefore()
      await visitor.leaves()

      const key = await keyFor(ana)
      const elsewhere = new Visitor(await stage.browser.newPerson())
      await elsewhere.goes(`${stage.shop.url}#parley=${key}`)
      await elsewhere.isOpen()
      await elsewhere.hasNothingBefore()
      await Promise.all([ana.leaves(), elsewhere.leaves()])
    })
  })
}
