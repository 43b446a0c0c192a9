import { createPushChannel, vapidKeysFrom } from '@parley/channel-push'
import { openBrowser, type Parley, startParley, type TestBrowser } from '@parley/dev-env'
import { type PushService, startPushService } from '@parley/dev-env/push-service'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Answerer } from './answerer.ts'
import { Deskperson } from './deskperson.ts'
import { standInForTheVendor } from './push-vendor.ts'
import { Visitor } from './visitor.ts'

const patience = 30_000
const secret = Buffer.alloc(32, 11)

await describeWithPeers(['chromium'], 'the page behind a link', () => {
  let service: PushService
  let parley: Parley
  let browser: TestBrowser

  beforeAll(async () => {
    service = await startPushService()
    const keys = vapidKeysFrom(secret)
    const push = createPushChannel({ subject: 'mailto:post@parley.test', keys, hosts: [service.host], ca: service.ca })
    ;[parley, browser] = await Promise.all([
      startParley({
        channels: [push],
        account: {
          name: 'Fjord & Field',
          sites: [{ key: 'shop', name: 'Fjord & Field', domains: [], topics: [] }],
          responders: [{ name: 'Bo Lindqvist', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }],
        },
      }),
      openBrowser(),
    ])
  })
  afterAll(async () => {
    await browser?.close()
    await parley?.stop()
    await service?.stop()
  })

  test('A15 E14 it is the window itself, can be installed, and a closed page is told of an answer, without its words', async () => {
    const { account, responders } = parley.account
    const person = responders[0]?.person
    if (!person) throw new Error('nobody is here')
    const link = await madeLink()
    const device = service.subscribe("Ana's telephone", vapidKeysFrom(secret).publicKey)
    const ana = new Visitor(await browser.newPerson(), undefined, true)
    await ana.page.context().grantPermissions(['notifications'], { origin: parley.url })
    await ana.page.context().addInitScript(standInForTheVendor, device.subscription)
    await ana.goes(link)
    await ana.isOpen()

    const cdp = await ana.page.context().newCDPSession(ana.page)
    const { errors, url } = await cdp.send('Page.getAppManifest')
    expect([url, errors]).toEqual([`${link}/manifest.webmanifest`, []])
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    // Only what a private window is refused for.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])

    await ana.says('Is the hut open?')
    await ana.chooses('Notify me on this device')
    const dialog = ana.window.getByRole('dialog', { name: 'Notify me on this device' })
    await dialog.getByRole('button', { name: 'Switch on' }).click({ timeout: patience })
    await dialog.getByText('Switched on.').waitFor({ timeout: patience })
    await ana.page.goto('about:blank')
    const juniper = await Answerer.signsIn(parley, person, 'bo@people.test')
    await juniper.answers('Is the hut open?', 'All year.')
    const told = () => service.received.map(({ text }) => JSON.parse(text) as Record<string, string>)
    await expect.poll(() => told().length, { timeout: patience }).toBe(1)
    expect(told()[0]?.url).toBe(link)
    expect(JSON.stringify(told())).not.toContain('All year')

    await ana.goes(told()[0]?.url ?? '')
    await ana.sees('All year.')
    await ana.chooses('Notify me on this device')
    await dialog.getByRole('button', { name: 'Switch off' }).click({ timeout: patience })
    await dialog.getByRole('button', { name: 'Switch on' }).waitFor({ timeout: patience })
    const { rows } = await parley.server.db.workerPool.query(`select 1 from parley.address where medium = 'push'`)
    expect(rows).toEqual([])
    expect([account, ana.problems(), parley.complaints, service.refused]).toEqual([account, [], [], []])
    juniper.leaves()
    await ana.leaves()
  })

  /** Made at the desk, by somebody who administers it. */
  async function madeLink(): Promise<string> {
    const { account, responders, sites } = parley.account
    const person = responders[0]?.person
    if (!person) throw new Error('nobody is here')
    await parley.server.signIn.createSignInFor(account, person, 'bo@people.test')
    const oneTime = await parley.server.signIn.oneTimeLink({ account, person })
    const desk = await Deskperson.signsIn(browser, oneTime ?? '')
    const url = await desk.page.evaluate(async (site) => {
      const answer = await fetch('/api/desk/admin/links', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ site, name: 'The hut' }),
      })
      return ((await answer.json()) as { url: string }).url
    }, sites[0]?.id)
    await desk.leaves()
    return url
  }
})
