import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 30_000

await describeWithPeers(['chromium'], 'the structure at the desk', () => {
  let stage: WindowStage
  beforeAll(async () => {
    stage = await openWindowStage({
      sites: [{ key: 'shop', policy: { circle: 'shared', admission: { kind: 'any' } } }],
      responders: ['Juniper', 'Heather'],
    })
  })
  afterAll(() => stage?.close())

  test('C3 C4 E6 one whispers, the other responds, the visitor sees nothing of it; two conversations are drawn together and apart again', async () => {
    const juniper = await stage.atDesk('Juniper')
    const heather = await stage.atDesk('Heather')
    const ana = await stage.visitor()
    await ana.says('Which paddle for a tall person?')
    await juniper.opens('Which paddle')
    await heather.opens('Which paddle')
    await juniper.answersQuestion('One moment, please.')
    await heather.answersQuestion('Hello from me too.')
    await juniper.sees('Hello from me too.')

    await juniper.page.getByRole('textbox', { name: 'Write a message' }).press('Control+k')
    const inside = juniper.page.getByRole('textbox', { name: 'Write inside' })
    await inside.fill('Offer her the long one.', { timeout: patience })
    await inside.press('Enter')
    const whisper = heather.page.getByRole('group', { name: /^Whisper with/ })
    await whisper.getByText('Offer her the long one.').waitFor({ timeout: patience })
    await whisper.getByRole('button', { name: 'Respond' }).click()
    const answer = heather.page.getByRole('textbox', { name: 'Write inside' })
    await answer.fill('I will.', { timeout: patience })
    await answer.press('Enter')
    await juniper.page
      .getByRole('group', { name: /^Whisper with/ })
      .getByText('I will.')
      .waitFor({ timeout: patience })
    await heather.page.getByRole('textbox', { name: 'Write inside' }).press('Control+k')
    await heather.says('230 centimetres.')
    await ana.sees('230 centimetres.')
    await ana.seesExactly([
      'Which paddle for a tall person?',
      'One moment, please.',
      'Hello from me too.',
      '230 centimetres.',
    ])

    const ben = await stage.visitor()
    await ben.says('And which canoe?')
    await juniper.opens('And which canoe?')
    await juniper.answersQuestion('The green one.')
    const list = juniper.page.getByRole('navigation')
    const first = list.getByRole('link').filter({ hasText: /230 centimetres/ })
    const second = list.getByRole('link').filter({ hasText: /The green one/ })
    await second.dragTo(first, { timeout: patience })
    const dialog = juniper.page.getByRole('dialog', { name: /^Merge/ })
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click({ timeout: patience })
    await juniper.sees('230 centimetres.')
    await juniper.sees('The green one.')
    await second.waitFor({ state: 'visible', timeout: patience })
    await expect.poll(() => list.locator('a.row').count(), { timeout: patience }).toBe(1)
    await juniper.page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => list.locator('a.row').count(), { timeout: patience }).toBe(2)
    await ben.seesExactly(['And which canoe?', 'The green one.'])
    await ana.says('Thank you!')
    await juniper.sees('Thank you!')
    expect(ana.heard.pieces).toBeGreaterThan(0)
    expect(await ana.heard.leaks(['Offer her the long one', 'I will.'])).toEqual([])
    expect([ana.problems(), ben.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), ben.leaves(), juniper.leaves(), heather.leaves()])
  })
})
