import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FarEnd } from './far-end.ts'
import { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 15_000

await describeWithPeers(['chromium'], 'what a window asks and shows', () => {
  let stage: WindowStage

  beforeAll(async () => {
    stage = await openWindowStage({
      channels: [new FarEnd('email')],
      responders: ['Juniper', 'Heather'],
      sites: [
        {
          key: 'shop',
          topics: [
            { key: 'tents', names: { en: 'Tents', de: 'Zelte' } },
            { key: 'boats', names: { en: 'Boats', de: 'Boote' } },
          ],
          policy: {
            admission: { kind: 'any' },
            window: {
              topic: 'required',
              regions: ['NO', 'IS', 'Svalbard'],
              fields: [
                { name: 'order', label: { en: 'Order number', de: 'Bestellnummer' }, kind: 'text', required: true },
                { name: 'contact', label: { en: 'Your email' }, kind: 'email', required: false },
              ],
            },
          },
        },
        { key: 'plain', policy: { window: { topic: 'no' } } },
      ],
    })
  })
  afterAll(() => stage?.close())

  async function opensStart(options?: Parameters<typeof stage.browser.newPerson>[0]): Promise<Visitor> {
    const ana = new Visitor(await stage.browser.newPerson(options))
    await ana.goes(stage.shop.url)
    await ana.launcher.click()
    return ana
  }

  test('A1 A5 the site asks for topic, region and order number before the first word; what is missing is said in words, and what was given reaches those who answer', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = await opensStart()
    const start = ana.window.getByRole('button', { name: 'Start chat' })
    await start.click({ timeout: patience })
    const topic = ana.window.getByLabel('What is it about?')
    await topic.and(ana.window.locator(':focus')).waitFor()
    expect(await ana.window.getByText('Please fill this in.').count()).toBe(2)
    expect(await topic.getAttribute('aria-invalid')).toBe('true')

    await topic.selectOption('Boats')
    await ana.window.getByLabel('Where are you?').selectOption('Iceland')
    await ana.window.getByLabel('Your email').fill('nobody at all')
    await ana.window.getByLabel('Order number').fill('4711')
    await start.click()
    await ana.window.getByText('This does not look like an email address.').waitFor()
    await ana.window.getByLabel('Your email').fill('')
    await start.click()
    await ana.isOpen()
    await ana.says('Does the blue boat float?')
    const offer = await juniper.isAsked('blue boat')
    expect(offer.topic).toBe('Boats')
    expect(offer.asker).toBe('Visitor from Iceland')

    // The answers belong to the conversation that has begun: they are not asked for again on the next page.
    await ana.page.reload()
    await ana.isOpen()
    await ana.seesExactly(['Does the blue boat float?'])
    expect(ana.problems()).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })

  test('A1 what the window asks for cannot be left out behind its back, and a choice that is none is refused', async () => {
    const { url } = stage.parley
    const post = async (path: string, body: object, token = '') => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
      const told: { token?: string; reason?: string } = JSON.parse(await answer.text())
      return told
    }
    const { token } = await post('/api/visitor/enter', { site: 'shop' })
    const begin = async (body: object) => (await post('/api/visitor/conversation', body, token)).reason
    const [boats] = (stage.parley.account.sites[0]?.topics ?? []).filter(({ key }) => key === 'boats')
    const fields = { order: '4711' }
    expect(await begin({ topic: boats?.id })).toBe('form-incomplete')
    expect(await begin({ topic: boats?.id, fields: { order: '  ' } })).toBe('form-incomplete')
    expect(await begin({ fields })).toBe('form-incomplete')
    expect(await begin({ topic: boats?.id, fields, region: 'XX' })).toBe('unknown-choice')
    expect(await begin({ topic: boats?.id, fields: { ...fields, hidden: 'x' } })).toBe('unknown-choice')
    expect(await begin({ topic: stage.parley.account.account, fields })).toBe('unknown-choice')
    expect(await begin({ topic: boats?.id, fields, region: 'NO' })).toBeUndefined()
  })

  test('A12 A18 typing is shown both ways, and a message says in words how far it has come', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = new Visitor(await stage.browser.newPerson())
    await ana.goes(stage.shops.plain?.url ?? '')
    await ana.opensWindow()
    await ana.says('Is anybody there?')
    await ana.window.getByText('We have asked the people who can help').waitFor({ timeout: patience })
    const interaction = await juniper.answers('anybody there', 'I am.')
    await ana.sees('I am.')
    await ana.window.getByText('We have asked the people who can help').waitFor({ state: 'detached' })

    juniper.client.setTyping({ interaction }, true)
    await ana.window.getByText('Juniper is typing…').waitFor({ timeout: patience })
    juniper.client.setTyping({ interaction }, false)
    await ana.window.getByText('Juniper is typing…').waitFor({ state: 'hidden', timeout: patience })
    await ana.composer.pressSequentially('Ty')
    await expect.poll(() => juniper.client.typing(interaction).length, { timeout: patience }).toBe(1)
    await ana.composer.fill('')
    await expect.poll(() => juniper.client.typing(interaction).length, { timeout: patience }).toBe(0)

    const state = () => ana.window.locator('.mine .note').last().textContent()
    await ana.says('How far is this?')
    await juniper.hears('How far')
    await expect.poll(state, { timeout: patience }).toContain('Delivered')
    juniper.reads()
    await expect.poll(state, { timeout: patience }).toContain('Read')
    juniper.leaves()
    await ana.says('And this?')
    await expect.poll(state, { timeout: patience }).toContain('Sent')
    expect(ana.problems()).toEqual([])
    await ana.leaves()
  })

  test('A9 A20 a small form in the conversation: what the visitor fills in on purpose is not hidden, what they write by the way is', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = new Visitor(await stage.browser.newPerson())
    await ana.goes(stage.shops.plain?.url ?? '')
    await ana.opensWindow()
    await ana.says('Call me, I am at ana@home.example or +47 22 86 44 00.')
    const interaction = await juniper.answers('Call me', 'I cannot see your number. May I have it?')
    await ana.sees('May I have it?')
    await juniper.hears('Call me')
    const seen = juniper.texts().join('\n')
    expect(seen).toContain('Call me, I am at')
    expect(seen).not.toContain('home.example')
    expect(seen).not.toContain('22 86 44 00')
    // The writer sees what the others see, and is told why.
    await ana.window.getByText('Private details have been hidden.').waitFor()

    juniper.says(interaction, 'Here is a form.', [
      { name: 'phone', label: 'Phone', kind: 'phone', required: true },
      { name: 'mail', label: 'Mail', kind: 'email', required: false },
    ])
    await ana.sees('Here is a form.')
    // The conversation goes on meanwhile: a form may be answered late.
    await ana.says('One moment.')
    await juniper.hears('One moment.')
    const form = ana.window.locator('form.fields')
    await form.getByRole('button', { name: 'Send' }).click({ timeout: patience })
    await form.getByText('Please fill this in.').waitFor()
    await form.getByLabel('Phone').fill('+47 22 86 44 00')
    await form.getByRole('button', { name: 'Send' }).click()
    await ana.window.getByText('Answered').waitFor({ timeout: patience })
    expect(await juniper.hears('Phone:')).toBe('Phone: +47 22 86 44 00')

    await ana.page.reload()
    await ana.isOpen()
    await ana.window.getByText('Answered').waitFor({ timeout: patience })
    expect(await form.count()).toBe(0)
    expect(ana.problems()).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })

  test('A12 A18 nobody is free: the window says so, and offers to send the answer by email', async () => {
    const all = await Promise.all([stage.answerer('Juniper'), stage.answerer('Heather')])
    for (const one of all) await one.api.changeMe({ state: 'paused' })
    const ana = new Visitor(await stage.browser.newPerson())
    await ana.goes(stage.shops.plain?.url ?? '')
    await ana.opensWindow()
    await ana.says('Hello?')
    await ana.window.getByText('Nobody is free to answer just now').waitFor({ timeout: patience })
    await ana.window.getByRole('button', { name: 'Continue by email' }).click()
    await ana.window.getByRole('dialog', { name: 'Continue by email' }).waitFor()
    expect(ana.problems()).toEqual([])
    for (const one of all) {
      await one.api.changeMe({ state: 'active' })
      one.leaves()
    }
    await ana.leaves()
  })
})

await describeWithPeers(['chromium'], 'a site that passes contacts on', () => {
  let stage: WindowStage
  beforeAll(async () => {
    stage = await openWindowStage({
      sites: [{ key: 'shop', policy: { screening: { visitor: 'pass', responder: 'mask' } } }],
    })
  })
  afterAll(() => stage?.close())

  test('A9 A20 what a visitor writes about themselves reaches the responder where the site says so, and the other way it does not', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = await stage.visitor()
    await ana.says('Write to ana@home.example, please.')
    await juniper.isAsked('Write to')
    // An offer goes to many, so it is screened as strictly as on any site.
    expect((await juniper.isAsked('Write to')).text).not.toContain('home.example')
    const interaction = await juniper.answers('Write to', 'I will.')
    await juniper.hears('ana@home.example')
    juniper.says(interaction, 'Mine is heather@people.test, or +47 22 86 44 00.')
    await ana.sees('Mine is')
    expect((await ana.transcript()).join()).not.toMatch(/people\.test|22 86 44 00/)
    await ana.window.getByText('Private details have been hidden.').waitFor()
    expect(ana.problems()).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })
})
