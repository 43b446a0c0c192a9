import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }] })
})
afterAll(() => stage?.close())

test('A5 a stranger joins by invitation, proves the address, says what they want, is asked, pauses, is not asked, and leaves', async () => {
  const desk = await stage.atDesk('bo')
  await desk.page.getByRole('link', { name: 'Administration' }).click()
  await desk.page.getByRole('combobox', { name: 'Who may join' }).click()
  await desk.page.getByRole('option', { name: 'Anyone with an invitation' }).click()
  await desk.page.getByLabel('What it is for').fill('Gus')
  await desk.page.getByRole('button', { name: 'Make an invitation' }).click()
  const invitation = (await desk.page.locator('.admin-made code').textContent()) ?? ''
  expect(invitation).toContain('/join/')

  // On a phone, without having been here before.
  const gus = await stage.person('gus')
  const { page, problems } = await stage.browser.newPerson({ viewport: { width: 390, height: 844 } })
  await page.goto(invitation)
  await page.getByLabel('E-mail address').fill(gus.address)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gus Petrosyan')
  await page.getByLabel('What strangers see').fill('Thistle')
  await page.getByRole('combobox', { name: /^Words in the question/ }).fill('windmill')
  await page.getByRole('combobox', { name: /^Words in the question/ }).press('Enter')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('We sent a code to').waitFor()
  const code = /^\s*(\d{6})\s*$/m.exec((await gus.receivesEmail(/would like to use this address/)).text)?.[1] ?? ''
  await page.keyboard.type(code)
  await page.getByText('You have joined Fjord & Field.').waitFor()
  await gus.receivesEmail(/You have joined Fjord & Field/)

  // The desk is one click away.
  await page.getByRole('link', { name: 'To the desk' }).click()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Thistle').first().waitFor()
  expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0)
  expect(problems()).toEqual([])

  const ana = await stage.visitor()
  await ana.says('How tall is the windmill at Orkney?')
  const question = await gus.receivesEmail(/windmill at Orkney/)
  expect(question.text).not.toContain('Ana')

  const link = /https?:\/\/\S+\/join\/\S+/.exec(question.text)?.[0] ?? ''
  const phone = await stage.browser.newPerson({ viewport: { width: 390, height: 844 } })
  await phone.page.goto(link)
  await phone.page.getByRole('button', { name: 'Pause' }).click()
  await phone.page.getByRole('button', { name: 'Go on' }).waitFor()

  const ben = await stage.visitor()
  await ben.says('Is the windmill at Skye open?')
  const bo = await stage.person('bo')
  await bo.receivesEmail(/windmill at Skye/)
  expect((await gus.inbox()).some(({ text }) => text.includes('Skye'))).toBe(false)

  await phone.page.getByRole('button', { name: 'Leave' }).click()
  await phone.page.getByRole('button', { name: 'Leave' }).click()
  await phone.page.getByText('Thank you for everything').waitFor()
  // Leaving ends the session too.
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor()
  await desk.page.reload()
  await desk.page.locator('.admin-row').filter({ hasText: 'Gus Petrosyan' }).getByText('Has left').waitFor()
  expect(stage.parley.complaints).toEqual([])
})
