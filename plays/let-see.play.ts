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
})
