import type { MailPerson } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { seconds } from '@parley/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

const four = [
  { name: 'bo', alias: 'Juniper' },
  { name: 'cleo', alias: 'Heather' },
  { name: 'dag', alias: 'Rowan' },
  { name: 'eli', alias: 'Linden' },
] as const
const pause = seconds(3)

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'a hunt in waves', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: four,
      policy: {
        hunt: {
          reach: 'sample',
          waves: [
            { afterMs: 0, most: 2 },
            { afterMs: pause, most: 2 },
          ],
        },
      },
    })
  })
  afterAll(() => stage?.close())

  test('A6 A10 two are asked first; when neither answers two more are, one of these takes the place, and the others are told kindly', async () => {
    const people = await Promise.all(four.map(({ name }) => stage.person(name)))
    const ana = await stage.visitor()
    await ana.says('Which rope floats?')
    await Promise.all(people.map((person) => person.receivesEmail(/rope floats/, { timeoutMs: 30_000 })))

    const { db } = stage.parley.server
    const asked = await db.workers
      .selectFrom('offer')
      .innerJoin('person', 'person.person_id', 'offer.person_id')
      .select(['person.name', 'offer.wave', 'offer.created_at'])
      .orderBy('offer.created_at')
      .execute()
    expect(asked.map(({ wave }) => wave)).toEqual([1, 1, 2, 2])
    const [first, , second] = asked.map(({ created_at }) => created_at.getTime())
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(pause)

    const personOf = (index: number): MailPerson => {
      const found = people.find(({ name }) => name === asked[index]?.name)
      if (!found) throw new Error(`nobody is number ${index}`)
      return found
    }
    const [early, alsoEarly, winner, alsoLate] = [personOf(0), personOf(1), personOf(2), personOf(3)]
    const question = (await winner.inbox()).find(({ text }) => /rope floats/.test(text))
    if (!question) throw new Error('nobody was asked')
    await winner.repliesTo(question, 'Polypropylene.')
    await ana.sees('Polypropylene.')
    for (const other of [early, alsoEarly, alsoLate]) {
      const kind = await other.receivesEmail(/answered by someone else/)
      expect(kind.text).toMatch(/thank you/i)
    }

    // The first wave may still write: it is told so, and takes nothing.
    const late = (await early.inbox()).find(({ text }) => /rope floats/.test(text))
    if (!late) throw new Error('nobody was asked')
    await early.repliesTo(late, 'Hemp, if it is dry.')
    await early.receivesEmail(/faster/)
    await ana.seesExactly(['Which rope floats?', 'Polypropylene.'])
    expect(await db.workers.selectFrom('ticket').select(['admitted', 'hunt']).execute()).toEqual([
      { admitted: 1, hunt: 'found' },
    ])
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    await ana.leaves()
  })
})
