import { mkdir } from 'node:fs/promises'
import { axeFindings, type TestBrowser } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answerer } from './answerer.ts'
import { FarEnd } from './far-end.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

type ContextOptions = NonNullable<Parameters<TestBrowser['newPerson']>[0]>

const patience = 15_000
const desktop = { width: 1280, height: 860 }
const phone = { width: 390, height: 844 }
const modes: [mode: string, options: ContextOptions][] = [
  ['light', { colorScheme: 'light', viewport: desktop }],
  ['dark', { colorScheme: 'dark', viewport: desktop }],
  ['phone width', { colorScheme: 'light', viewport: phone }],
  ['phone width in the dark', { colorScheme: 'dark', viewport: phone }],
  ['right to left', { colorScheme: 'light', locale: 'ar', viewport: desktop }],
]

/** Pictures of everything that is looked at here, for people to look at: `PARLEY_PICTURES=folder npx vitest run …`. */
const pictures = process.env.PARLEY_PICTURES

await describeWithPeers(['chromium'], 'everybody can use window and desk', () => {
  let stage: WindowStage
  let juniper: Answerer
  let heather: Answerer

  beforeAll(async () => {
    if (pictures) await mkdir(pictures, { recursive: true })
    stage = await openWindowStage({
      channels: [new FarEnd('email'), new FarEnd('sms'), new FarEnd('xmpp'), new FarEnd('sip')],
      responders: ['Juniper', 'Heather'],
      sites: [
        {
          key: 'shop',
          topics: [
            { key: 'tents', names: { en: 'Tents', ar: 'خيام' } },
            { key: 'boats', names: { en: 'Boats', ar: 'قوارب' } },
          ],
          policy: {
            window: {
              topic: 'required',
              regions: ['NO', 'IS'],
              fields: [{ name: 'order', label: { en: 'Order number', ar: 'رقم الطلب' }, kind: 'text', required: true }],
            },
          },
        },
        { key: 'garden', policy: { admission: { kind: 'any' }, window: { topic: 'no', colour: '#ffd24a' } } },
      ],
    })
    juniper = await stage.answerer('Juniper')
    heather = await stage.answerer('Heather')
  })
  afterAll(async () => {
    juniper?.leaves()
    heather?.leaves()
    await stage?.close()
  })

  async function looksAt(page: Page, name: string): Promise<void> {
    // Colours in the middle of a transition are not the ones that people read.
    const isStill =
      'document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)'
    for (const frame of page.frames()) {
      await expect.poll(() => frame.evaluate<boolean>(isStill), { timeout: patience }).toBe(true)
    }
    if (pictures) await page.screenshot({ path: `${pictures}/${name.replaceAll(' ', '-')}.png` })
    expect(await axeFindings(page), name).toEqual([])
  }

  test.each(modes)('axe finds nothing on the window: %s', async (mode, options) => {
    const person = await stage.browser.newPerson(options)
    const { page } = person
    const window = page.frameLocator('iframe')
    const see = (what: Locator) => what.first().waitFor({ timeout: patience })
    const launcher = page.locator('div button')

    await page.goto(stage.shop.url)
    await see(launcher)
    await looksAt(page, `window launcher ${mode}`)
    await launcher.click()
    await see(window.locator('form.fields'))
    await looksAt(page, `window start ${mode}`)
    await window.locator('form.fields .main').click()
    await see(window.locator('.problem'))
    await looksAt(page, `window start refused ${mode}`)

    await page.goto(stage.shops.garden?.url ?? '')
    await launcher.click()
    const composer = window.locator('textarea')
    await see(composer)
    await looksAt(page, `window new ${mode}`)
    const question = `What grows in the shade, in ${mode}?`
    await composer.fill(question)
    await composer.press('Enter')
    await see(window.locator('.hunt'))
    await looksAt(page, `window looking ${mode}`)
    const first = await juniper.answers(question, 'Ferns do, and ivy: https://garden.example/shade')
    const second = await heather.answers(question, 'Hostas, if there are no snails. Mail me: heather@people.test')
    await see(window.getByText('Hostas'))
    juniper.says(first, 'How do I reach you?', [
      { name: 'email', label: 'Email', kind: 'email', required: true },
      { name: 'when', label: 'When', kind: 'choice', required: false, choices: ['Morning', 'Evening'] },
    ])
    await see(window.locator('.bubble form.fields'))
    await see(window.locator('.target select'))
    await composer.fill('There are many snails here, so ferns it is.')
    await composer.press('Enter')
    heather.client.setTyping({ interaction: second }, true)
    await see(window.locator('.typing:not([hidden])'))
    await looksAt(page, `window conversation ${mode}`)

    const menu = window.locator('.menu > button')
    await menu.click()
    await see(window.locator('.menu ul button'))
    await looksAt(page, `window menu ${mode}`)
    // What switches something there and then opens no panel.
    const panel = window.locator('.menu ul button:not([role="switch"])')
    const panels = await panel.count()
    for (let index = 0; index < panels; index += 1) {
      if (index > 0) await menu.click()
      await panel.nth(index).click()
      const ways = window.locator('dialog[open] .ways button')
      await see(window.locator('dialog[open] .main').or(ways))
      await looksAt(page, `window panel ${index} ${mode}`)
      if (await ways.count()) {
        await ways.nth(1).click()
        await see(window.locator('dialog[open] input'))
        await looksAt(page, `window panel ${index} with a way ${mode}`)
      }
      if (index === panels - 1) await window.locator('dialog[open] form .main').click()
      else await page.keyboard.press('Escape')
      await window.locator('dialog[open]').waitFor({ state: 'detached', timeout: patience })
    }
    await see(window.locator('.ended'))
    // What cannot be sent any more is not asked for.
    for (const gone of ['.bubble form', '.typing'])
      await window.locator(gone).waitFor({ state: 'hidden', timeout: patience })
    await looksAt(page, `window ended ${mode}`)
    expect(person.problems()).toEqual([])
    await person.close()
  })

  test.each(modes)('axe finds nothing on the desk: %s', async (mode, options) => {
    const asker = await stage.browser.newPerson()
    await asker.page.goto(stage.shops.garden?.url ?? '')
    await asker.page.locator('div button').click()
    const composer = asker.page.frameLocator('iframe').locator('textarea')
    await composer.fill(`When do I cut roses, in ${mode}? My number is +47 22 86 44 00.`)
    await composer.press('Enter')

    const person = await stage.browser.newPerson(options)
    const { page } = person
    const see = (what: Locator) => what.first().waitFor({ timeout: patience })
    await page.goto(`${stage.parley.url}/desk/sign-in`)
    await see(page.locator('form'))
    await looksAt(page, `desk sign-in ${mode}`)
    await page.goto(await stage.linkFor('Juniper'))
    await see(page.locator('button'))
    await looksAt(page, `desk link ${mode}`)
    await page.locator('button').first().click()
    await see(page.locator('.row-offer'))
    await looksAt(page, `desk list ${mode}`)
    await page.locator('.row-offer').first().click()
    await see(page.locator('[data-composer]'))
    await looksAt(page, `desk question ${mode}`)
    await page.locator('[data-composer]').fill('In March, above an outward bud.')
    await page.locator('[data-composer]').press('Enter')
    await see(page.getByRole('log').getByText('In March'))
    await composer.fill('And climbing ones?')
    await composer.press('Enter')
    await see(page.getByRole('log').getByText('climbing'))
    await looksAt(page, `desk conversation ${mode}`)
    await page.goto(`${stage.parley.url}/desk/held`)
    await see(page.locator('main h1, main h2'))
    await looksAt(page, `desk held ${mode}`)
    await page.goto(`${stage.parley.url}/desk/settings`)
    await see(page.locator('.sessions li'))
    await looksAt(page, `desk settings ${mode}`)
    if (pictures) await page.screenshot({ path: `${pictures}/desk-settings-whole-${mode}.png`, fullPage: true })
    expect(person.problems()).toEqual([])
    await Promise.all([person.close(), asker.close()])
  })
})
