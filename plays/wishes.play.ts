import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 15_000

await describeWithPeers(['chromium'], 'what people want to be asked', () => {
  let stage: WindowStage
  beforeAll(async () => {
    stage = await openWindowStage({ responders: ['Juniper', 'Heather'] })
  })
  afterAll(() => stage?.close())

  test('A4 A5 one says at her desk what she wants to be asked and is told what would come; an administrator sees why she would not get a question; and so it is', async () => {
    const juniper = await stage.atDesk('Juniper')
    const heather = await stage.atDesk('Heather')
    const { page } = heather
    await page.getByRole('link', { name: 'Settings' }).click()
    const any = page.getByRole('region', { name: 'At least one of these must fit' })
    await any.getByRole('button', { name: 'Add a line' }).click({ timeout: patience })
    await any.getByRole('combobox', { name: 'About' }).click()
    await page.getByRole('option', { name: 'Words that were said' }).click()
    await any.getByRole('combobox', { name: 'Values' }).fill('paddl*')
    await page.keyboard.press('Enter')
    const preview = page.getByRole('region', { name: 'Would I get this?' })
    await preview.getByLabel('What the visitor says').fill('My tent is wet.')
    await preview.getByText('No, you would not be asked.').waitFor({ timeout: patience })
    await preview.getByLabel('What the visitor says').fill('Which paddle for a tall person?')
    await preview.getByText('Words that were said: “paddl*” fits.').waitFor({ timeout: patience })
    await page.getByRole('button', { name: 'Save wishes' }).click()
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: patience })

    await juniper.page.goto(`${stage.parley.url}/desk/admin/preview`)
    await juniper.page.getByLabel('What the visitor says').fill('My tent is wet.', { timeout: patience })
    await juniper.page.getByText('Would be asked: 1 of 2').waitFor({ timeout: patience })
    const people = juniper.page.getByRole('list', { name: 'People and reasons' }).locator('> li')
    expect(await people.nth(1).textContent()).toMatch(/Heather.*Would not be asked.*None of the wishes fits/)

    const ana = await stage.visitor()
    await ana.says('My tent is wet.')
    await juniper.opens('My tent is wet.')
    const ben = await stage.visitor()
    await ben.says('Which paddle for a tall person?')
    await heather.opens('Which paddle')
    expect(await page.getByRole('link').filter({ hasText: 'My tent is wet.' }).count()).toBe(0)
    expect([ana.problems(), ben.problems(), juniper.problems(), heather.problems()]).toEqual([[], [], [], []])
    expect(stage.parley.complaints).toEqual([])
    await Promise.all([ana.leaves(), ben.leaves(), juniper.leaves(), heather.leaves()])
  })
})
