import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deskperson } from './deskperson.ts'
import type { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = { timeout: 30_000 }

await describeWithPeers(['chromium'], 'an administrator and the concierge', () => {
  let stage: WindowStage
  let desk: Deskperson
  let ana: Visitor
  let ben: Visitor

  beforeAll(async () => {
    stage = await openWindowStage({ responders: ['Juniper'] })
    desk = await stage.atDesk('Juniper')
    ana = await stage.visitor()
    ben = await stage.visitor()
  })
  afterAll(async () => {
    await Promise.all([ana?.leaves(), ben?.leaves(), desk?.leaves()])
    await stage?.close()
  })

  test('B4 an administrator builds a script they can see, is refused where it leads nowhere, tries it and switches it on; visitors are asked by it, and the picture shows where one of them stopped', async () => {
    const { page } = desk
    const see = (what: Locator) => what.first().waitFor(patience)
    const box = (step: string) => page.locator(`[data-step="${step}"]`)
    const text = page.getByRole('textbox', { name: 'What it says' })
    const dialog = page.getByRole('dialog')
    const way = (name: string) => page.getByRole('combobox', { name, exact: true })
    const choose = async (list: Locator, option: RegExp) => {
      await list.click(patience)
      await page.getByRole('option', { name: option }).click(patience)
    }

    await page.getByRole('link', { name: 'Administration' }).click(patience)
    await page.getByRole('link', { name: 'Concierge' }).click(patience)
    await page.getByRole('link', { name: 'New script' }).click(patience)
    await text.fill('Is it about an order?', patience)

    // By mouse: an answer gets a way of its own, to a new question.
    await choose(way('Kind of answer'), /^Yes or no/)
    await choose(way('Goes on, when the answer is “Yes”, at'), /^\+ Add a step/)
    await dialog.getByRole('button', { name: /^Question/ }).click(patience)
    await see(box('question-2'))
    await text.fill('What is the order number?')
    await choose(way('Kind of answer'), /^A number/)

    // By keys: a third question after it.
    await dialog.waitFor({ state: 'detached', ...patience })
    await box('question-2').focus()
    await page.keyboard.press('a')
    await expect.poll(() => dialog.locator('button:focus').textContent(), patience).toMatch(/^Question/)
    await page.keyboard.press('Enter')
    await see(box('question-3'))
    await dialog.waitFor({ state: 'detached', ...patience })
    await box('question-3').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => text.evaluate((one) => one.matches(':focus')), patience).toBe(true)
    await page.keyboard.type('What happened to it?')
    await see(box('question-3').getByText('What happened to it?'))

    // Without the last step two ways lead nowhere.
    await box('question-3').focus()
    await page.keyboard.press('End')
    await see(page.locator('[data-step="hand-over-1"][data-chosen="true"]'))
    await page.keyboard.press('Delete')
    await expect.poll(() => page.getByRole('button', { name: 'Leads nowhere yet' }).count(), patience).toBe(2)
    await see(page.locator('[data-step="question-3"][data-problem="refused"]'))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await see(page.locator('[data-step="question-1"][data-chosen="true"]'))
    await see(page.getByRole('status').getByText('Leads nowhere: choose where it goes on.'))
    expect(new URL(page.url()).pathname).toBe('/desk/admin/concierge/new')

    await page.getByRole('button', { name: 'Leads nowhere yet' }).first().click()
    await dialog.getByRole('button', { name: /^Hand over/ }).click(patience)
    await see(box('hand-over-1'))
    await dialog.waitFor({ state: 'detached', ...patience })
    await text.fill('Thank you. Somebody will be here soon.')
    const wrong = page.locator('[data-problem="refused"]')
    await expect.poll(() => wrong.count(), patience).toBe(1)
    const open = await wrong.getAttribute('data-step')
    await box(open ?? '').click(patience)
    await choose(page.getByRole('combobox', { name: /^Goes on at/ }), /^hand-over-1/)
    await see(page.getByText('Nothing stands in the way of saving.'))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL((url) => /concierge\/[0-9a-f-]{36}$/.test(url.pathname), patience)
    await see(page.getByText('Nothing changed since version 1'))

    // In the preview, before anybody else is asked.
    await page.getByRole('tab', { name: 'Try it' }).click(patience)
    const log = page.getByRole('log', { name: 'Preview' })
    const say = page.getByRole('textbox', { name: 'Answer as the visitor' })
    for (const [said, asked] of [
      ['My tent is late.', 'Is it about an order?'],
      ['yes', 'What is the order number?'],
      ['4711', 'What happened to it?'],
    ] as const) {
      await say.fill(said, patience)
      await say.press('Enter')
      await see(log.getByText(asked))
    }
    await see(page.locator('[data-step="question-3"][data-standing="true"]'))
    await say.fill('It never came.')
    await say.press('Enter')
    await see(page.getByText('Handed over to people.'))

    await ben.says('Nobody asks me anything yet.')
    await see(page.getByRole('link').filter({ hasText: 'Nobody asks me anything yet.' }))
    await page.getByRole('switch', { name: 'Use “New script”' }).press(' ')
    await see(page.getByText('On', { exact: true }))

    await ana.says('My tent is late.')
    await ana.sees('Is it about an order?')
    await ana.says('yes, it is')
    await ana.sees('What is the order number?')
    await ana.says('4711')
    await ana.sees('What happened to it?')
    const cara = await stage.visitor()
    await cara.says('Where are you?')
    await cara.sees('Is it about an order?')
    await cara.says('no, it is not')
    await cara.sees('Thank you. Somebody will be here soon.')
    expect(await ben.transcript()).toEqual(['Nobody asks me anything yet.'])

    await page.getByText('Drop-off', { exact: true }).click()
    const row = (words: string) => page.getByRole('row', { name: words })
    const cells = (words: string) => row(words).getByRole('cell').allInnerTexts()
    await expect.poll(() => cells('Is it about an order?'), patience).toEqual(['2', '2', '0', '0', '0'])
    expect(await cells('What is the order number?')).toEqual(['1', '1', '0', '0', '0'])
    expect(await cells('What happened to it?')).toEqual(['1', '0', '0', '0', '0'])
    expect((await cells('Thank you. Somebody')).slice(0, 3)).toEqual(['1', '–', '1'])
    expect([ana.problems(), ben.problems(), cara.problems(), desk.problems(), stage.parley.complaints]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ])
    await cara.leaves()
  })
})
