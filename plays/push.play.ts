import { createPushChannel, vapidKeysFrom } from '@parley/channel-push'
import { openBrowser, type Parley, startParley, type TestBrowser } from '@parley/dev-env'
import { type PushedBrowser, type PushService, startPushService } from '@parley/dev-env/push-service'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { CDPSession, Page, Worker } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Deskperson } from './deskperson.ts'
import { standInForTheVendor } from './push-vendor.ts'
import { openShop, type Shop } from './shop.ts'
import { Visitor } from './visitor.ts'

const patience = 30_000
const secret = Buffer.alloc(32, 9)

await describeWithPeers(['chromium'], 'E14 the desk on a telephone', () => {
  let service: PushService
  let parley: Parley
  let browser: TestBrowser
  let shop: Shop

  beforeAll(async () => {
    service = await startPushService()
    const keys = vapidKeysFrom(secret)
    shop = await openShop()
    const push = createPushChannel({ subject: 'mailto:post@parley.test', keys, hosts: [service.host], ca: service.ca })
    ;[parley, browser] = await Promise.all([
      startParley({
        channels: [push],
        account: {
          name: 'Fjord & Field',
          sites: [{ key: 'shop', name: 'Fjord & Field', domains: [shop.host], topics: [] }],
          responders: [{ name: 'Bo Lindqvist', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }],
        },
      }),
      openBrowser(),
    ])
    shop.embed(parley.url, 'shop')
  })
  afterAll(async () => {
    await browser?.close()
    await parley?.stop()
    await shop?.close()
    await service?.stop()
  })

  test('a question and an answer are told on a device whose desk is closed, and a click leads to them', async () => {
    const keys = vapidKeysFrom(secret)
    const device = service.subscribe("Bo's telephone", keys.publicKey)
    const desk = await signsIn(device)
    const ana = await Visitor.opens(browser, shop.url)
    const told = () => service.received.map(({ text }) => JSON.parse(text) as Record<string, string>)

    // The desk is on the screen: nothing is sent while it is.
    await ana.says('Does the kayak come with a paddle?')
    await desk.opens('Does the kayak come with a paddle?')
    await desk.answersQuestion('With one of wood.')
    await ana.sees('With one of wood.')
    expect(service.received).toEqual([])

    // Closed: told at once, without the words.
    await desk.page.goto('about:blank')
    await ana.says('How long is it?')
    await expect.poll(() => told().length, { timeout: patience }).toBe(1)
    expect(told()[0]).toMatchObject({ title: 'Fjord & Field', body: 'A new message' })
    expect(JSON.stringify(told())).not.toContain('How long')
    expect(told()[0]?.url).toMatch(/\/desk\/conversations\/[0-9a-f-]{36}$/)

    // The browser wakes its service worker, which shows it; a click on it opens the conversation.
    await desk.page.goto(`${parley.url}/desk/settings`)
    await desk.page.getByRole('switch', { name: /Show who writes/ }).waitFor({ timeout: patience })
    const worker = await wake(desk.page, service.received[0]?.text ?? '')
    const shown = await worker.evaluate(() => notificationsShown())
    expect(shown).toEqual([
      { title: 'Fjord & Field', body: 'A new message', tag: told()[0]?.tag, data: told()[0]?.url },
    ])
    await worker.evaluate(() => clickFirst())
    await desk.page.waitForURL(told()[0]?.url ?? '', { timeout: patience })
    await desk.seesExactly(['Does the kayak come with a paddle?', 'With one of wood.', 'How long is it?'])

    // With the words, if its owner wants them seen.
    await desk.page.goto(`${parley.url}/desk/settings`)
    await desk.page.getByRole('switch', { name: /Show who writes/ }).click({ timeout: patience })
    await expect
      .poll(() => desk.page.getByRole('switch', { name: /Show who writes/ }).isChecked(), { timeout: patience })
      .toBe(true)
    await desk.page.goto('about:blank')
    await ana.says('And how heavy?')
    await expect.poll(() => told().length, { timeout: patience }).toBe(2)
    expect(told()[1]).toMatchObject({ body: 'And how heavy?', tag: told()[0]?.tag })

    // A question for whom nobody answers yet leads to the question.
    const ben = await Visitor.opens(browser, shop.url)
    await ben.says('Do you repair sails?')
    await expect.poll(() => told().length, { timeout: patience }).toBe(3)
    expect(told()[2]).toMatchObject({ body: 'Do you repair sails?' })
    expect(told()[2]?.url).toMatch(/\/desk\/questions\/[0-9a-f-]{36}$/)
    await desk.page.goto(told()[2]?.url ?? '')
    await desk.answersQuestion('On Fridays.')
    await ben.sees('On Fridays.')

    // Gone at the push service: forgotten here, and the switch says so.
    service.answers(device, { status: 410 })
    await desk.page.goto('about:blank')
    await ben.says('Thank you')
    await expect.poll(() => addresses(), { timeout: patience }).toEqual(['email'])
    await desk.page.goto(`${parley.url}/desk/settings`)
    const on = desk.page.getByRole('switch', { name: 'Notify me in this browser' })
    await on.waitFor({ timeout: patience })
    expect(await on.isChecked()).toBe(false)
    expect([ana.problems(), ben.problems(), desk.problems(), parley.complaints, service.refused]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ])
  })

  test('the desk can be installed', async () => {
    const desk = await signsIn(null)
    const cdp = await desk.page.context().newCDPSession(desk.page)
    const { errors, url } = await cdp.send('Page.getAppManifest')
    expect(url).toBe(`${parley.url}/desk/manifest.webmanifest`)
    expect(errors).toEqual([])
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    // Only what a private window is refused for.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
    await desk.leaves()
  })

  test('who signs out of a browser is not told there any more', async () => {
    const device = service.subscribe('a borrowed laptop', vapidKeysFrom(secret).publicKey)
    const desk = await signsIn(device)
    expect(await addresses()).toEqual(['email', 'push'])
    await desk.page.goto(`${parley.url}/desk/settings`)
    await desk.page.getByRole('button', { name: 'Sign out' }).click({ timeout: patience })
    await desk.page
      .getByRole('heading', { name: /Sign in/ })
      .first()
      .waitFor({ timeout: patience })
    await expect.poll(() => addresses(), { timeout: patience }).toEqual(['email'])
    await desk.leaves()
  })

  async function addresses(): Promise<string[]> {
    const { rows } = await parley.server.db.workerPool.query<{ medium: string }>(
      'select medium from address order by 1',
    )
    return rows.map(({ medium }) => medium)
  }

  /** At the desk, with notifications on where a device is given. The browser's maker, who gives out subscriptions, is not to be had here. */
  async function signsIn(device: PushedBrowser | null): Promise<Deskperson> {
    const { account, responders } = parley.account
    const person = responders[0]?.person
    if (!person) throw new Error('nobody is here')
    await parley.server.signIn.createSignInFor(account, person, 'bo@people.test')
    const link = await parley.server.signIn.oneTimeLink({ account, person })
    if (!link) throw new Error('there is no way to sign in')
    const desk = await Deskperson.signsIn(browser, link)
    if (!device) return desk
    await desk.page.context().grantPermissions(['notifications'], { origin: parley.url })
    await desk.page.context().addInitScript(standInForTheVendor, device.subscription)
    await desk.page.goto(`${parley.url}/desk/settings`)
    await desk.page.getByRole('switch', { name: 'Notify me in this browser' }).click({ timeout: patience })
    await desk.page.getByRole('switch', { name: /Show who writes/ }).waitFor({ timeout: patience })
    await desk.page.goto(`${parley.url}/desk/`)
    return desk
  }
})

declare function notificationsShown(): Promise<{ title: string; body: string; tag: string; data: string }[]>
declare function clickFirst(): Promise<void>

/** The browser hands a push to the service worker. Answers the worker, which is told how to list what it shows and to have it clicked. */
async function wake(page: Page, data: string): Promise<Worker> {
  const cdp = await page.context().newCDPSession(page)
  const registrationId = await registrationOf(cdp)
  const origin = new URL(page.url()).origin
  await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
  const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'))
  await worker.evaluate(() => {
    const scope = globalThis as unknown as {
      registration: { getNotifications(): Promise<{ title: string; body: string; tag: string; data: unknown }[]> }
      dispatchEvent(event: Event): void
      NotificationEvent: new (kind: string, init: object) => Event
    }
    const shown = async () => {
      for (;;) {
        const all = await scope.registration.getNotifications()
        if (all.length > 0) return all
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    Object.assign(globalThis, {
      notificationsShown: async () => (await shown()).map(({ title, body, tag, data }) => ({ title, body, tag, data })),
      clickFirst: async () => {
        const [notification] = await shown()
        scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
      },
    })
  })
  return worker
}

async function registrationOf(cdp: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.endsWith('/desk/'))
      if (ours) resolve(ours.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  return found
}
