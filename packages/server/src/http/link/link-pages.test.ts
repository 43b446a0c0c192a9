import { axeFindings, type BrowserPerson, openBrowser, type TestBrowser } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LinkRig, linkIn, startLinkRig } from './link-rig.fixture.ts'

const ways = [
  ['at a desk', {}],
  ['at night', { colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 360, height: 740 } }],
] as const

await describeWithPeers(['chromium'], 'the pages behind links in mails', () => {
  let rig: LinkRig
  let browser: TestBrowser

  beforeAll(async () => {
    rig = await startLinkRig()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await rig?.parley.stop()
  })

  /** Someone answers a question of its own, and gets a mail with a link. */
  async function linkFor(address: string, question: string): Promise<URL> {
    const ana = await rig.asks(question)
    const offer = await rig.post.receives(address, question)
    await rig.post.replies(offer, 'Yes, 10 to 16.', address)
    await ana.says(`${question} And where do I park?`)
    return linkIn(await rig.post.receives(address, `${question} And where`))
  }

  async function calm(person: BrowserPerson): Promise<void> {
    expect(await axeFindings(person.page)).toEqual([])
    expect(
      await person.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
    ).toBe(true)
    expect(person.problems()).toEqual([])
  }

  test.each(ways)('A2 a re-read link opens the conversation on a click, not before, %s', async (name, options) => {
    const question = `Are you open on Sunday, ${name}?`
    const link = await linkFor('bo@people.test', question)
    const bo = await browser.newPerson({ locale: 'en-GB', ...options })
    await bo.page.goto(link.href)
    const button = bo.page.getByRole('button', { name: 'Open the conversation' })
    await button.waitFor()
    expect(await bo.page.getByText(question, { exact: true }).count()).toBe(0)
    await calm(bo)
    await button.press('Enter')
    await bo.page.getByText(question, { exact: true }).waitFor()
    expect(await bo.page.locator('html').getAttribute('lang')).toBe('de')
    expect(await bo.page.locator('.own .text').allInnerTexts()).toEqual(['Yes, 10 to 16.'])
    await calm(bo)
    await bo.close()
  })

  test('A2 the page is read from right to left where its reader does', async () => {
    const link = await linkFor('cleo@people.test', 'Are you open on Monday?')
    const cleo = await browser.newPerson({ locale: 'ar-EG' })
    await cleo.page.goto(link.href)
    await cleo.page.getByRole('button', { name: 'فتح المحادثة' }).click()
    await cleo.page.getByText('Yes, 10 to 16.').waitFor()
    expect(await cleo.page.locator('html').getAttribute('dir')).toBe('rtl')
    await calm(cleo)
    await cleo.close()
  })

  test('A2 a link that lost its end says so, and one that no longer works too', async () => {
    const link = await linkFor('bo@people.test', 'Are you open on Tuesday?')
    const bo = await browser.newPerson({ locale: 'en-GB' })
    await bo.page.goto(`${link.origin}/read`)
    await bo.page.getByText('This link is incomplete').waitFor()
    expect(await bo.page.getByRole('button').count()).toBe(0)
    await calm(bo)
    await bo.page.goto(`${link.href.slice(0, -4)}AAAA`)
    await bo.page.getByRole('button').click()
    await bo.page.getByText('This link no longer works').waitFor()
    await bo.close()
  })

  test('A9 what was held is shown and passed on with two clicks', async () => {
    await linkFor('bo@people.test', 'Are you open on Friday?')
    const mail = await rig.post.receives('bo@people.test', 'Friday? And')
    await rig.post.replies(mail, 'From my other address.', 'bo.private@elsewhere.test')
    const link = linkIn(await rig.post.receives('bo@people.test', '/held#'))
    const bo = await browser.newPerson({ locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } })
    await bo.page.goto(link.href)
    await bo.page.getByRole('button', { name: 'Look at the message' }).click()
    await bo.page.getByText('From my other address.').waitFor()
    await calm(bo)
    await bo.page.getByRole('button', { name: 'Von mir: weitergeben' }).click()
    await bo.page.getByText('Ihre Nachricht wurde weitergegeben').waitFor()
    expect(await bo.page.getByText('From my other address.').count()).toBe(0)
    await calm(bo)
    await bo.close()
  })
})
