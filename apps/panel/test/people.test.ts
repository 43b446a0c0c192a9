import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { FakeServer } from './fake-server.fixture.ts'
import { axeSource, panelStage } from './panel-stage.fixture.ts'
import { joinPath, links, ownAddresses, people, personPath, sitePath, teams, withPeople } from './people.fixture.ts'
import { programPath, programs } from './programs.fixture.ts'

const stage = panelStage()

const opens = (at: string, options?: BrowserContextOptions) => stage.opens(at, withPeople, options)

const { asked } = stage

describe('administration and joining are open to everyone: axe finds nothing, and nothing is wider than the screen', () => {
  const modes: [string, BrowserContextOptions][] = [
    ['in light', { colorScheme: 'light' }],
    ['in dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 } }],
    ['from right to left', { colorScheme: 'dark', locale: 'ar' }],
  ]
  const pages: [string, string, (page: Page) => Promise<unknown>][] = [
    ['people', '/desk/admin/people', (page) => page.getByText('Summer helpers').waitFor()],
    ['one person', personPath, (page) => page.getByText('bo@people.test').waitFor()],
    ['teams', '/desk/admin/teams', (page) => page.locator('.admin-card').waitFor()],
    ['sites', '/desk/admin/sites', (page) => page.getByText('bikes.example').waitFor()],
    ['one site', sitePath, (page) => page.locator('.admin-card').waitFor()],
    ['programs', '/desk/admin/programs', (page) => page.getByText('Opening hours').waitFor()],
    ['one program', programPath, (page) => page.locator('.program-attempts').first().waitFor()],
    ['links', '/desk/admin/links', (page) => page.getByText('Old boat shed').waitFor()],
    [
      'addresses',
      '/desk/admin/addresses',
      async (page) => {
        await page.locator('.admin-row button[aria-expanded]').first().click()
        await page.locator('.own-keywords').waitFor()
      },
    ],
    [
      'a QR code',
      '/desk/admin/links',
      async (page) => {
        await page.locator('.admin-row button').nth(1).click()
        await page.locator('svg.qr').waitFor()
      },
    ],
    [
      'joining',
      joinPath,
      async (page) => {
        await page.locator('input[role="switch"]').check({ force: true })
        await page.locator('input[type="time"]').first().waitFor()
      },
    ],
    ['pausing and leaving', `${joinPath}#m=KEY`, (page) => page.locator('.sign-in-card button').first().waitFor()],
  ]
  it.each(modes)('%s', { timeout: 180_000 }, async (mode, options) => {
    for (const [name, at, ready] of pages) {
      const page = await opens(at, options)
      await ready(page)
      await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
      if (process.env.PARLEY_TEST_PICTURES) {
        await page.screenshot({ path: `${process.env.PARLEY_TEST_PICTURES}/${mode}-${name}.png`.replaceAll(' ', '-') })
      }
      await page.evaluate(axeSource)
      const found = await page.evaluate(async () => {
        interface Violation {
          id: string
          nodes: { html: string; failureSummary?: string }[]
        }
        const axe = (window as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe
        const { violations } = await axe.run({ resultTypes: ['violations'] })
        return violations.map((one) => [
          one.id,
          ...one.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`),
        ])
      })
      expect(found, name).toEqual([])
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        name,
      ).toBe(0)
      expect(stage.complaints, name).toEqual([])
    }
  })
})

describe('an administrator', () => {
  it('A5 takes in who waits for a yes, or says no', async () => {
    const page = await opens('/desk/admin/people')
    await page.getByRole('button', { name: 'Take in Gus Petrosyan' }).click()
    await expect.poll(() => asked(`PATCH /api/desk/admin/people/${people[0]?.id}`)).toEqual([{ state: 'active' }])
    await page.getByRole('button', { name: 'Say no to Gus Petrosyan' }).click()
    await expect.poll(() => asked(`PATCH /api/desk/admin/people/${people[0]?.id}`).at(-1)).toEqual({ state: 'removed' })
  })

  it('finds somebody among many, gives a role, and removes only after a second click', async () => {
    const page = await opens('/desk/admin/people')
    await page.getByLabel('Search by name or address').fill('bo@people')
    expect(await page.locator('.admin-row').filter({ hasText: 'Cleo' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Bo Berg' }).click()
    const call = `PATCH /api/desk/admin/people/${people[1]?.id}`
    await page.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: /^Operator/ }).click()
    await expect.poll(() => asked(call)).toEqual([{ role: 'operator' }])
    await page.getByRole('button', { name: 'Remove', exact: true }).first().click()
    expect(asked(call)).toHaveLength(1)
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await expect.poll(() => asked(call).at(-1)).toEqual({ state: 'removed' })
  })

  it('A5 opens joining, and is shown the link of a new invitation once', async () => {
    const page = await opens('/desk/admin/people')
    await page.getByRole('combobox', { name: 'Who may join' }).click()
    await page.getByRole('option', { name: 'Anyone with an invitation' }).click()
    await expect.poll(() => asked('PATCH /api/desk/admin/joining')).toEqual([{ mode: 'invited' }])
    stage.server.answer('POST /api/desk/admin/invitations', 200, {
      invitation: { id: 'x', name: 'Eli', team: null, uses: 1, used: 0, expiresAt: '', createdAt: '' },
      url: 'https://parley.example/join/0123456789abcdef#i=SECRET',
    })
    await page.getByLabel('What it is for').fill('Eli')
    await page.getByRole('button', { name: 'Make an invitation' }).click()
    await page.getByText('#i=SECRET').waitFor()
    expect(asked('POST /api/desk/admin/invitations')).toEqual([{ name: 'Eli', uses: 1, days: 14, team: null }])
  })

  it('A15 keeps numbers and public addresses, with keywords for topics, and gives one up after a second click', async () => {
    const page = await opens('/desk/admin/addresses')
    await page.getByRole('combobox', { name: 'Medium' }).click()
    await page.getByRole('option', { name: 'Text message (SMS)' }).click()
    await page.getByLabel('Phone number').fill('+4759440003')
    await page.getByRole('combobox', { name: 'What it is for' }).click()
    await page.getByRole('option', { name: 'Questions and answers' }).click()
    await page.getByRole('combobox', { name: 'Site' }).click()
    await page.getByRole('option', { name: 'Every site' }).click()
    stage.server.answer('POST /api/desk/admin/own-addresses', 200, ownAddresses.addresses[1])
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect
      .poll(() => asked('POST /api/desk/admin/own-addresses'))
      .toEqual([{ medium: 'sms', value: '+4759440003', purpose: 'pool', site: null, language: null }])

    const [first] = ownAddresses.addresses
    stage.server.answer(`PATCH /api/desk/admin/own-addresses/${first?.id}`, 200, first)
    await page.getByRole('button', { name: 'Keywords of +4759440001' }).click()
    await page.getByRole('textbox', { name: 'Keyword' }).fill('brake*')
    await page.getByRole('button', { name: 'Add keyword' }).click()
    const kept = first?.keywords[0]
    const topic = kept?.topic
    await expect
      .poll(() => asked(`PATCH /api/desk/admin/own-addresses/${first?.id}`))
      .toEqual([{ keywords: [kept, { keyword: 'brake*', topic }] }])

    const giveUp = `POST /api/desk/admin/own-addresses/${first?.id}/retire`
    stage.server.answer(giveUp, 200, first)
    await page.getByRole('button', { name: 'Give up +4759440001' }).click()
    expect(asked(giveUp)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Give up', exact: true }).click()
    await expect.poll(() => asked(giveUp)).toEqual([{}])
  })

  it('E16 makes a program, and a key that is shown once, and takes it back', async () => {
    const page = await opens('/desk/admin/programs')
    stage.server.answer('POST /api/desk/admin/programs', 200, programs[1])
    await page.getByLabel('Name').fill('Orders')
    await page.getByRole('button', { name: 'Make the program' }).click()
    await expect
      .poll(() => asked('POST /api/desk/admin/programs'))
      .toEqual([{ name: 'Orders', alias: '', language: 'en' }])
    await page.getByRole('link', { name: 'Opening hours' }).click()
    const [first] = programs
    const keys = `/api/desk/admin/programs/${first?.id}/keys`
    stage.server.answer(`POST ${keys}`, 200, { key: first?.keys[0], secret: 'parley_SHOWN-ONCE' })
    await page.getByLabel('What it is for').fill('staging')
    await page.getByRole('checkbox', { name: 'Begin conversations' }).check()
    await page.getByRole('button', { name: 'Make a key' }).click()
    await page.getByText('parley_SHOWN-ONCE').waitFor()
    expect(asked(`POST ${keys}`)).toEqual([{ name: 'staging', scopes: ['read', 'answer', 'begin'], expiresAt: null }])
    await page.reload()
    await page.getByRole('button', { name: 'Revoke the key production' }).waitFor()
    expect(await page.getByText('parley_SHOWN-ONCE').count()).toBe(0)
    stage.server.answer(`DELETE ${keys}/${first?.keys[0]?.id}`, 200, {})
    await page.getByRole('button', { name: 'Revoke the key production' }).click()
    await expect.poll(() => asked(`DELETE ${keys}/${first?.keys[0]?.id}`)).toHaveLength(1)
  })

  it('E16 sees why an endpoint was given up, tries it again, and sends again what did not arrive', async () => {
    const page = await opens(programPath)
    const path = `/api/desk/admin/programs/${programs[0]?.id}`
    await page.getByText('Given up').waitFor()
    const text = 'The endpoint did not answer the ping as it should (status-500).'
    stage.server.answer(`POST ${path}/endpoint/test`, 400, { reason: 'endpoint-not-proven', text })
    await page.getByRole('button', { name: 'Ping again' }).click()
    await page.getByText('(status-500)').waitFor()
    stage.server.answer(`PUT ${path}/endpoint`, 200, programs[0])
    await page.getByLabel('Address (URL)').fill('https://bots.example.org/new')
    await page.getByRole('button', { name: 'Save and ping' }).click()
    await expect.poll(() => asked(`PUT ${path}/endpoint`)).toEqual([{ url: 'https://bots.example.org/new' }])
    stage.server.answer(`POST ${path}/secret`, 200, { secret: 'whsec_HERE' })
    await page.getByRole('button', { name: 'Show the secret' }).click()
    await page.getByText('whsec_HERE').waitFor()
    const resend = `POST ${path}/deliveries/${'2'.padStart(32, '0')}/resend`
    stage.server.answer(resend, 200, {})
    await page.getByText('refused (status-410)').waitFor()
    await page.getByRole('button', { name: /^Send again: Message/ }).click()
    await expect.poll(() => asked(resend)).toHaveLength(1)
    stage.server.answer(`PATCH ${path}`, 200, programs[0])
    await page.getByRole('button', { name: 'Remove', exact: true }).first().click()
    expect(asked(`PATCH ${path}`)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await expect.poll(() => asked(`PATCH ${path}`)).toEqual([{ state: 'removed' }])
  })

  it('A15 makes a link for a property and its agent, and ends one', async () => {
    const page = await opens('/desk/admin/links')
    await page.getByLabel('What it stands for').fill('Flat 9')
    await page.getByLabel('Product or property').fill('Harbour Street 9')
    await page.getByRole('combobox', { name: 'Only these people' }).click()
    await page.getByRole('option', { name: 'Eli Nakamura' }).click()
    await page.getByLabel('What it stands for').click()
    stage.server.answer('POST /api/desk/admin/links', 400, {
      reason: 'link-code-taken',
      text: 'This word is already in use.',
    })
    await page.getByLabel('Word in the address').fill('flat-7')
    await page.getByRole('button', { name: 'Make the link' }).click()
    await page.getByText('This word is already in use.').waitFor()
    expect(asked('POST /api/desk/admin/links')[0]).toMatchObject({
      name: 'Flat 9',
      code: 'flat-7',
      people: [people[4]?.id],
      facts: { product: ['Harbour Street 9'] },
    })
    await page.getByRole('button', { name: 'End Flat 7' }).click()
    await expect.poll(() => asked(`POST /api/desk/admin/links/${links[0]?.id}/end`)).toHaveLength(1)
    expect(await page.getByRole('button', { name: 'End Old boat shed' }).count()).toBe(0)
  })

  it('changes a site with the keyboard, sees what is wrong before saving, and keeps what has no form', async () => {
    const page = await opens(sitePath)
    stage.server.answer('POST /api/desk/admin/sites/check', 200, {
      problems: [{ path: 'hunt.most', message: 'Too small' }],
    })
    await page.getByLabel('People asked about one question at most').fill('5')
    await page.getByText('hunt.most: Too small').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).last().isDisabled()).toBe(true)
    stage.server.answer('POST /api/desk/admin/sites/check', 200, { problems: [] })
    await page.getByLabel('Greeting').fill('Ahoy!')
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).last().isEnabled()).toBe(true)
    await page.getByLabel('Greeting').press('Enter')
    const call = sitePath.replace('/desk/', 'PATCH /api/desk/')
    await expect
      .poll(() => asked(call)[0])
      .toMatchObject({
        policy: { hunt: { most: 5, reach: 'best' }, window: { greeting: { en: 'Ahoy!' } } },
      })
  })

  it('C1 C5 C9 gives a site one face, shows visitors two fields, lets it open again, and seals what is new', async () => {
    const page = await opens(sitePath)
    await page.getByRole('combobox', { name: 'Several answer' }).waitFor()
    await page.getByRole('combobox', { name: 'Who answers is seen as' }).click()
    await page.getByRole('option', { name: 'One face for all' }).click()
    await page.getByLabel('Name of the face').fill('Support')
    expect(await page.getByRole('combobox', { name: 'Several answer' }).count()).toBe(0)
    const visitors = page.getByRole('group', { name: 'What visitors see' })
    await visitors.getByRole('checkbox', { name: 'Category' }).check()
    await visitors.getByRole('checkbox', { name: 'Tickets' }).check()
    await page.getByLabel('Days in which a closed conversation opens again').fill('14')
    await page.getByRole('combobox', { name: 'New conversations are kept' }).click()
    await page.getByRole('option', { name: 'Sealed' }).click()
    await page.getByText('docs/operate/sealing.md').waitFor()
    await page.getByRole('button', { name: 'Save' }).last().click()
    await expect
      .poll(() => asked(sitePath.replace('/desk/', 'PATCH /api/desk/'))[0])
      .toMatchObject({
        policy: {
          face: { name: { en: 'Support' } },
          fields: { visitor: ['category', 'tickets'], responder: ['name'] },
          reopen: { withinDays: 14 },
          encryption: 'sealed',
          circle: 'private',
        },
      })
  })

  it('names a team and chooses who is in it', async () => {
    const page = await opens('/desk/admin/teams')
    await page.getByRole('group', { name: 'Workshop' }).getByRole('combobox', { name: 'Members' }).click()
    await page.getByRole('option', { name: 'Eli Nakamura' }).click()
    await expect
      .poll(() => asked(`PATCH /api/desk/admin/teams/${teams[0]?.id}`)[0])
      .toEqual({ members: [people[1]?.id, people[4]?.id] })
  })

  it('begins with the people, when no page of it is named', async () => {
    const page = await opens('/desk/admin')
    await page.waitForURL('**/desk/admin/people')
    await page.getByRole('heading', { name: 'People', exact: true, level: 1 }).waitFor()
  })

  it('is the only one who finds the administration', async () => {
    const page = await opens('/desk/settings')
    await page.getByRole('link', { name: 'Administration' }).waitFor()
    stage.server.state.me = { ...stage.server.state.me, role: 'operator' }
    await page.goto(`${stage.server.url}/desk/admin/people`)
    await page.getByRole('heading', { name: 'Not here' }).waitFor()
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0)
    expect(asked('GET /api/desk/admin/people')).toEqual([])
  })
})

describe('somebody who joins', () => {
  it('A5 fills in who they are and what they want, enters the code, and is told how it goes on', async () => {
    const page = await opens(`${joinPath}#i=INVITATION`, { viewport: { width: 390, height: 844 }, timezoneId: 'UTC' })
    stage.server.answer('POST /api/join/0123456789abcdef', 200, { key: 'K' })
    stage.server.answer('POST /api/join/0123456789abcdef/confirm', 200, {
      state: 'waiting',
      known: false,
      signIn: null,
    })
    await page.getByLabel('E-mail address').fill('gus@people.test')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gus Petrosyan')
    await page.getByLabel('What strangers see').fill('Thistle')
    await page.getByText('Repairs').click()
    await page.getByRole('combobox', { name: /^Words in the question/ }).fill('chain')
    await page.getByRole('combobox', { name: /^Words in the question/ }).press('Enter')
    await page.getByRole('switch', { name: 'Only at certain hours' }).check({ force: true })
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByText('We sent a code to gus@people.test').waitFor()
    expect(asked('POST /api/join/0123456789abcdef')).toMatchObject([
      {
        medium: 'email',
        value: 'gus@people.test',
        alias: 'Thistle',
        keywords: ['chain'],
        hours: { timeZone: 'UTC', week: [{ day: 1, from: 540, to: 1020 }, {}, {}, {}, {}] },
      },
    ])
    await page.keyboard.type('123456')
    await page.getByText('We will write to gus@people.test either way').waitFor()
    expect(asked('POST /api/join/0123456789abcdef/confirm')).toEqual([{ key: 'K', code: '123456' }])
  })

  it('A5 joins with a phone number, where numbers can be had', async () => {
    const page = await opens(joinPath)
    stage.server.answer('POST /api/join/0123456789abcdef', 200, { key: 'K' })
    await page.getByLabel('How it reaches you').selectOption('sms')
    await page.getByLabel('Mobile number').fill('+47 406 12 345')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gus Petrosyan')
    await page.getByLabel('What strangers see').fill('Thistle')
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByText('We sent a code to +47 406 12 345').waitFor()
    expect(asked('POST /api/join/0123456789abcdef')).toMatchObject([{ medium: 'sms', value: '+47 406 12 345' }])
  })

  it('A5 is told at once when the invitation is over', async () => {
    const ended = (server: FakeServer) => {
      withPeople(server)
      server.answer('POST /api/join/0123456789abcdef/invitation', 200, { standing: 'ended' })
    }
    const page = await stage.opens(`${joinPath}#i=OLD`, ended)
    await page.getByRole('alert').getByText('This invitation has been used or is too old').waitFor()
  })

  it('A5 pauses with one click, and leaves with two', async () => {
    const page = await opens(`${joinPath}#m=KEY`)
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    stage.server.answer('POST /api/join/membership', 200, { account: 'Harbour Bikes', alias: 'Bo', state: 'paused' })
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Go on' }).waitFor()
    await page.getByRole('button', { name: 'Leave' }).click()
    const changes = () => asked('POST /api/join/membership').filter((body) => JSON.stringify(body).includes('state'))
    expect(changes()).toHaveLength(1)
    stage.server.answer('POST /api/join/membership', 200, { account: 'Harbour Bikes', alias: 'Bo', state: 'left' })
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.getByText('Thank you for everything').waitFor()
    expect(changes().at(-1)).toMatchObject({ key: 'KEY', state: 'left' })
  })
})
