import { findLeaks, type MailPerson } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOf, names, openStage, type Stage } from './stage.ts'

const three = [
  { name: 'bo', alias: 'Juniper' },
  { name: 'cleo', alias: 'Heather' },
  { name: 'dag', alias: 'Rowan' },
] as const

const identitiesOf = (...people: string[]) => people.flatMap((name) => [addressOf(name), names[name] ?? name])

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'three responders and one place', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ responders: three })
  })
  afterAll(() => stage?.close())

  test('A10 A14 three answer at the same moment: one is admitted, two are told kindly, and their words stay theirs', async () => {
    const people = await Promise.all(three.map(({ name }) => stage.person(name)))
    const ana = await stage.visitor()
    await ana.says('Which rope holds a hammock?')
    const offers = await Promise.all(people.map((person) => person.receivesEmail(/rope/)))
    await Promise.all(people.map((person, index) => person.repliesTo(offer(offers, index), `Rope number ${index}.`)))

    await ana.sees(/Rope number \d\./)
    const [, answer = ''] = await ana.transcript()
    const winner = Number(/\d/.exec(answer)?.[0])
    const losers = [0, 1, 2].filter((index) => index !== winner)
    for (const index of losers) await people[index]?.receivesEmail(/faster/)
    expect(await ana.transcript()).toEqual(['Which rope holds a hammock?', `Rope number ${winner}.`])
    const { db } = stage.parley.server
    const admitted = await db.workers.selectFrom('ticket').select(['admitted', 'hunt']).execute()
    expect(admitted).toEqual([{ admitted: 1, hunt: 'found' }])

    const late = losers[0] ?? 0
    const desk = await stage.atDesk(three[late]?.name ?? '')
    await desk.opens(`Rope number ${late}.`)
    await desk.seesExactly([`Rope number ${late}.`])

    // To write again brings nobody in, and says so again.
    await people[late]?.repliesTo(offer(offers, late), 'Really not?')
    await people[late]?.receivesEmail(/faster/)
    await ana.says('I take that one.')
    await people[winner]?.receivesEmail(/I take that one/)
    await ana.seesExactly(['Which rope holds a hammock?', `Rope number ${winner}.`, 'I take that one.'])
    expect(ana.heard.pieces).toBeGreaterThan(5)
    expect(await ana.heard.leaks([...losers.map((index) => `Rope number ${index}.`), 'Really not?'])).toEqual([])
    for (const index of losers) expect(await textsOf(people[index])).not.toContain('I take that one')
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), desk.leaves()])
  })
})

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'two places, each a circle of its own', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: three,
      policy: { circle: 'private', admission: { kind: 'first-n', slots: 2 } },
    })
  })
  afterAll(() => stage?.close())

  test('A10 A13 A14 C2 two are let in, told apart by alias and colour; the visitor answers both or one, and neither learns of the other', async () => {
    const [bo, cleo, dag] = await Promise.all([stage.person('bo'), stage.person('cleo'), stage.person('dag')])
    const ana = await stage.visitor()
    await ana.says('What do I feed a hedgehog?')
    await bo.repliesTo(await bo.receivesEmail(/hedgehog/), 'Cat food.')
    await ana.sees('Cat food.')
    await cleo.repliesTo(await cleo.receivesEmail(/hedgehog/), 'Beetles, mostly.')
    await ana.sees('Beetles, mostly.')
    await dag.receivesEmail(/answered by someone else/)

    const faces = await ana.faces()
    expect(faces.map(({ alias }) => alias)).toEqual(['Juniper', 'Heather'])
    expect(new Set(faces.map(({ colour }) => colour)).size).toBe(2)

    await ana.says('How much of it?')
    const [toBo, toCleo] = await Promise.all([bo.receivesEmail(/How much of it/), cleo.receivesEmail(/How much of it/)])
    await ana.saysOnlyTo('Heather', 'Where do I find beetles?')
    const alone = await cleo.receivesEmail(/Where do I find beetles/)
    await cleo.repliesTo(alone, 'Under logs.')
    await bo.repliesTo(toBo, 'A spoonful.')
    await ana.sees('A spoonful.')
    await ana.sees('Under logs.')
    expect(toBo.replyTo).not.toEqual(toCleo.replyTo)

    const desk = await stage.atDesk('bo')
    await desk.opens('A spoonful.')
    await desk.seesExactly(['What do I feed a hedgehog?', 'Cat food.', 'How much of it?', 'A spoonful.'])

    const notBos = ['Beetles', 'Heather', 'Under logs', 'Where do I find', ...identitiesOf('cleo', 'dag')]
    const notCleos = ['Cat food', 'Juniper', 'A spoonful', ...identitiesOf('bo', 'dag')]
    expect((await bo.allRaw()).flatMap((raw) => findLeaks(raw, notBos))).toEqual([])
    expect((await cleo.allRaw()).flatMap((raw) => findLeaks(raw, notCleos))).toEqual([])
    expect(await desk.heard.leaks(notBos)).toEqual([])
    expect(await ana.heard.leaks(identitiesOf('bo', 'cleo', 'dag'))).toEqual([])
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), desk.leaves()])
  })
})

function offer<T>(offers: readonly T[], index: number): T {
  const found = offers[index]
  if (found === undefined) throw new Error('nobody asked')
  return found
}

async function textsOf(person: MailPerson | undefined): Promise<string> {
  return ((await person?.inbox()) ?? []).map(({ text }) => text).join('\n')
}
