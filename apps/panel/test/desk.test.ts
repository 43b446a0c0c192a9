import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeSource, panelStage } from './panel-stage.fixture.ts'
import * as stories from './stories.fixture.ts'

const stage = panelStage()

const desk = (at: string, options?: BrowserContextOptions) => stage.opens(at, undefined, options)

const withTopics = (topics: typeof stories.topics) => ({
  ...stories.criteria,
  all: [{ about: 'topic', oneOf: topics.map(({ id }) => id) }, stories.criteria.all?.[1]],
})

const conversationPath = `/desk/conversations/${stories.conversation}`
const offerPath = `/desk/questions/${stories.offers[0]?.id}`

describe('the desk is open to everyone: axe finds nothing', () => {
  const modes: [string, BrowserContextOptions][] = [
    ['in light', { colorScheme: 'light' }],
    ['in dark', { colorScheme: 'dark' }],
    ['on a phone', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
    ['from right to left', { colorScheme: 'dark', locale: 'ar' }],
  ]
  const pages: [string, string, (page: Page) => Promise<unknown>][] = [
    ['the sign-in', '/desk/sign-in', (page) => page.locator('form').waitFor()],
    [
      'a one-time link',
      '/desk/sign-in/link#Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5',
      (page) => page.locator('button').first().waitFor(),
    ],
    ['the list', '/desk/', (page) => page.locator('.row-offer').first().waitFor()],
    ['a question', offerPath, (page) => page.locator('[data-composer]').waitFor()],
    ['a conversation', conversationPath, (page) => page.locator('.resend').waitFor()],
    [
      'deliveries',
      conversationPath,
      async (page) => {
        await page.locator('.middle-head .mantine-Button-root').last().click()
        await page.locator('.delivery').first().waitFor()
      },
    ],
    [
      'the form that asks for a contact',
      conversationPath,
      async (page) => {
        await page.locator('.composer-foot > button').nth(1).click()
        await page.locator('.mantine-Popover-dropdown').getByRole('textbox').waitFor()
      },
    ],
    ['held items', '/desk/held', (page) => page.locator('.card').waitFor()],
    [
      'the settings',
      '/desk/settings',
      async (page) => {
        await page.locator('.sessions li').first().waitFor()
        await page.locator('.own-verdict').waitFor()
      },
    ],
    ['who would get a question', '/desk/admin/preview', (page) => page.locator('.person-verdict').first().waitFor()],
  ]
  it.each(modes)('%s', { timeout: 180_000 }, async (_, options) => {
    for (const [name, at, ready] of pages) {
      const page = await desk(at, options)
      if (at.includes('sign-in')) stage.server.state.isSignedIn = false
      await ready(page)
      // Colours in the middle of a transition are not the ones that people read.
      await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
      await page.evaluate(axeSource)
      const found = await page.evaluate(async () => {
        const axe = (window as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe
        interface Violation {
          id: string
          nodes: { html: string; failureSummary?: string }[]
        }
        const { violations } = await axe.run({ resultTypes: ['violations'] })
        return violations.map((one) => ({
          id: one.id,
          nodes: one.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
        }))
      })
      expect(found, name).toEqual([])
      expect(stage.complaints, name).toEqual([])
    }
  })
})

describe('a responder at the desk', () => {
  it('signs in with a password and a code, and a wrong password says what to do', async () => {
    const page = await desk('/desk/sign-in')
    stage.server.state.isSignedIn = false
    stage.server.state.needsCode = true
    await page.getByLabel('E-mail address').fill('bo@example.org')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').getByText('have a link mailed to you').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Code').fill('123 456')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Questions waiting' }).waitFor()
    expect(stage.server.asked.find((one) => one.call.endsWith('verify-totp'))?.body).toEqual({ code: '123456' })
  })

  it('opens a one-time link without using it up, and uses it with a click', async () => {
    const page = await desk('/desk/sign-in/link#Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5')
    stage.server.state.isSignedIn = false
    const button = page.getByRole('button', { name: 'Sign in' })
    await button.waitFor()
    expect(stage.server.asked).toEqual([])
    await button.click()
    await page.getByRole('heading', { name: 'Questions waiting' }).waitFor()
    expect(stage.server.asked[0]).toEqual({
      call: 'POST /api/auth/one-time-link/use',
      body: { key: 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5' },
    })
    expect(page.url()).not.toContain('#')
  })

  it('is led to the sign-in when the session has ended', async () => {
    const page = await desk(conversationPath)
    await page.getByRole('log').waitFor()
    stage.server.state.isSignedIn = false
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor()
  })

  it('answers a question and lands in its conversation', async () => {
    const page = await desk('/desk/')
    await page.getByRole('link', { name: /A visitor from Alaska/ }).click()
    await page.getByText('Why you were asked').waitFor()
    await page.getByLabel('Write your answer').fill('It is the chain.')
    await page.getByLabel('Write your answer').press('Enter')
    await page.getByRole('log').waitFor()
    const answer = stage.server.asked.find((one) => one.call.endsWith('/answer'))
    expect(answer?.body).toMatchObject({ text: 'It is the chain.', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(page.url()).toContain(stories.conversation)
  })

  it('is told kindly when somebody else was faster, and the answer is not asked for again', async () => {
    const page = await desk(offerPath)
    stage.server.answer(`POST /api${offerPath.replace('questions', 'offers')}/answer`, 200, {
      outcome: 'late',
      text: 'Thank you. Someone else was a little faster this time.',
    })
    await page.getByLabel('Write your answer').fill('It is the chain.')
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByText('Someone else was a little faster').waitFor()
    expect(await page.getByLabel('Write your answer').count()).toBe(0)
  })

  it('keeps the answer in the box when the server cannot be reached', async () => {
    const page = await desk(offerPath)
    await page.getByLabel('Write your answer').fill('It is the chain.')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByRole('alert').getByText('cannot be reached').waitFor()
    expect(await page.getByLabel('Write your answer').inputValue()).toBe('It is the chain.')
  })

  it('writes with Enter, and the message stands there once with what became of it', async () => {
    const page = await desk(conversationPath)
    await page.getByLabel('Write a message').fill('Shall I send it?')
    await page.getByLabel('Write a message').press('Enter')
    const bubble = page.getByRole('log').getByText('Shall I send it?')
    await bubble.waitFor()
    await page.getByRole('log').getByText('Saved').waitFor()
    expect(await bubble.count()).toBe(1)
    expect(await page.getByLabel('Write a message').inputValue()).toBe('')
    expect(stage.server.frames.some((frame) => frame.t === 'typing' && frame.on)).toBe(true)
  })

  it('finds an unsent draft after a reload, and sees it in the list', async () => {
    const page = await desk(conversationPath)
    await page.getByLabel('Write a message').fill('Half a thou')
    await page.reload()
    await page.getByLabel('Write a message').waitFor()
    expect(await page.getByLabel('Write a message').inputValue()).toBe('Half a thou')
    await page.getByRole('link', { name: /Visitor 7.*Draft:/ }).waitFor()
  })

  it('sees that the connection was lost, and gets what was said meanwhile when it is back', async () => {
    const page = await desk(conversationPath)
    await page.getByText('Connected', { exact: true }).waitFor()
    await page.context().setOffline(true)
    stage.server.cut()
    await page.getByText(/Reconnecting…|Connecting…/).waitFor()
    await page.getByLabel('Write a message').fill('Said while away')
    await page.getByLabel('Write a message').press('Enter')
    await page.getByText('Waiting for the connection').waitFor()
    await page.context().setOffline(false)
    await page.getByText('Connected', { exact: true }).waitFor()
    await page.getByText('Waiting for the connection').waitFor({ state: 'detached' })
    expect(await page.getByRole('log').getByText('Said while away').count()).toBe(1)
  })

  it('sends a failed message again, from the message itself (A18)', async () => {
    const page = await desk(conversationPath)
    await page.getByText('Not delivered').waitFor()
    await page.getByRole('log').getByRole('button', { name: 'Send again' }).click()
    await expect
      .poll(() => stage.server.asked.map((one) => one.call))
      .toContain(`POST /api/desk/deliveries/${stories.deliveries[0]?.id}/resend`)
  })

  it('reads the uncut message with a click, and its markup stays text', async () => {
    const page = await desk(conversationPath)
    stage.server.answer(`GET /api/messages/${stories.messages[stories.interaction]?.[3]?.id}/full`, 200, {
      text: 'Whole <img src=x onerror=alert(1)> text',
      cuts: [],
    })
    await page.getByRole('button', { name: 'Show the whole message' }).click()
    await page.getByText('Whole <img src=x onerror=alert(1)> text').waitFor()
  })

  it('C9 words that are erased while they are open go at once, the uncut ones too, and so does a conversation', async () => {
    const page = await desk(conversationPath)
    await page.getByRole('button', { name: 'Show the whole message' }).click()
    const whole = page.getByText(stories.full.slice(0, 40))
    await whole.waitFor()
    const [view] = stories.conversations
    const list = stories.messages[stories.interaction] ?? []
    const { cut: _, attachments: __, ...rest } = list[3] ?? never()
    if (!view) never()
    const interactions = view.interactions.map((one) => ({ ...one, numbering: 'another' }))
    stage.server.push({ t: 'conversation', conversation: { ...view, interactions } })
    const messages = [...list.slice(0, 3), { ...rest, text: '', erased: true }]
    stage.server.push({ t: 'messages', interaction: stories.interaction, messages })
    await page.getByText('This was erased.').first().waitFor()
    expect(await whole.count()).toBe(0)
    stage.server.answer(`GET /api/desk/conversations/${stories.conversation}`, 404, { reason: 'not-there', text: '' })
    stage.server.push({ t: 'gone', conversation: stories.conversation })
    await page.getByRole('heading', { name: 'Not here' }).waitFor()
    expect(await page.locator(`a[href$="${stories.conversation}"]`).count()).toBe(0)
  })

  it('asks for a contact with a small form in the language of the other side', async () => {
    const page = await desk('/desk/conversations/0190a000-0000-7000-8000-000000000072')
    await page.getByRole('button', { name: 'Ask for a contact' }).click()
    await page.getByLabel('Phone number', { exact: true }).check()
    await page.getByRole('button', { name: 'Send the form' }).click()
    await expect
      .poll(() => stage.server.frames.find((frame) => frame.t === 'say'))
      .toMatchObject({
        text: 'Wie kann ich Sie erreichen?',
        ask: [
          { name: 'email', label: 'E-Mail-Adresse', kind: 'email', required: true },
          { name: 'phone', label: 'Telefonnummer', kind: 'phone', required: false },
        ],
      })
  })

  it('decides what was held; discarding is asked about first', async () => {
    const page = await desk('/desk/held')
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Release' }).click()
    await expect
      .poll(() => stage.server.asked.map((one) => one.call).filter((call) => call.includes('/held/')))
      .toEqual([`POST /api/desk/held/${stories.held[0]?.id}/release`])
  })

  it('pauses, chooses topics, and adds and confirms an address', async () => {
    const page = await desk('/desk/settings')
    await page.getByRole('switch', { name: 'New questions reach me' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Paused: no new questions').waitFor()
    const wishes = page.getByRole('region', { name: 'All of these must fit' })
    await wishes.getByLabel('Repairs').check()
    await page.getByRole('button', { name: 'Save wishes' }).click()
    await page.getByLabel('Code', { exact: true }).fill('ab3 d9k')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect
      .poll(() => stage.server.asked.filter((one) => !one.call.includes('token') && !one.call.includes('would-i-get')))
      .toEqual([
        { call: 'PATCH /api/desk/me', body: { state: 'paused' } },
        { call: 'PUT /api/desk/me/criteria', body: { criteria: withTopics(stories.topics.slice(0, 2)) } },
        { call: 'POST /api/desk/addresses/confirm', body: { address: stories.me.addresses[2]?.id, code: 'AB3D9K' } },
      ])
  })

  it('A11 A12 adds a phone number, says at which hours a number is used, and sends a test there', async () => {
    const page = await desk('/desk/settings')
    await page.getByLabel('How it reaches you').selectOption('sms')
    await page.getByLabel('Mobile number').fill('40 61 23 45')
    await page.locator('.add-address').getByRole('button', { name: 'Add' }).click()
    await page.getByRole('button', { name: 'Send a test: +4740612345' }).click()
    await page.getByRole('button', { name: 'Test sent: +4740612345' }).waitFor()
    await page.getByRole('button', { name: 'At set hours: +4740612345' }).click()
    const dialog = page.getByRole('dialog', { name: 'When to use +4740612345' })
    await dialog.getByRole('radio', { name: /any/i }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const phone = stories.me.addresses[3]?.id
    await expect
      .poll(() => stage.server.asked.filter(({ call }) => call.includes('/addresses') && !call.startsWith('GET')))
      .toEqual([
        { call: 'POST /api/desk/addresses', body: { medium: 'sms', value: '40 61 23 45' } },
        { call: `POST /api/desk/addresses/${phone}/test`, body: {} },
        { call: `PATCH /api/desk/addresses/${phone}`, body: { hours: null } },
      ])
  })

  it('sets up the second step with a code drawn on the page itself', async () => {
    const page = await desk('/desk/settings')
    await page.getByLabel('Your password').fill('correct horse battery staple')
    await page.getByRole('button', { name: 'Set up' }).click()
    await page.getByRole('img', { name: /QR code/ }).waitFor()
    await page.getByText('GEZD GNBV').waitFor()
    await page.getByText('aB3dE-fG5hJ').waitFor()
    await page.getByLabel('Code that the app shows now').fill('123456')
    await page.getByRole('button', { name: 'Turn on' }).click()
    await expect
      .poll(() => stage.server.asked.map((one) => one.call))
      .toContain('POST /api/auth/two-factor/verify-totp')
  })

  it('goes everywhere by keys', async () => {
    const page = await desk('/desk/')
    await page.getByRole('link', { name: /A visitor from Alaska/ }).waitFor()
    await page.keyboard.press('j')
    await page.getByText('Why you were asked').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.getByRole('region', { name: 'Conversation with Visitor 12' }).waitFor()
    await page.keyboard.press('c')
    await page.keyboard.type('jk?')
    expect(await page.getByLabel('Write a message').inputValue()).toBe('jk?')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Ready when somebody asks' }).waitFor()
  })

  it('on a phone sees the list or what was chosen from it, and comes back', async () => {
    const page = await desk('/desk/', { viewport: { width: 390, height: 844 } })
    await page.getByRole('link', { name: /Visitor 7/ }).click()
    await page.getByRole('log').waitFor()
    expect(await page.getByRole('navigation').isVisible()).toBe(false)
    await page.getByRole('link', { name: 'Back to the list' }).click()
    await page.getByRole('navigation').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  it('reads the desk from right to left in Arabic', async () => {
    const page = await desk('/desk/', { locale: 'ar' })
    await page.getByRole('heading', { name: 'أسئلة تنتظر' }).waitFor()
    expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual([
      'rtl',
      'ar',
    ])
    const side = await page.getByRole('navigation').boundingBox()
    expect(side?.x).toBeGreaterThan(400)
  })

  it('hears of a new question wherever they are', async () => {
    const page = await desk('/desk/settings')
    await page.getByRole('heading', { name: 'Addresses' }).waitFor()
    await page.getByText('Connected', { exact: true }).waitFor()
    stage.server.answer('GET /api/desk/offers', 200, [
      ...stories.offers,
      { ...stories.offers[0], id: '0190a000-0000-7000-8000-000000000069', asker: 'A visitor from Peru' },
    ])
    stage.server.push({ t: 'changed', what: 'offers' })
    await page.getByRole('status').getByText('New question from A visitor from Peru').waitFor({ state: 'attached' })
  })
})

function never(): never {
  throw new Error('the stories have none')
}
