import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 15_000

await describeWithPeers(['chromium'], 'two responders at their desks', () => {
  let stage: WindowStage
  beforeAll(async () => {
    stage = await openWindowStage({ responders: ['Juniper', 'Heather'] })
  })
  afterAll(() => stage?.close())

  test('A7 A10 A18 a question appears on both desks by itself; the one who answers is let in, the other is told that somebody was faster', async () => {
    const juniper = await stage.atDesk('Juniper')
    const heather = await stage.atDesk('Heather')
    const ana = await stage.visitor()
    await ana.says('Which paddle for a tall person?')
    await juniper.opens('Which paddle')
    await heather.opens('Which paddle')
    const late = heather.page.getByRole('textbox', { name: 'Write your answer' })
    await late.fill('A long one.')
    await juniper.answersQuestion('230 centimetres.')
    await ana.sees('230 centimetres.')

    await heather.page
      .getByText(/Somebody else was a moment faster|Somebody else took this question/)
      .first()
      .waitFor({ timeout: patience })
    await ana.says('Thank you!')
    await juniper.sees('Thank you!')
    await juniper.says('You are welcome.')
    await ana.seesExactly(['Which paddle for a tall person?', '230 centimetres.', 'Thank you!', 'You are welcome.'])
    expect(await heather.page.content()).not.toContain('230 centimetres')
    expect([ana.problems(), juniper.problems(), heather.problems(), stage.parley.complaints]).toEqual([[], [], [], []])
    await Promise.all([ana.leaves(), juniper.leaves(), heather.leaves()])
  })

  test('A12 A18 who pauses is not asked any more; who turns on again is; signed out, the desk shows nothing', async () => {
    const juniper = await stage.atDesk('Juniper')
    const heather = await stage.atDesk('Heather')
    const { page } = heather
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('switch', { name: 'New questions reach me' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Paused: no new questions').waitFor({ timeout: patience })
    const ben = await stage.visitor()
    await ben.says('Is the canoe dry?')
    await juniper.opens('Is the canoe dry?')
    expect(await page.getByText('Is the canoe dry?').count()).toBe(0)

    await page.getByRole('switch', { name: 'I am paused' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('New questions reach you').waitFor({ timeout: patience })
    const cara = await stage.visitor()
    await cara.says('And the kayak?')
    await page.getByText('And the kayak?').first().waitFor({ timeout: patience })

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor({ timeout: patience })
    await page.goBack()
    await page.goto(`${stage.parley.url}/desk/`)
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor({ timeout: patience })
    expect(await page.getByText('And the kayak?').count()).toBe(0)
    await Promise.all([ben.leaves(), cara.leaves(), juniper.leaves(), heather.leaves()])
  })
})
