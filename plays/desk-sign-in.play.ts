import { createHmac } from 'node:crypto'
import { openBrowser, startParley } from '@parley/dev-env'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { Deskperson } from './deskperson.ts'

const email = 'bo@people.test'
const password = 'correct horse battery staple'

it('a responder comes in by a link, sets a password and a second step, and what is changed holds everywhere', async () => {
  await using parley = await startParley({
    account: {
      name: 'Harbour Bikes',
      sites: [{ name: 'Shop', domains: ['shop.test'], topics: [{ key: 'repairs', names: { en: 'Repairs' } }] }],
      responders: [{ name: 'Bo Berg', alias: 'Bo', language: 'en', emails: [email], topics: [] }],
    },
  })
  await using browser = await openBrowser()
  const holder = { account: parley.account.account, person: parley.account.responders[0]?.person ?? never() }
  const { signIn } = parley.server
  await signIn.createSignInFor(holder.account, holder.person, email)
  const link = async () => (await signIn.oneTimeLink(holder)) ?? never()

  const { page } = await Deskperson.signsIn(browser, await link())
  await page.getByRole('link', { name: 'Settings' }).click()
  await wanted(page).check()
  await page.getByRole('button', { name: 'Save wishes' }).click()
  await page.getByText('Saved', { exact: true }).first().waitFor()
  await page.getByLabel('Alias').fill('Bobby')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('navigation').getByText('Bobby').waitFor()

  await page.getByLabel('New password').fill('Password2026!')
  await page.getByRole('button', { name: 'Save the password' }).click()
  await page.getByText('This password is easily guessed').waitFor()
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Save the password' }).click()
  await page.getByText('Everywhere else you have been signed out').waitFor()

  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Set up' }).click()
  const key = await page
    .locator('code')
    .filter({ hasText: /^[A-Z2-7 ]{20,}$/ })
    .textContent()
  await page.getByLabel('Code that the app shows now').fill(totp(key ?? ''))
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByText('The second step is on').waitFor()

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Code').fill(totp(key ?? ''))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Ready when somebody asks' }).waitFor()

  // A link proves the mailbox, not the second step.
  const elsewhere = await browser.newPerson()
  await elsewhere.page.goto(await link())
  await elsewhere.page.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.page.getByLabel('Code').fill(totp(key ?? ''))
  await elsewhere.page.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.page.getByRole('link', { name: 'Settings' }).click()
  expect(await elsewhere.page.getByLabel('Alias').inputValue()).toBe('Bobby')
  expect(await wanted(elsewhere.page).isChecked()).toBe(true)

  await elsewhere.page.getByRole('button', { name: 'End all the others' }).click()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor()
  expect(parley.complaints).toEqual([])
})

/** The topic among the wishes, not the one in the question that is tried beside them. */
const wanted = (page: Page) => page.getByRole('group', { name: 'Line' }).getByLabel('Repairs')

function never(): never {
  throw new Error('there is nobody')
}

/** RFC 6238 with the usual 30 seconds, SHA-1 and 6 digits. */
function totp(typed: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const letters = [...typed.replace(/[\s=]/g, '')]
  const bits = letters.map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
