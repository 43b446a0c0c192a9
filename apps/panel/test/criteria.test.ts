import type { CriteriaView } from '@parley/protocol'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { panelStage } from './panel-stage.fixture.ts'
import { personPath, withPeople } from './people.fixture.ts'
import * as stories from './stories.fixture.ts'

const stage = panelStage({ timezoneId: 'Europe/Berlin' })

const desk = (at: string, criteria?: CriteriaView, options?: BrowserContextOptions) =>
  stage.opens(at, (server) => criteria && server.answer('GET /api/desk/me/criteria', 200, { criteria }), options)

const saved = () => stage.server.asked.find(({ call }) => call === 'PUT /api/desk/me/criteria')?.body
const tried = () => stage.server.asked.filter(({ call }) => call.includes('would-')).at(-1)?.body
const patiently = { timeout: 30_000 }
const save = (page: Page) => page.getByRole('button', { name: 'Save wishes' }).click()

describe('A5: a responder says what they want to be asked', () => {
  it('in lines: what it is about, and the values by their names', async () => {
    const page = await desk('/desk/settings', {})
    const all = page.getByRole('region', { name: 'All of these must fit' })
    await all.getByRole('button', { name: 'Add a line' }).click()
    await all.getByLabel('Plants').check()
    await all.getByRole('button', { name: 'Add a line' }).click()
    const second = all.getByRole('group', { name: 'Line 2' })
    await second.getByRole('combobox', { name: 'About' }).click()
    await page.getByRole('option', { name: 'Country or region' }).click()
    await second.getByRole('combobox', { name: 'Values' }).fill('us-ak')
    await page.getByRole('option', { name: 'United States (US-AK)' }).click()
    await page.keyboard.press('Escape')
    const none = page.getByRole('region', { name: 'None of these may fit' })
    await none.getByRole('button', { name: 'Add a line' }).click()
    await none.getByRole('combobox', { name: 'About' }).click()
    await page.getByRole('option', { name: 'Words that were said' }).click()
    await none.getByRole('combobox', { name: 'Values' }).fill('job*')
    await page.keyboard.press('Enter')
    await save(page)
    await expect.poll(saved, patiently).toEqual({
      criteria: {
        all: [
          { about: 'topic', oneOf: [stories.topics[2]?.id] },
          { about: 'region', oneOf: ['US-AK'] },
        ],
        none: [{ about: 'words', oneOf: ['job*'] }],
      },
    })
  })

  it('as a number with bounds, of a field that the site asks for', async () => {
    const page = await desk('/desk/settings', {})
    const any = page.getByRole('region', { name: 'At least one of these must fit' })
    await any.getByRole('button', { name: 'Add a line' }).click()
    await any.getByRole('combobox', { name: 'About' }).click()
    await page.getByRole('option', { name: 'Filled in: Order number' }).click()
    await any.getByText('A number', { exact: true }).click()
    await any.getByLabel('From').fill('1000')
    await any.getByLabel('To').fill('1999.5')
    await save(page)
    await expect
      .poll(saved, patiently)
      .toEqual({ criteria: { any: [{ about: 'field:order', from: 1000, to: 1999.5 }] } })
  })

  it('at which hours: by keys in the week, to the minute, in a time zone, without holidays', async () => {
    const page = await desk('/desk/settings', {})
    await page.getByLabel('At these hours only').check()
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Berlin')
    const week = page.getByRole('table', { name: 'The week' })
    await week.getByRole('button', { name: 'Monday 9:00–10:00' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await week.getByRole('button', { name: 'Saturday 8:00–9:00' }).click()
    const tuesday = page.getByLabel('Tuesday', { exact: true })
    await tuesday.fill('9.30-12, 14-17')
    await tuesday.blur()
    for (const day of ['Wednesday', 'Thursday', 'Friday']) {
      await page.getByLabel(day, { exact: true }).fill('')
      await page.getByLabel(day, { exact: true }).blur()
    }
    await page.getByLabel('Day', { exact: true }).fill('2026-12-25')
    await page.getByLabel('Every year').check()
    await page.getByRole('button', { name: 'Add holiday' }).click()
    await page.getByText('December 25, every year').waitFor()
    await save(page)
    await expect.poll(saved, patiently).toEqual({
      criteria: {
        hours: {
          timeZone: 'Europe/Berlin',
          week: [
            { day: 1, from: 720, to: 1020 },
            { day: 2, from: 570, to: 720 },
            { day: 2, from: 840, to: 1020 },
            { day: 6, from: 480, to: 540 },
          ],
          holidays: ['12-25'],
        },
      },
    })
  })

  it('when they are away, by the clock of their device', async () => {
    const page = await desk('/desk/settings', {})
    const away = page.getByRole('group', { name: 'Away' })
    await away.getByLabel('From', { exact: true }).fill('2026-12-01T09:00')
    await away.getByLabel('To', { exact: true }).fill('2026-11-30T09:00')
    await away.getByText('Choose a beginning and a later end.').waitFor()
    await away.getByLabel('To', { exact: true }).fill('2026-12-05T18:30')
    await away.getByRole('button', { name: 'Add absence' }).click()
    await save(page)
    const span = { from: '2026-12-01T08:00:00.000Z', to: '2026-12-05T17:30:00.000Z' }
    await expect.poll(saved, patiently).toEqual({ criteria: { away: [span] } })
  })

  it('what cannot be saved is told at its place, and nothing is lost', async () => {
    const page = await desk('/desk/settings')
    const text = 'At least one of these, line 1, value 2: “leak*” is wanted and not wanted at once.'
    stage.server.answer('PUT /api/desk/me/criteria', 400, {
      reason: 'criteria-refused',
      text: 'These wishes cannot be saved like this.',
      problems: [{ path: ['any', 0, 'oneOf', 1], code: 'wanted-and-not-wanted', text }],
    })
    const any = page.getByRole('region', { name: 'At least one of these must fit' })
    await any.getByRole('button', { name: 'Remove line 2' }).click()
    await save(page)
    await any.getByRole('group', { name: 'Line 1' }).getByText(text).waitFor()
    await page.getByRole('alert').getByText('These wishes cannot be saved like this.').waitFor()
    await page.getByText('Not saved yet', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Take back' }).click()
    await any.getByRole('group', { name: 'Line 2' }).waitFor()
  })
})

describe('A4: who would get this?', () => {
  it('is answered beside the wishes while they change, with every reason', async () => {
    const page = await desk('/desk/settings')
    const preview = page.getByRole('region', { name: 'Would I get this?' })
    await preview.getByText('No, you would not be asked.').waitFor()
    await preview.getByText('Topic: something else is wanted.').waitFor()
    await preview.getByText('Country or region: “United States (US-AK)” fits.').waitFor()
    await preview.getByText('Words that were said: not known, so it excludes nobody.').waitFor()
    await preview.getByLabel('What the visitor says').fill('My chain slips')
    await preview.getByLabel('Repairs').check()
    await page
      .getByRole('region', { name: 'None of these may fit' })
      .getByRole('button', { name: 'Remove line 1' })
      .click()
    const { none: _, ...rest } = stories.criteria
    await expect.poll(tried, patiently).toEqual({
      request: { facts: { topic: [stories.topics[1]?.id] }, text: 'My chain slips' },
      criteria: rest,
    })
  })

  it('is answered to an administrator for everyone, at any time', async () => {
    const page = await desk('/desk/admin/preview')
    await page.getByText('Would be asked: 1 of 3').waitFor()
    const people = page.getByRole('list', { name: 'People and reasons' }).locator('> li')
    expect(await people.count()).toBe(3)
    expect(await people.nth(0).textContent()).toContain('Wants every question.')
    expect(await people.nth(2).textContent()).toMatch(/Would not be asked.*Paused just now/)
    await page.getByLabel('When it comes').fill('2026-12-24T18:00')
    await page.getByRole('combobox', { name: 'Something else that is known' }).click()
    await page.getByRole('option', { name: 'Network of the visitor' }).click()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('combobox', { name: 'Network of the visitor' }).fill('lab.example.edu')
    await page.keyboard.press('Enter')
    await expect.poll(tried, patiently).toEqual({
      request: { facts: { network: ['lab.example.edu'] }, text: null, at: '2026-12-24T17:00:00.000Z' },
      from: 0,
    })
  })

  it('is tried by an administrator on somebody’s changed wishes, whose verdict stands first', async () => {
    const person = personPath.split('/').at(-1) ?? ''
    const page = await stage.opens(personPath, (server) => {
      withPeople(server)
      const [, cleo] = stories.whoWouldGet.people
      server.answer(`GET /api/desk/admin/responders/${person}/criteria`, 200, { criteria: {} })
      server.answer(`PUT /api/desk/admin/responders/${person}/criteria`, 200, { criteria: {} })
      server.answer('POST /api/desk/admin/who-would-get', 200, { ...stories.whoWouldGet, instead: cleo })
    })
    const own = page.getByRole('region', { name: 'What they want to be asked' })
    await own.getByRole('status').getByText('Cleo Marchetti').waitFor()
    await own.getByRole('region', { name: 'All of these must fit' }).getByRole('button', { name: 'Add a line' }).click()
    await own.getByRole('region', { name: 'All of these must fit' }).getByLabel('Repairs').check()
    const criteria = { all: [{ about: 'topic', oneOf: [stories.topics[1]?.id] }] }
    await expect
      .poll(tried, patiently)
      .toEqual({ request: { facts: {}, text: null }, from: 0, instead: { person, criteria } })
    await save(page)
    await expect
      .poll(() => stage.server.asked.find(({ call }) => call.startsWith('PUT'))?.call, patiently)
      .toBe(`PUT /api/desk/admin/responders/${person}/criteria`)
  })
})
