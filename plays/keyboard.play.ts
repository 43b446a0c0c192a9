import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FarEnd } from './far-end.ts'
import { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 15_000

await describeWithPeers(['chromium'], 'a visitor without a mouse', () => {
  let stage: WindowStage
  beforeAll(async () => {
    stage = await openWindowStage({
      channels: [new FarEnd('email')],
      sites: [
        { key: 'shop', policy: { window: { fields: [{ name: 'order', label: { en: 'Order' }, kind: 'text' }] } } },
      ],
    })
  })
  afterAll(() => stage?.close())

  test('A1 A2 the whole story by keys alone: the focus goes where the eye goes, answers are announced, Escape closes and gives the focus back', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = new Visitor(await stage.browser.newPerson({ reducedMotion: 'reduce' }))
    const { keyboard } = ana.page
    const focused = (name: string) => ana.window.locator(':focus').and(ana.window.getByRole('textbox', { name }))
    const focusedButton = (name: string) => ana.window.locator(':focus').and(ana.window.getByRole('button', { name }))
    await ana.goes(stage.shop.url)
    await ana.launcher.waitFor()
    await keyboard.press('Tab')
    await keyboard.press('Tab')
    await ana.page.locator('div button:focus').waitFor({ timeout: patience })
    await keyboard.press('Enter')

    // Into the window, past its close button, to the first thing that is asked.
    await ana.window.getByRole('button', { name: 'Start chat' }).waitFor({ timeout: patience })
    for (let step = 0; step < 5 && !(await focused('Order').count()); step += 1) await keyboard.press('Tab')
    await focused('Order').waitFor()
    await keyboard.type('4711')
    await keyboard.press('Enter')
    await focused('Write a message…').waitFor({ timeout: patience })
    await keyboard.type('Is this one waterproof?')
    await keyboard.press('Enter')
    await ana.sees('Is this one waterproof?')
    await focused('Write a message…').waitFor()

    const interaction = await juniper.answers('waterproof', 'Down to ten metres.')
    const announced = ana.window.getByRole('status').filter({ hasText: 'Juniper: Down to ten metres.' })
    await announced.waitFor({ state: 'attached', timeout: patience })
    // An answer that comes in takes the focus from nobody.
    await focused('Write a message…').waitFor()

    // The menu: opened, left and opened again, and a dialog that gives the focus back.
    for (let step = 0; step < 6 && !(await focusedButton('More options').count()); step += 1)
      await keyboard.press('Shift+Tab')
    await keyboard.press('Enter')
    await focusedButton('Continue by email').waitFor()
    await keyboard.press('Escape')
    await focusedButton('More options').waitFor()
    await keyboard.press('Enter')
    await focusedButton('Continue by email').waitFor()
    await keyboard.press('Enter')
    await ana.window.getByRole('dialog', { name: 'Continue by email' }).waitFor()
    await keyboard.press('Escape')
    await ana.window.getByRole('dialog').waitFor({ state: 'detached' })
    await focusedButton('More options').waitFor()

    await keyboard.press('Escape')
    await ana.window.locator('main').waitFor({ state: 'hidden', timeout: patience })
    await ana.page.locator('div button:focus').waitFor()
    expect(await ana.launcher.getAttribute('aria-expanded')).toBe('false')
    juniper.says(interaction, 'And it floats.')
    await ana.page.getByRole('button', { name: 'Chat (1)' }).waitFor({ timeout: patience })
    await keyboard.press('Enter')
    await focused('Write a message…').waitFor({ timeout: patience })
    await ana.sees('And it floats.')

    // Who wants no motion sees none, on the page and in the window.
    const moving =
      '[...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).animationName !== "none").length'
    for (const frame of ana.page.frames()) expect(await frame.evaluate<number>(moving)).toBe(0)
    expect(ana.problems()).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })
})
