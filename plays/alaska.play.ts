import { findLeaks, type MailPerson, waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOf, names, openStage, type Stage } from './stage.ts'
import { Visitor } from './visitor.ts'

const patience = 15_000
const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 1440 }))

const six = [
  { name: 'bo', alias: 'Juniper', topics: ['tents'], criteria: { all: [{ about: 'region', oneOf: ['Alaska'] }] } },
  {
    name: 'cleo',
    alias: 'Heather',
    criteria: {
      any: [
        { about: 'words', oneOf: ['grizzl*'] },
        { about: 'region', oneOf: ['Maine'] },
      ],
      none: [{ about: 'topic', oneOf: ['boats'] }],
    },
  },
  { name: 'dag', alias: 'Rowan', criteria: { hours: { timeZone: 'America/Anchorage', week: always } } },
  { name: 'eli', alias: 'Linden', topics: ['tents'], criteria: { all: [{ about: 'region', oneOf: ['Hawaii'] }] } },
  { name: 'fay', alias: 'Willow', topics: ['boats'] },
  { name: 'gus', alias: 'Alder', criteria: { none: [{ about: 'words', oneOf: ['grizzly'] }] } },
] as const

const wanting = ['bo', 'cleo', 'dag']
const secrets = [addressOf('ana'), 'Castellanos', '+1 907 555 0142', '907-555-0142']

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'a question from Alaska', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: six,
      topics: [
        { key: 'tents', names: { en: 'Tents' } },
        { key: 'boats', names: { en: 'Boats' } },
      ],
      policy: {
        admission: { kind: 'any' },
        window: { topic: 'required', regions: ['Alaska', 'Hawaii', 'Maine'] },
      },
    })
  })
  afterAll(() => stage?.close())

  test('A4 A5 A6 A7 a visitor from Alaska asks about tents and bears: it reaches exactly the three of six who want it, over email and at the desk, and nobody learns who asks', async () => {
    const mailbox = Object.fromEntries(
      await Promise.all(six.map(async ({ name }) => [name, await stage.person(name)] as const)),
    )
    const of = (name: string): MailPerson => {
      const found = mailbox[name]
      if (!found) throw new Error(`${name} has no mailbox`)
      return found
    }
    const anasMail = await stage.person('ana')
    const desk = await stage.atDesk('dag')
    const ana = new Visitor(await stage.browser.newPerson())
    await ana.goes(stage.shop.url)
    await ana.launcher.click({ timeout: patience })
    await ana.window.getByLabel('What is it about?').selectOption('Tents', { timeout: patience })
    await ana.window.getByLabel('Where are you?').selectOption('Alaska')
    await ana.window.getByRole('button', { name: 'Start chat' }).click()
    await ana.isOpen()
    await ana.says('Which tent keeps a grizzly out? Ring me at +1 907 555 0142, or write to ana@people.test.')
    const offers = await Promise.all(wanting.map((name) => of(name).receivesEmail(/keeps a grizzly out/)))
    for (const { from } of offers) expect(from.name).toBe('Visitor from Alaska')
    await desk.opens('keeps a grizzly out')

    await of('bo').repliesTo(offers[0] ?? fail(), 'None. Hang the food in a tree.', { quoting: 'outlook' })
    await of('cleo').repliesTo(offers[1] ?? fail(), 'An electric fence does.')
    await desk.answersQuestion('A tent with a dog in it.')
    for (const answer of ['Hang the food', 'electric fence', 'a dog in it']) await ana.sees(answer)

    // She gives an address in the window and goes on by mail, under her own name.
    await ana.goesOnByEmail(anasMail)
    await ana.page.close()
    await of('bo').repliesTo(offers[0] ?? fail(), 'Ten metres up, at least.')
    const answer = await anasMail.receivesEmail(/Ten metres up/)
    await anasMail.repliesTo(answer, 'Thank you!\n\nAna Castellanos\n907-555-0142', { signature: 'Ana Castellanos' })
    await of('bo').receivesEmail(/Thank you!/)

    const { db } = stage.parley.server
    const asked = await db.workers
      .selectFrom('offer')
      .innerJoin('person', 'person.person_id', 'offer.person_id')
      .select('person.name')
      .execute()
    expect(asked.map(({ name }) => name).sort()).toEqual(wanting.map((name) => names[name]).sort())
    await waitFor('everything to be sent', async () => {
      const waiting = await db.workers
        .selectFrom('delivery')
        .select('delivery_id')
        .where('state', 'in', ['queued', 'sending'])
        .execute()
      return waiting.length === 0
    })
    for (const name of ['eli', 'fay', 'gus']) expect(await of(name).inbox()).toEqual([])

    const raws = (await Promise.all(wanting.map((name) => of(name).allRaw()))).flat()
    expect(raws.length).toBeGreaterThanOrEqual(4)
    expect(raws.flatMap((raw) => findLeaks(raw, secrets))).toEqual([])
    expect(await desk.heard.leaks(secrets)).toEqual([])
    expect(desk.heard.pieces).toBeGreaterThan(5)
    const theirs = six.flatMap(({ name }) => [addressOf(name), names[name]?.split(' ')[1] ?? name])
    expect((await anasMail.allRaw()).flatMap((raw) => findLeaks(raw, theirs))).toEqual([])
    expect(await ana.heard.leaks(theirs)).toEqual([])
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await desk.leaves()
  })
})

function fail(): never {
  throw new Error('nobody was asked')
}
