import { waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 30_000
const name = 'Let them see each other’s answers'

await describeWithPeers(['chromium'], 'several answer, each on their own', () => {
  let stage: WindowStage
  beforeAll(async () => {
    stage = await openWindowStage({
      responders: ['Juniper', 'Heather'],
      sites: [{ key: 'shop', policy: { circle: 'private', admission: { kind: 'any' } } }],
    })
  })
  afterAll(() => stage?.close())

  test('A13 who asks lets those who answer see each other from then on, and takes it back', async () => {
    const [juniper, heather] = await Promise.all([stage.answerer('Juniper'), stage.answerer('Heather')])
    const ana = await stage.visitor()
    await ana.says('Which knot holds?')
    const first = await juniper.answers('Which knot holds?', 'A bowline.')
    await ana.sees('A bowline.')
    const menu = ana.window.getByRole('button', { name: 'More options' })
    const toggle = ana.window.getByRole('switch', { name })
    // Of one alone there is nobody to see.
    await menu.click()
    await ana.window.getByRole('button', { name: 'Link to come back' }).waitFor({ timeout: patience })
    expect(await toggle.count()).toBe(0)
    await menu.click()

    await heather.answers('Which knot holds?', 'A clove hitch.')
    await ana.sees('A clove hitch.')
    juniper.says(first, 'Said before.')
    await ana.sees('Said before.')
    await menu.click()
    await toggle.waitFor({ timeout: patience })
    expect(await toggle.getAttribute('aria-checked')).toBe('false')
    await toggle.click()
    const isOn = async (on: boolean) => (await toggle.getAttribute('aria-checked')) === String(on)
    await waitFor('the switch to be on', () => isOn(true), { timeoutMs: patience })
    juniper.says(first, 'Said while it is on.')
    await heather.hears('Said while it is on.')
    expect(heather.texts()).not.toContain('Said before.')

    await toggle.click()
    await waitFor('the switch to be off', () => isOn(false), { timeoutMs: patience })
    juniper.says(first, 'Said after.')
    await ana.sees('Said after.')
    await ana.says('Thank you both.')
    await heather.hears('Thank you both.')
    expect(heather.texts()).not.toContain('Said after.')
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    for (const one of [juniper, heather]) one.leaves()
    await ana.leaves()
  })

  test('A13 what is meant for one of them goes to nobody else once that one has left: it stays, and waits for another choice', async () => {
    const [juniper, heather] = await Promise.all([stage.answerer('Juniper'), stage.answerer('Heather')])
    const ana = await stage.visitor()
    await ana.says('Which rope floats?')
    await juniper.answers('Which rope floats?', 'The blue one.')
    const second = await heather.answers('Which rope floats?', 'The yellow one.')
    for (const words of ['The blue one.', 'The yellow one.']) await ana.sees(words)
    const to = ana.window.getByRole('combobox', { name: 'To' })
    await to.selectOption('Only to Heather')
    await ana.writes('Between us: is the blue one any good?')
    expect(await heather.client.perform('leave', { interaction: second })).toMatchObject({ ok: true })

    await ana.problem.getByText('can no longer be reached').waitFor({ timeout: patience })
    await ana.composer.press('Enter')
    expect(await ana.draft()).toBe('Between us: is the blue one any good?')
    expect(await to.locator('option:checked').textContent()).toBe('Please choose')
    await to.selectOption('Only to Juniper')
    await ana.says('Is the blue one any good?')
    await juniper.hears('Is the blue one any good?')
    expect(juniper.texts().join()).not.toContain('Between us')
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    for (const one of [juniper, heather]) one.leaves()
    await ana.leaves()
  })

  test('A1 what is typed while the first words are still on their way stays in the box', async () => {
    const ana = await stage.visitor()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await ana.page.route('**/conversation', async (route) => {
      await held
      await route.continue()
    })
    await ana.writes('Which tent')
    await ana.composer.press('Enter')
    await ana.composer.pressSequentially(' And which stove?')
    goOn()
    await ana.sees('Which tent')
    await expect.poll(() => ana.draft(), { timeout: patience }).toBe('And which stove?')
    await ana.leaves()
  })
})
