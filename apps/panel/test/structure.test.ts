import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeSource, panelStage } from './panel-stage.fixture.ts'
import { me } from './stories.fixture.ts'
import * as stories from './structure.fixture.ts'

const stage = panelStage()
const opens = (at: string, options?: BrowserContextOptions) => stage.opens(at, stories.withStructure, options)
const inputs = (name: string) =>
  stage.asked(`POST /api/desk/operations/${name}`).map((body) => (body as { input: unknown }).input)
const destination = (page: Page) => page.getByLabel('To whom').locator('option:checked').textContent()
const said = () => stage.server.frames.filter((frame) => frame.t === 'say')

const actions = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

const onBranch = async (page: Page, name: string, item: string) => {
  await page.getByRole('button', { name: 'Structure', exact: true }).waitFor()
  const inline = page.getByRole('button', { name: `Actions: ${name}`, exact: true })
  if ((await inline.count()) === 0) await page.getByRole('button', { name: 'Structure', exact: true }).click()
  await inline.click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}
const openReaders = (page: Page) => onBranch(page, 'Workshop', 'Who may read this…')

describe('the structure is open to everyone: axe finds nothing, and nothing is wider than the screen', () => {
  const wide = { width: 1280, height: 800 }
  /** So many of the pages in each: all of them where there is least room. */
  const modes: [string, BrowserContextOptions, number][] = [
    ['in light', { colorScheme: 'light', viewport: wide }, 2],
    ['in dark', { colorScheme: 'dark', viewport: wide }, 2],
    ['on a phone', { colorScheme: 'light', viewport: { width: 390, height: 844 } }, 99],
    ['from right to left', { colorScheme: 'dark', locale: 'ar', viewport: wide }, 5],
  ]
  const menu = (page: Page) => page.locator('.middle-head .mantine-ActionIcon-root[aria-haspopup]')
  const item = (page: Page, at: number) => page.locator('[role="menuitem"]').nth(at).click()
  const shown = (page: Page) => page.locator('.inside').first().waitFor()
  const dialog = async (page: Page, at: number) => {
    await shown(page)
    await menu(page).click()
    await item(page, at)
    await page.locator('[role="dialog"] button[type="submit"], [role="dialog"] .delivery').first().waitFor()
  }
  const pages: [string, string, (page: Page) => Promise<unknown>][] = [
    ['a conversation', stories.conversationPath, shown],
    [
      'a whisper being written',
      stories.conversationPath,
      async (page) => {
        await shown(page)
        await page.keyboard.press('Control+k')
        await page.locator('.composer[data-inside="true"]').waitFor()
      },
    ],
    [
      'the menu',
      stories.conversationPath,
      async (page) => {
        await shown(page)
        await menu(page).click()
        await page.locator('[role="menuitem"]').first().waitFor()
      },
    ],
    ['opening a backchannel', stories.conversationPath, (page) => dialog(page, 0)],
    ['fields', stories.conversationPath, (page) => dialog(page, 4)],
    ['merging', stories.conversationPath, (page) => dialog(page, 5)],
    ['what was done', stories.conversationPath, (page) => dialog(page, 8)],
    [
      'who may read',
      stories.conversationPath,
      async (page) => {
        await openReaders(page)
        await page.getByRole('dialog').getByText('From a message on').click()
        await page.getByLabel('To', { exact: true }).waitFor()
      },
    ],
    ['invitations', '/desk/invitations', (page) => page.locator('.card').waitFor()],
    ['watch', '/desk/watch', (page) => page.locator('.watch-row').waitFor()],
    ['search', '/desk/search?q=euros', (page) => page.locator('.hit mark').waitFor()],
    [
      'what somebody sees',
      `${stories.seerPath}/sees/${stories.conversation.id}`,
      (page) => page.locator('.sees-one').first().waitFor(),
    ],
    ['categories', '/desk/admin/categories', (page) => page.locator('.admin-card').first().waitFor()],
  ]
  const cases = modes.flatMap(([mode, options, most]) =>
    pages.slice(0, most).map(([name, at, ready]) => ({ mode, options, name, at, ready })),
  )
  it.each(cases)('$mode: $name', async ({ mode, options, name, at, ready }) => {
    const page = await opens(at, options)
    await ready(page)
    await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
    if (process.env.PARLEY_TEST_PICTURES) {
      await page.screenshot({ path: `${process.env.PARLEY_TEST_PICTURES}/${mode}-${name}.png`.replaceAll(' ', '-') })
    }
    await page.evaluate(axeSource)
    const found = await page.evaluate(async () => {
      interface Violation {
        id: string
        nodes: { html: string; failureSummary?: string }[]
      }
      const axe = (window as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe
      const { violations } = await axe.run({ resultTypes: ['violations'] })
      return violations.map((one) => [
        one.id,
        ...one.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`),
      ])
    })
    expect(found).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
  })
})

describe('C3 E6 an operator', () => {
  it('sees whispers and backchannels at their time, marked, and says in them what the visitor never gets', async () => {
    const page = await opens(stories.conversationPath)
    const whisper = page.getByRole('group', { name: /^Whisper with/ }).first()
    await whisper.getByText('The visitor does not see this').waitFor()
    const texts = await page.getByRole('log').locator('.bubble-text').allInnerTexts()
    expect(texts).toEqual([
      'Does the ferry take bicycles?',
      'It does, for four euros.',
      'Offer her the return ticket.',
      'Good idea.',
      'The rack on deck two is broken.',
      'She called and asked for Sunday.',
    ])
    await whisper.getByRole('button', { name: 'Respond' }).click()
    await page.getByLabel('Write inside').fill('I will.')
    await page.getByRole('button', { name: 'Send inside' }).click()
    await expect
      .poll(() => said().map(({ to, text }) => [to, text]))
      .toEqual([[{ interaction: stories.whispers.id }, 'I will.']])
  })

  it('whispers by a key, and what was begun as a whisper never becomes an answer to the visitor', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByLabel('Write a message').fill('For the visitor.')
    await page.keyboard.press('Control+k')
    const inside = page.getByLabel('Write inside')
    await inside.waitFor()
    expect(await inside.inputValue()).toBe('')
    expect(await destination(page)).toBe('Whisper to Olga')
    await inside.fill('She is my cousin.')
    await page.keyboard.press('Control+k')
    expect(await page.getByLabel('Write a message').inputValue()).toBe('For the visitor.')
    await page.keyboard.press('Control+k')
    expect(await inside.inputValue()).toBe('She is my cousin.')
    await inside.press('Enter')
    await expect
      .poll(() => inputs('whisper'))
      .toEqual([{ interaction: stories.exchange.id, text: 'She is my cousin.' }])
    await expect.poll(() => inside.inputValue()).toBe('')
    expect(said()).toEqual([])
  })

  it('keeps a whisper that was refused, and says why', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByLabel('Write a message').waitFor()
    stage.server.answer('POST /api/desk/operations/whisper', 409, {
      reason: 'no-such-person',
      text: 'Nobody is there.',
    })
    await page.keyboard.press('Control+k')
    await page.getByLabel('Write inside').fill('Hello?')
    await page.getByLabel('Write inside').press('Enter')
    await page.getByRole('alert').getByText('Nobody is there.').waitFor()
    expect(await page.getByLabel('Write inside').inputValue()).toBe('Hello?')
  })

  const closes = (id: string) => {
    const interactions = stories.conversation.interactions.map((one) =>
      one.id === id ? { ...one, state: 'closed' as const, writable: false } : one,
    )
    stage.server.push({ t: 'conversation', conversation: { ...stories.conversation, interactions } })
  }
  const gone = (page: Page) => page.getByRole('alert').getByText('Nothing can be sent there now')

  it.each([
    ['to one exchange', 'Write a message', `circle ${stories.exchange.id}`, stories.exchange.id],
    ['inside', 'Write inside', `backchannel ${stories.workshop.id}`, stories.workshop.id],
  ])(
    'what is written %s goes nowhere else when that closes: it stays, and waits for another choice',
    async (_, label, key, id) => {
      const page = await opens(stories.conversationPath)
      await page.getByLabel('To whom').selectOption(key)
      await page.getByLabel(label).fill('Between us.')
      closes(id)
      await gone(page).waitFor()
      await page.getByLabel(label).press('Enter')
      await page.getByLabel(label).press('Control+k')
      expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
      expect(await page.getByLabel(label).inputValue()).toBe('Between us.')
      expect([said(), inputs('whisper'), await destination(page)]).toEqual([[], [], 'Choose…'])
      await page.getByLabel('To whom').selectOption(`circle ${stories.second.id}`)
      await expect.poll(() => page.getByLabel('Write a message').inputValue()).toBe('Between us.')
      expect(await gone(page).count()).toBe(0)
    },
  )

  it('writes to those whom it was begun for, whoever else is there by then, after a look elsewhere too', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByLabel('To whom').selectOption(`circle ${stories.exchange.id}`)
    await page.getByLabel('Write a message').fill('For you two.')
    await page.getByRole('navigation').getByRole('link').filter({ hasText: 'Visitor 12' }).click()
    await expect.poll(() => page.getByLabel('Write a message').inputValue()).toBe('')
    await page.goBack()
    await expect.poll(() => page.getByLabel('Write a message').inputValue()).toBe('For you two.')
    expect(await page.getByLabel('To whom').inputValue()).toBe(`circle ${stories.exchange.id}`)
    await page.keyboard.press('Control+k')
    await page.getByLabel('Write inside').press('Control+k')
    expect(await page.getByLabel('To whom').inputValue()).toBe(`circle ${stories.exchange.id}`)
  })

  it('finds what was attached again after a look elsewhere, where it was attached and nowhere else', async () => {
    const page = await opens(stories.conversationPath)
    stage.server.answer('POST /api/uploads', 200, { id: stories.personId })
    await page.getByLabel('To whom').selectOption(`circle ${stories.exchange.id}`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('x') })
    const file = page.getByRole('button', { name: 'Remove plan.txt' })
    await file.waitFor()
    await page.getByRole('navigation').getByRole('link').filter({ hasText: 'Visitor 12' }).click()
    await file.waitFor({ state: 'detached' })
    await page.goBack()
    await file.waitFor()
    expect(await page.getByLabel('To whom').inputValue()).toBe(`circle ${stories.exchange.id}`)
    await page.keyboard.press('Control+k')
    await file.waitFor({ state: 'detached' })
  })

  it('looks at a backchannel where nobody writes any more, and nothing goes to the visitor before that is chosen', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByLabel('Write a message').waitFor()
    closes(stories.workshop.id)
    await page
      .getByRole('complementary', { name: 'Structure' })
      .getByRole('button', { name: /^Workshop/ })
      .first()
      .click()
    await gone(page).waitFor()
    await page.getByLabel('Write inside').fill('She is my cousin.')
    await page.getByLabel('Write inside').press('Enter')
    expect([said(), await page.getByLabel('Write inside').inputValue()]).toEqual([[], 'She is my cousin.'])
  })

  it('types on while a whisper is on its way: only what was sent goes from the box', async () => {
    const page = await opens(stories.conversationPath)
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const path = '**/api/desk/operations/whisper'
    await page.route(path, async (route) => {
      await held
      await route.continue()
    })
    await page.getByLabel('Write a message').waitFor()
    await page.keyboard.press('Control+k')
    const inside = page.getByLabel('Write inside')
    await inside.fill('She is my cousin.')
    await inside.press('Enter')
    await inside.pressSequentially(' Be kind.')
    goOn()
    await expect.poll(() => inside.inputValue()).toBe('Be kind.')
    await page.unroute(path)
    expect(inputs('whisper')).toEqual([{ interaction: stories.exchange.id, text: 'She is my cousin.' }])
  })

  it('looks at one backchannel alone, and writes there', async () => {
    const page = await opens(stories.conversationPath)
    const tree = page.getByRole('complementary', { name: 'Structure' })
    await tree
      .getByRole('button', { name: /^Workshop/ })
      .first()
      .click()
    await expect
      .poll(() => page.getByRole('log').locator('.bubble-text').allInnerTexts())
      .toEqual(['The rack on deck two is broken.'])
    expect(await destination(page)).toBe('In the backchannel: Workshop')
  })

  it('opens a backchannel with a colleague and an expert outside, from a chosen message on', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Choose messages')
    await page.getByLabel('Choose: It does, for four euros.').check()
    await page.getByRole('button', { name: 'Open a backchannel' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Whom' }).click()
    await page.getByRole('option', { name: 'Olga Ruiz (Olga)' }).click()
    await page.keyboard.press('Tab')
    await dialog.getByRole('button', { name: 'Somebody outside' }).click()
    await dialog.getByLabel('Address').fill('ida@ferries.test')
    await dialog.getByLabel('Name').last().fill('Captain Ida')
    await dialog.getByLabel('Note').fill('Is that still so?')
    await dialog.getByRole('button', { name: 'Open it' }).click()
    await page.getByText('The backchannel is open.').waitFor()
    expect(inputs('open-backchannel')).toEqual([
      {
        from: stories.exchange.id,
        people: [expect.any(String)],
        outside: { medium: 'email', address: 'ida@ferries.test', name: 'Captain Ida' },
        note: 'Is that still so?',
        history: { from: 2 },
      },
    ])
  })

  it('accepts an invitation and lands in what it leads to', async () => {
    const page = await opens('/desk/')
    await page.getByRole('link', { name: /Invitations/ }).click()
    await page.getByText('Do you know the timetable of the ferry?').waitFor()
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByRole('region', { name: 'Conversation with Visitor 12' }).waitFor()
    expect(inputs('answer-invitation')).toMatchObject([{ accept: true }])
  })

  it('A16 passes a ticket on to a colleague, with a note', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Transfer to others')
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Transfer', exact: true }).isDisabled()).toBe(true)
    await dialog.getByRole('combobox', { name: 'People' }).click()
    await page.getByRole('option', { name: 'Otto' }).click()
    await dialog.getByLabel('Note').fill('She is in a hurry.')
    await dialog.getByRole('button', { name: 'Transfer', exact: true }).click()
    await page.getByText('It was passed on.').waitFor()
    expect(inputs('transfer')).toEqual([
      { ticket: stories.tickets[0]?.id, to: { people: [stories.personId] }, note: 'She is in a hurry.' },
    ])
  })
})

describe('C4 an operator', () => {
  it('drags one conversation onto another, is asked what it means, and takes it back', async () => {
    const page = await opens(stories.conversationPath)
    const list = page.getByRole('navigation')
    await list
      .getByRole('link', { name: /Visitor 12/ })
      .dragTo(list.getByRole('link', { name: /^(?!.*Visitor 12).*Visitor 7/ }))
    const dialog = page.getByRole('dialog', { name: 'Merge “Visitor 12”' })
    await dialog.getByText('Nobody sees more than before').waitFor()
    await dialog.getByLabel('Both visitors are the same person').check()
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone').waitFor()
    expect(inputs('merge')).toEqual([
      {
        into: { conversation: stories.conversation.id },
        from: { conversation: stories.other.id },
        samePerson: true,
      },
    ])
    expect(inputs('undo')).toHaveLength(1)
  })

  it('merges by keys, and one ticket into another by dragging', async () => {
    const page = await opens(stories.conversationPath)
    await page.locator('.inside').first().waitFor()
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Merge into…' }).press('ArrowDown')
    await page.keyboard.press('Enter')
    await dialog.getByText('Everything of “Visitor 7, Olga”').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    const heads = page.locator('.tree-head')
    await heads.nth(1).dragTo(heads.nth(0))
    await page
      .getByRole('dialog', { name: 'Merge “Invoice”' })
      .getByRole('button', { name: 'Merge', exact: true })
      .click()
    await expect
      .poll(() => inputs('merge'))
      .toEqual([{ into: { ticket: stories.tickets[0]?.id }, from: { ticket: stories.tickets[1]?.id } }])
  })

  it('nothing can be dropped on what it cannot become one with', async () => {
    const page = await opens(stories.conversationPath)
    const row = (name: string) => page.locator('.tree-row').filter({ hasText: name })
    await row('Workshop').first().dragTo(row('With Visitor 7, Olga'))
    await row('Workshop').first().dragTo(row('Whisper with'))
    await page.getByRole('dialog', { name: 'Merge “Workshop”' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(1)
  })

  it('splits chosen messages off as a ticket of their own, in the order in which they were said', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Choose messages')
    await page.getByLabel('Choose: It does, for four euros.').check()
    await page.getByLabel('Choose: Does the ferry take bicycles?').check()
    expect(await page.getByLabel('Choose: Good idea.').isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Split off as a new ticket' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Bicycles')
    await page.getByRole('dialog').getByRole('button', { name: 'Split off' }).click()
    await page.getByText('A new ticket was split off.').waitFor()
    await page.getByLabel('Write a message').waitFor()
    const [first, second] = stories.messages[stories.exchange.id] ?? []
    expect(inputs('split')).toEqual([
      {
        ticket: stories.tickets[0]?.id,
        from: stories.exchange.id,
        messages: [first?.id, second?.id],
        people: [me.person],
        name: 'Bicycles',
      },
    ])
  })

  it('reads what was done, and undoes what was not undone yet', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'What was done')
    const list = page.getByRole('dialog', { name: 'What was done' })
    await list.getByText('Olga').waitFor()
    expect(await list.getByRole('button', { name: /^Undo/ }).count()).toBe(1)
    await list.getByRole('button', { name: 'Undo: Merge' }).click()
    await expect.poll(() => inputs('undo')).toEqual([{ operation: stories.done[0]?.operation }])
  })
})

describe('C1 C6 C7 C9 the house', () => {
  it('notes category, tags and folder beside a conversation', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Details')
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('combobox', { name: 'Category' }).click()
    expect(await page.getByRole('listbox').getByRole('option').allInnerTexts()).toEqual(['Delivery', 'Money'])
    await page.getByRole('option', { name: 'Money' }).click()
    await drawer.getByLabel('Name', { exact: true }).fill('The ferry')
    await drawer.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => inputs('set-fields'))
      .toMatchObject([
        {
          what: { conversation: stories.conversation.id },
          name: 'The ferry',
          category: expect.any(String),
        },
      ])
    // What somebody else may be changing meanwhile is left alone.
    expect(inputs('set-fields')[0]).not.toHaveProperty('tags')
  })

  it('notes beside a ticket until when it takes messages', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Details')
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('Of what').selectOption({ label: 'Invoice' })
    await drawer.getByLabel('Takes messages until').fill('2027-01-02T03:04')
    await drawer.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => inputs('set-fields')).toHaveLength(1)
    const [input] = inputs('set-fields')
    expect(input).toMatchObject({
      what: { ticket: stories.tickets[1]?.id },
      takesUntil: new Date('2027-01-02T03:04').toISOString(),
    })
    expect(input).not.toHaveProperty('takesFrom')
  })

  it('files what was said on the phone', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByText(/Filed: .*Visitor 7.* · .*phone/).waitFor()
    await actions(page, 'File what was said elsewhere')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What was said').fill('She pays in cash.')
    await dialog.getByLabel('Who said it').fill('Visitor 7')
    await dialog.getByLabel('Over what').fill('phone')
    await dialog.getByLabel('When').fill('2026-01-02T03:04')
    await page
      .locator('input[type="file"]')
      .last()
      .setInputFiles({ name: 'call.txt', mimeType: 'text/plain', buffer: Buffer.from('Rrring') })
    await dialog.getByRole('button', { name: 'File it' }).click()
    await expect
      .poll(() => inputs('file'))
      .toMatchObject([
        {
          said: {
            text: 'She pays in cash.',
            by: { name: 'Visitor 7' },
            over: 'phone',
            attachments: [expect.any(String)],
            at: new Date('2026-01-02T03:04').toISOString(),
          },
        },
      ])
  })

  it('begins a space of one’s own', async () => {
    const page = await opens('/desk/')
    await page.getByRole('button', { name: 'New note' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Winter plans')
    await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click()
    await expect.poll(() => inputs('open-own-space')).toEqual([{ name: 'Winter plans' }])
  })

  it('erases only what somebody typed the word for', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Erase it for good')
    const dialog = page.getByRole('dialog')
    const button = dialog.getByRole('button', { name: 'Erase', exact: true })
    expect(await button.isDisabled()).toBe(true)
    await dialog.getByLabel(/type/).fill('erase')
    await button.click()
    await expect.poll(() => inputs('erase')).toEqual([{ conversation: stories.conversation.id }])
  })
})

describe('C2 who watches over a conversation', () => {
  const choose = async (page: Page, label: string, name: string) => {
    await page.getByRole('dialog').getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name }).click()
    await page.keyboard.press('Tab')
  }

  it('lets a colleague read a part of an interaction, and takes it back', async () => {
    const page = await opens(stories.conversationPath)
    await onBranch(page, 'With Visitor 7, Olga', 'Who may read this…')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Takes part').first().waitFor()
    expect(await dialog.locator('.reader strong').allInnerTexts()).toEqual(['Visitor 7', 'Bo', 'Olga', 'Otto', 'Ivo'])
    await choose(page, 'Whom', 'Otto')
    await dialog.getByText('From a message on').click()
    const give = dialog.getByRole('button', { name: 'Let them read' })
    await dialog.getByLabel('From', { exact: true }).selectOption({ label: '2 · It does, for four euros.' })
    await dialog.getByLabel('To', { exact: true }).selectOption({ label: '1 · Does the ferry take bicycles?' })
    expect(await give.isDisabled()).toBe(true)
    await dialog.getByLabel('To', { exact: true }).selectOption({ label: '3 · She called and asked for Sunday.' })
    await give.click()
    await page.getByText('They may read it now.').waitFor()
    const whom = { interaction: stories.exchange.id, person: stories.personId }
    expect(inputs('grant')).toEqual([{ ...whom, from: 2, to: 3 }])
    await onBranch(page, 'With Visitor 7, Olga', 'Who may read this…')
    await dialog.getByRole('button', { name: 'Take back what Otto was given' }).click()
    await page.getByText('It was taken back.').waitFor()
    expect(inputs('revoke')).toEqual([whom])
  })

  it('lets a team in, lets those who answer see each other, and names who is there and who manages', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Let a team in…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Team' }).click()
    await dialog.getByRole('option').first().click()
    await page.keyboard.press('Tab')
    await dialog.getByLabel('What was said before, too').check()
    await dialog.getByRole('button', { name: 'Let them in' }).click()
    await expect
      .poll(() => inputs('let-team-in'))
      .toEqual([{ conversation: stories.conversation.id, team: expect.any(String), history: 'all' }])
    await actions(page, 'Let them see each other')
    await dialog.getByText('Not any more').click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => inputs('let-see')).toEqual([{ conversation: stories.conversation.id, on: false }])

    const ivo = stories.workshop.participants[1]?.id
    await onBranch(page, 'Workshop', 'Ivo may manage this')
    await expect.poll(() => inputs('set-place')).toEqual([{ participant: ivo, manages: true }])
    stage.server.answer('POST /api/desk/operations/set-place', 409, {
      reason: 'alias-taken',
      text: 'Somebody here is called so already.',
    })
    await onBranch(page, 'Workshop', 'Call Ivo something else…')
    await dialog.getByLabel('Name in this place').fill(' Bo ')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Somebody here is called so already.').waitFor()
    expect(inputs('set-place').at(-1)).toEqual({ participant: ivo, alias: 'Bo' })
  })

  it('unties what is linked, and is not offered to seal what is sealed', async () => {
    const page = await opens(stories.conversationPath)
    await page.locator('.marks').getByText('Sealed').waitFor()
    await page.getByRole('button', { name: 'Unlink: Visitor 12' }).click()
    await expect
      .poll(() => inputs('unlink'))
      .toEqual([{ a: { ticket: stories.tickets[0]?.id }, b: { conversation: stories.other.id } }])
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Erase it for good' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Seal it' }).count()).toBe(0)
  })
})

describe('dialogs and menus', () => {
  const delayed = async (page: Page, name: string) => {
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route(`**/api/desk/operations/${name}`, async (route) => {
      await held
      await route.continue()
    })
    return goOn
  }
  const file = async (page: Page) => {
    await actions(page, 'File what was said elsewhere')
    await page.getByRole('textbox', { name: 'What was said' }).fill('Yes.')
    await page.getByRole('button', { name: 'File it' }).click()
  }

  it('one that was left while it was at work closes none that was opened since, and says why it was refused', async () => {
    const page = await opens(stories.conversationPath)
    stage.server.answer('POST /api/desk/operations/file', 409, { reason: 'wrong-state', text: 'It is too late.' })
    const goOn = await delayed(page, 'file')
    await file(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await actions(page, 'Transfer to others')
    const dialog = page.getByRole('dialog', { name: 'Transfer to others' })
    await dialog.waitFor()
    goOn()
    await page.getByRole('status').getByText('It is too late.').waitFor()
    expect(await dialog.count()).toBe(1)
    await page.unroute('**/api/desk/operations/file')
  })

  it('one that was left and then succeeds leaves open what was opened since', async () => {
    const page = await opens(stories.conversationPath)
    const goOn = await delayed(page, 'file')
    await file(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await actions(page, 'Transfer to others')
    const dialog = page.getByRole('dialog', { name: 'Transfer to others' })
    await dialog.waitFor()
    goOn()
    await page.getByText('It was filed.').waitFor()
    expect(await dialog.count()).toBe(1)
    await page.unroute('**/api/desk/operations/file')
  })

  it('of a conversation that goes while it is open: drawers open again', async () => {
    const page = await opens(stories.conversationPath)
    await actions(page, 'Erase it for good')
    await page.getByRole('dialog').waitFor()
    stage.server.answer(`GET /api/desk/conversations/${stories.conversation.id}`, 404, {
      reason: 'not-there',
      text: '',
    })
    stage.server.push({ t: 'gone', conversation: stories.conversation.id })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('navigation').getByRole('link').filter({ hasText: 'Visitor 12' }).click()
    await actions(page, 'Details')
    await page.getByRole('dialog', { name: 'Details' }).waitFor()
  })

  it('a key in an open menu is the menu’s', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Details', exact: true }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('s')
    await page.keyboard.press('m')
    expect([page.url().endsWith(stories.conversationPath), await page.getByRole('menu').count()]).toEqual([true, 1])
  })

  it('a menu in the tree is chosen from by a hand that trembles, and nothing is lifted', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByRole('button', { name: 'Actions: Workshop', exact: true }).click()
    const item = page.getByRole('menuitem', { name: 'Who may read this…', exact: true })
    const box = await item.boundingBox()
    if (!box) throw new Error('no item')
    await page.mouse.move(box.x + 20, box.y + 12)
    await page.mouse.down()
    await page.mouse.move(box.x + 60, box.y + 14, { steps: 4 })
    expect(await page.locator('.drag-ghost').count()).toBe(0)
    await page.mouse.up()
    await page.getByRole('dialog').waitFor()
  })

  it('who may read is left by the link to what they see', async () => {
    const page = await opens(stories.conversationPath)
    await openReaders(page)
    await page.getByRole('dialog').getByRole('link', { name: 'What do they see?' }).first().click()
    await page.waitForURL('**/sees')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})

describe('a supervisor', () => {
  it('A20 takes a seat beside a conversation that goes on', async () => {
    const page = await opens('/desk/watch')
    await page.getByRole('button', { name: /^Observe: Exchange/ }).click()
    await page.getByText('You are watching.').waitFor()
    expect(inputs('observe')).toMatchObject([{ history: 'all' }])
  })
})

describe('an administrator', () => {
  it('A13 C2 sees what somebody sees and why, and the words only where they ask for them', async () => {
    const page = await opens(stories.seerPath)
    await page.getByRole('link', { name: 'What do they see?' }).click()
    await page.locator('.admin-list').getByRole('link', { name: 'Visitor 7, Olga' }).click()
    const whispers = page.locator('.sees-one').filter({ hasText: 'Whisper with' })
    await whispers.getByText(/Takes part.*Messages 2–5.*by Sue/).waitFor()
    await whispers.getByText(/By a rule.*Messages from 7 on.*The team Workshop was let in/).waitFor()
    expect(await page.getByText('Offer her the return ticket.').count()).toBe(0)
    await whispers.getByRole('button', { name: /Show what was said/ }).click()
    await whispers.getByText('Offer her the return ticket.').waitFor()
  })
})

describe('search', () => {
  it('opens a conversation at the message that was found', async () => {
    const page = await opens('/desk/')
    await page.getByRole('link', { name: 'Search' }).waitFor()
    await page.keyboard.press('/')
    await page.getByLabel('Words').fill('euros')
    await page.getByLabel('Words').press('Enter')
    await page
      .getByRole('link', { name: /four euros/ })
      .last()
      .click()
    await page.locator('.bubble[data-found="true"]').getByText('four euros').waitFor()
  })

  it('shows nothing of what was searched for before as found now', async () => {
    const page = await opens('/desk/search?q=euros')
    const hit = page.getByRole('link', { name: /four euros/ })
    await hit.waitFor()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route('**/api/desk/search?q=tent', async (route) => {
      await held
      await route.continue()
    })
    await page.getByLabel('Words').fill('tent')
    await page.getByLabel('Words').press('Enter')
    await page.waitForURL('**/search?q=tent')
    await hit.waitFor({ state: 'detached' })
    goOn()
    await hit.waitFor()
    await page.unroute('**/api/desk/search?q=tent')
  })

  it('goes back page by page to a message that was found, below what is oldest of all too', async () => {
    const [one] = stories.messages[stories.whispers.id] ?? []
    if (!one) throw new Error('no message')
    const page = (n: number) => ({ ...one, n, id: `${one.id.slice(0, -3)}${900 + n}`, text: `Number ${n}.` })
    const shown = await stage.opens(`${stories.conversationPath}?message=${page(1).id}`, (server) => {
      stories.withStructure(server)
      server.holds([{ ...stories.conversation }], { ...stories.messages, [stories.whispers.id]: [] })
    })
    await shown.getByText('It does, for four euros.').waitFor()
    stage.server.push({ t: 'messages', interaction: stories.whispers.id, messages: [page(3)], more: true })
    const reads = () => stage.server.frames.flatMap((frame) => (frame.t === 'read' ? [frame] : []))
    for (const n of [2, 1]) {
      await expect.poll(reads).toContainEqual({ t: 'read', interaction: stories.whispers.id, before: n + 1 })
      stage.server.push({ t: 'messages', interaction: stories.whispers.id, messages: [page(n)] })
    }
    await shown.locator('[data-found="true"]').getByText('Number 1.').waitFor()
  })
})
