import type { InteractionView } from '@parley/protocol'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { FakeServer } from './fake-server.fixture.ts'
import { axeSource, panelStage } from './panel-stage.fixture.ts'
import { me } from './stories.fixture.ts'
import * as stories from './structure.fixture.ts'

const stage = panelStage()
const opens = (at: string, prepare?: (server: FakeServer) => void, options?: BrowserContextOptions) =>
  stage.opens(
    at,
    (server) => {
      stories.withStructure(server)
      prepare?.(server)
    },
    options,
  )
const inputs = (name: string) =>
  stage.asked(`POST /api/desk/operations/${name}`).map((body) => (body as { input: unknown }).input)
const openDetails = async (page: Page) => {
  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Details', exact: true }).click()
  const drawer = page.getByRole('dialog', { name: 'Details' })
  await drawer.getByRole('heading', { name: 'Who is in it' }).waitFor()
  return drawer
}

async function violations(page: Page) {
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
  if (process.env.PARLEY_TEST_PICTURES) {
    const name = expect.getState().currentTestName?.replaceAll(/\W+/g, '-').slice(-60)
    await page.screenshot({ path: `${process.env.PARLEY_TEST_PICTURES}/${name}.png` })
  }
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    interface Violation {
      id: string
      nodes: { html: string; failureSummary?: string }[]
    }
    const axe = (window as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe
    const { violations: found } = await axe.run({ resultTypes: ['violations'] })
    return found.map((one) => [one.id, ...one.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`)])
  })
}

describe('C1 details', () => {
  it('are written in one place: facts, own rules for who answers, own categories, the main person; only what was changed is sent', async () => {
    const page = await opens(stories.conversationPath)
    const drawer = await openDetails(page)
    const save = drawer.getByRole('button', { name: 'Save' })
    expect(await save.isDisabled()).toBe(true)
    await drawer.getByRole('button', { name: 'Add a fact' }).click()
    await drawer.getByLabel('Value of fact 1').fill('A-1')
    await drawer.getByText('Give it a name.').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await drawer.getByLabel('Name of fact 1').fill('order')
    await drawer.getByRole('combobox', { name: 'Main person' }).click()
    await page.getByRole('option', { name: /^Olga · With/ }).click()
    await drawer.getByLabel('Only some categories can be chosen here').check()
    await drawer.getByRole('combobox', { name: 'Which ones' }).click()
    await page.getByRole('option', { name: 'Money' }).click()
    await page.keyboard.press('Tab')
    await drawer.getByRole('combobox', { name: 'Who may answer' }).click()
    await page.getByRole('option', { name: 'The first few' }).click()
    expect(await violations(page)).toEqual([])
    stage.server.answer('POST /api/desk/operations/set-fields', 400, {
      reason: 'malformed-request',
      text: 'metadata: nested no deeper than 8',
    })
    await save.click()
    await drawer.getByText('metadata: nested no deeper than 8').waitFor()
    expect(inputs('set-fields')).toEqual([
      {
        what: { conversation: stories.conversation.id },
        metadata: { order: 'A-1' },
        primary: expect.any(String),
        categories: [expect.any(String)],
        answers: { admission: { kind: 'first-n', slots: 2 } },
      },
    ])
  })

  it('a place gets another name, manages or watches, from the same panel', async () => {
    const page = await opens(stories.conversationPath)
    const drawer = await openDetails(page)
    await drawer.getByLabel('Of what').selectOption({ label: 'Workshop' })
    await drawer.getByRole('button', { name: 'Change Ivo' }).click()
    await drawer.getByLabel('Name in this place').fill('Juniper')
    await drawer.getByLabel('May manage this').check()
    await drawer.locator('.place-form').getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => inputs('set-place'))
      .toEqual([{ participant: stories.workshop.participants[1]?.id, alias: 'Juniper', manages: true }])
  })

  it('stay those of what was chosen, and nothing of a place is written over that a colleague changes meanwhile', async () => {
    const page = await opens(stories.conversationPath)
    const drawer = await openDetails(page)
    await drawer.getByLabel('Of what').selectOption({ label: 'Workshop' })
    await drawer.getByRole('button', { name: 'Change Ivo' }).click()
    await drawer.getByLabel('May manage this').check()
    const interactions = stories.conversation.interactions
      .filter(({ id }) => id !== stories.whispers.id)
      .map((one) =>
        one.id === stories.workshop.id
          ? { ...one, participants: one.participants.map((place) => (place.you ? place : { ...place, alias: 'Ivan' })) }
          : one,
      )
    stage.server.push({ t: 'conversation', conversation: { ...stories.conversation, interactions } })
    await expect.poll(() => drawer.getByLabel('Name in this place').inputValue()).toBe('Ivan')
    expect(await drawer.getByLabel('Of what').inputValue()).toBe(stories.workshop.id)
    await drawer.locator('.place-form').getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => inputs('set-place'))
      .toEqual([{ participant: stories.workshop.participants[1]?.id, manages: true }])
  })

  it('C5 a place is put behind a face, and a refusal says why', async () => {
    const ivo = stories.workshop.participants[1]?.id ?? ''
    const page = await opens(stories.conversationPath, (server) =>
      server.answer('GET /api/desk/fields', 200, { ...stories.fields, faces: { [ivo]: 'house' } }),
    )
    const drawer = await openDetails(page)
    await drawer.getByLabel('Of what').selectOption({ label: 'Workshop' })
    await drawer.getByRole('button', { name: 'Change Ivo' }).click()
    const face = drawer.getByLabel('Seen by others as')
    await expect.poll(() => face.inputValue()).toBe('house')
    await face.selectOption({ label: 'Another face' })
    const save = drawer.locator('.place-form').getByRole('button', { name: 'Save' })
    expect(await save.isDisabled()).toBe(true)
    await drawer.getByLabel('Name of the face').fill('ivo@people.test')
    expect(await violations(page)).toEqual([])
    stage.server.answer('POST /api/desk/operations/set-place', 409, {
      reason: 'alias-identifies',
      text: 'This would tell who somebody is.',
    })
    await save.click()
    await drawer.locator('.place-form').getByText('This would tell who somebody is.').waitFor()
    stage.server.answer('POST /api/desk/operations/set-place', 200, {
      operation: stories.conversation.id,
      undoable: true,
    })
    await face.selectOption({ label: 'Themselves' })
    await save.click()
    await expect
      .poll(() => inputs('set-place'))
      .toEqual([
        { participant: ivo, face: 'ivo@people.test' },
        { participant: ivo, face: null },
      ])
  })

  it('are shown, and not to be changed, to who may not change them', async () => {
    const page = await opens(
      stories.conversationPath,
      (server) => {
        server.state.me = { ...me, role: 'responder' }
      },
      { viewport: { width: 390, height: 844 } },
    )
    const drawer = await openDetails(page)
    await drawer.getByText('What you are told of it.').waitFor()
    expect(await drawer.locator('.details-shown dd').allInnerTexts()).toEqual(['Open', 'island, urgent', 'Autumn'])
    expect(await drawer.getByRole('textbox').count()).toBe(0)
    expect(await drawer.getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
  })
})

describe('C2 who may read this', () => {
  it('lists everybody with each right, its part and its giver, people without a place too, and takes back what was given', async () => {
    const page = await opens(stories.conversationPath)
    await page.getByRole('button', { name: 'Actions: With Visitor 7, Olga', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Who may read this…' }).click()
    const list = page.getByRole('list', { name: 'Who may read this' })
    const otto = list.locator('.reader').filter({ hasText: 'Otto' })
    await otto.getByText(/Was given the right.*Messages 2–3.*by Bo/).waitFor()
    await otto.getByText('Not in it').waitFor()
    await list.getByText(/Nothing of what you read yourself.*Those who answer see each other/).waitFor()
    await list.getByText(/By a rule.*Messages from 4 on.*The team .*was let in/).waitFor()
    expect(await violations(page)).toEqual([])
    await otto.getByRole('button', { name: 'Take back what Otto was given' }).click()
    await expect.poll(() => inputs('revoke')).toEqual([{ interaction: stories.exchange.id, person: stories.personId }])
  })
})

describe('C2 a conversation that did not come with the list', () => {
  const old = {
    ...stories.other,
    id: '0190b000-0000-7000-8000-000000000077',
    name: 'From last winter',
    interactions: [] as InteractionView[],
  }
  it('is opened from a link or a hit', async () => {
    const page = await opens(`/desk/conversations/${old.id}`, (server) =>
      server.answer(`GET /api/desk/conversations/${old.id}`, 200, old),
    )
    await page.getByRole('heading', { name: 'From last winter' }).waitFor()
  })

  it('is the one that it became, where it was merged', async () => {
    const page = await opens('/desk/conversations/gone', (server) =>
      server.answer('GET /api/desk/conversations/gone', 200, old),
    )
    await page.waitForURL(`**/conversations/${old.id}`)
  })

  it('says so where it is not there, and offers to try again where that could not be asked', async () => {
    const page = await opens('/desk/conversations/gone', (server) =>
      server.answer('GET /api/desk/conversations/gone', 404, { reason: 'not-there', text: '' }),
    )
    await page.getByRole('heading', { name: 'Not here' }).waitFor()
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  })
})

describe('C4 something is drawn onto another of its kind', () => {
  it('by a finger that rests first and then moves: says what would happen, and asks before it does', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const page = await opens('/desk/', undefined, phone)
    const list = page.getByRole('navigation')
    const from = await list.getByRole('link', { name: /Visitor 12/ }).boundingBox()
    const into = await list.getByRole('link', { name: /^(?!.*Visitor 12).*Visitor 7/ }).boundingBox()
    if (!from || !into) throw new Error('no rows')
    const finger = await page.context().newCDPSession(page)
    const touch = (type: string, box?: { x: number; y: number }) =>
      finger.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: box ? [{ x: box.x + 60, y: box.y + 20 }] : [],
      })
    // Moved at once it scrolls, and nothing is lifted.
    await touch('touchStart', from)
    await touch('touchMove', into)
    await touch('touchEnd')
    expect(await page.locator('.drag-ghost').count()).toBe(0)
    await touch('touchStart', from)
    await page.getByText('“Visitor 12”: drag it onto another of its kind').waitFor()
    await touch('touchMove', into)
    await page.getByText('Let go to merge “Visitor 12” into “Visitor 7, Olga”').waitFor()
    await touch('touchEnd')
    const dialog = page.getByRole('dialog', { name: 'Merge “Visitor 12”' })
    await dialog.getByText('Nobody sees more than before').waitFor()
    expect(inputs('merge')).toEqual([])
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).waitFor()
    expect(inputs('merge')).toEqual([
      { into: { conversation: stories.conversation.id }, from: { conversation: stories.other.id } },
    ])
  })

  it('by keys where it has the focus; held near an edge it scrolls the tree, and Escape puts back what a mouse has lifted', async () => {
    const page = await opens(stories.conversationPath)
    const workshop = page.locator('.tree-row').filter({ hasText: 'Workshop' })
    await workshop.getByRole('button', { name: /^Workshop/ }).focus()
    await page.keyboard.press('m')
    await page.getByRole('dialog', { name: 'Merge “Workshop”' }).getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await workshop.hover()
    await page.mouse.down()
    await page.locator('.tree-row').filter({ hasText: 'Whisper with' }).hover()
    await page.locator('.drag-ghost').waitFor()
    const usual = page.viewportSize()
    // In a window so low that the tree scrolls: held at its end it does, and back at its beginning.
    await page.setViewportSize({ width: 1280, height: 300 })
    const tree = page.locator('.conversation-tree')
    const { x, y, height } = (await tree.boundingBox()) ?? { x: 0, y: 0, height: 0 }
    const [scrolled, most] = [
      () => tree.evaluate((list) => list.scrollTop),
      await tree.evaluate((list) => list.scrollHeight - list.clientHeight),
    ]
    expect(most).toBeGreaterThan(40)
    await page.mouse.move(x + 40, y + height / 2)
    expect(await scrolled()).toBe(0)
    await page.mouse.move(x + 40, y + height - 2)
    await expect.poll(scrolled).toBeGreaterThanOrEqual(most - 1)
    await page.mouse.move(x + 40, y + 2)
    await expect.poll(scrolled).toBe(0)
    await page.mouse.move(x + 40, y + height - 2)
    await expect.poll(scrolled).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.locator('.drag-ghost').waitFor({ state: 'detached' })
    // What was put back scrolls nothing any more, wherever the mouse is still held.
    const still = await tree.evaluate(async (list) => {
      list.scrollTop = 0
      for (let frames = 3; frames > 0; frames--) await new Promise(requestAnimationFrame)
      return list.scrollTop
    })
    expect(still).toBe(0)
    // The page is the next story's, too.
    await page.setViewportSize(usual ?? { width: 1280, height: 720 })
    await page.mouse.up()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(page.url()).toContain('/conversations/')
  })
})

describe('C9 sealing below a conversation, and erasing somebody', () => {
  const open = { ...stories.conversation }
  delete open.sealed
  const sealedTicket = {
    ...open,
    tickets: stories.tickets.map((one, at) => (at === 1 ? { ...one, sealed: true as const } : one)),
  }
  const withOpen = (server: FakeServer) => {
    server.holds([sealedTicket, stories.other], stories.messages)
    server.answer('POST /api/desk/operations/seal', 200, {
      operation: '0190b000-0000-7000-8000-000000000801',
      undoable: false,
    })
    server.answer('POST /api/desk/operations/erase-person', 200, {
      operation: '0190b000-0000-7000-8000-000000000802',
      undoable: false,
    })
  }
  const onRow = async (page: Page, name: string, item: string) => {
    await page.getByRole('button', { name: `Actions: ${name}`, exact: true }).click()
    await page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  it('a ticket, an exchange, a message and what is about to be said are sealed by themselves; what is sealed is marked', async () => {
    const page = await opens(stories.conversationPath, withOpen)
    await page.locator('.tree-head').filter({ hasText: 'Invoice' }).getByText('Sealed').waitFor()
    const seal = page.getByRole('dialog').getByRole('button', { name: 'Seal', exact: true })
    await onRow(page, 'Ferry', 'Seal this ticket')
    await page.getByRole('dialog').getByText('older backups still hold').waitFor()
    await seal.click()
    await onRow(page, 'Workshop', 'Seal this exchange')
    await seal.click()
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Choose messages' }).click()
    await page.getByLabel('Choose: It does, for four euros.').check()
    await page.getByRole('button', { name: 'Seal this message' }).click()
    await seal.click()
    await page.locator('.bubble').filter({ hasText: 'for four euros' }).getByText('Sealed').waitFor()
    await page.getByLabel('Write a message').fill('Her number is 7.')
    await page.getByRole('checkbox', { name: 'Sealed' }).check()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const said = () => stage.server.frames.flatMap((frame) => (frame.t === 'say' ? [[frame.text, frame.sealed]] : []))
    await expect.poll(said).toEqual([['Her number is 7.', true]])
    expect(await page.getByRole('checkbox', { name: 'Sealed' }).isChecked()).toBe(false)
    await page.keyboard.press('Control+k')
    await page.getByLabel('Write inside').fill('She is my cousin.')
    await page.getByRole('checkbox', { name: 'Sealed' }).check()
    await page.getByLabel('Write inside').press('Enter')
    await expect.poll(() => inputs('whisper')).toMatchObject([{ text: 'She is my cousin.', sealed: true }])
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: 'File what was said elsewhere' }).click()
    await page.getByRole('dialog').getByLabel('What was said').fill('She pays in cash.')
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Sealed' }).check()
    await page.getByRole('button', { name: 'File it' }).click()
    await expect.poll(() => inputs('file')).toMatchObject([{ said: { text: 'She pays in cash.', sealed: true } }])
    expect(inputs('seal')).toEqual([
      { ticket: stories.tickets[0]?.id },
      { interaction: stories.workshop.id },
      { message: stories.messages[stories.exchange.id]?.[1]?.id },
    ])
  })

  it('an administrator erases a person where the word was typed, and is told what stays in backups', async () => {
    const page = await opens(stories.conversationPath, withOpen)
    await onRow(page, 'With Visitor 7, Olga', 'Who may read this…')
    const otto = page.locator('.reader').filter({ hasText: 'Otto' })
    await otto.getByRole('button', { name: 'Erase for good…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Erase Otto for good' })
    await dialog.getByText('stays in older backups').waitFor()
    const erase = dialog.getByRole('button', { name: 'Erase', exact: true })
    expect(await erase.isDisabled()).toBe(true)
    await dialog.getByLabel(/type/).fill('erase')
    expect(await violations(page)).toEqual([])
    await erase.click()
    await expect.poll(() => inputs('erase-person')).toEqual([{ person: stories.personId }])
  })
})
