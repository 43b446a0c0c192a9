import { shopJid, shopNumber } from '@parley/app-demo'
import { freePort, seeded, startParley, tempFolder, WindowPerson, waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { readConfig } from '@parley/server'
import { expect, test } from 'vitest'
import { openDemo, openDemoMessengers, openDemoPhones, openMailboxes } from './demo.ts'

test('B1 A15 D3 the demo begins with somebody for every topic, a concierge that asks in the shop, links that lead to one person, and first words that are read', async () => {
  const folder = await tempFolder('demo')
  const read = readConfig({ PARLEY_PORT: String(await freePort()) })
  if (!read.ok) throw new Error(read.problems.join())
  const mailboxes = await openMailboxes(read.config, folder.path)
  const parley = await startParley({ account: { name: 'Other', sites: [], responders: [] } })
  const demo = await openDemo(parley.server, read.config, mailboxes)
  const learned = async () => {
    const { rows } = await parley.server.db.workerPool.query('select 1 from reading where model is not null')
    return rows.length
  }
  try {
    const asks = async (site: string, words: string) => {
      const visitor = new WindowPerson({ url: parley.url, site, random: seeded(1) })
      const client = await visitor.begins()
      visitor.says(words)
      const texts = () =>
        [...client.transcript.interactions].flatMap(({ messages }) => messages.map(({ text }) => text))
      return { visitor, texts }
    }
    const inShop = await asks('demo-shop', 'Does it keep the rain out?')
    await waitFor('the concierge', () => inShop.texts().some((text) => text.startsWith('Where will you use it')))
    const byLink = await asks('lind-pot', 'Which size for a tree?')
    const asked = async ({ visitor }: typeof byLink) => {
      const rows = await parley.server.db.workers
        .selectFrom('offer')
        .innerJoin('person', 'person.person_id', 'offer.person_id')
        .select('person.name')
        .where('offer.conversation_id', '=', visitor.conversation as never)
        .execute()
      return rows.map(({ name }) => name).sort()
    }
    await waitFor('the question', async () => (await asked(byLink)).length > 0)
    expect(await asked(byLink)).toEqual(['Dag Solberg'])
    await waitFor('their own words', () => byLink.texts().length > 0)
    expect(byLink.texts()).toEqual(['Which size for a tree?'])

    await waitFor('what was learned', async () => (await learned()) > 0, { timeoutMs: 60_000 })
    const inWords = await asks('demo-shop', 'My boots leak at the seam')
    await waitFor('the question', async () => (await asked(inWords)).length > 0)
    expect(await asked(inWords)).toEqual(['Bo Lindqvist', 'Cleo Marchetti'])
    expect(parley.complaints).toEqual([])
    inWords.visitor.leaves()
    inShop.visitor.leaves()
    byLink.visitor.leaves()
  } finally {
    await demo.close()
    await parley.stop()
    await mailboxes.stop()
    await folder.remove()
  }
})

test('A7 A15 in the demo somebody writes to the shop’s number from a phone, and is answered from another', async () => {
  const folder = await tempFolder('demo')
  const read = readConfig({ PARLEY_PORT: String(await freePort()) })
  if (!read.ok) throw new Error(read.problems.join())
  const mailboxes = await openMailboxes(read.config, folder.path)
  const opened = await openDemoPhones(read.config)
  if (!opened) throw new Error('the demo has no phones')
  const parley = await startParley({
    account: { name: 'Other', sites: [], responders: [] },
    channels: [opened.channel],
  })
  const demo = await openDemo(parley.server, read.config, mailboxes, opened)
  const { phones } = opened
  const [fay, ana] = phones.people
  if (!fay || !ana) throw new Error('the cast has no phones')
  const patient = { timeoutMs: 60_000, instead: () => [phones.threads(fay), phones.threads(ana)] }
  try {
    phones.send(ana, shopNumber, 'Where is my parcel? The order is FF-1042')
    const question = await waitFor(
      'the question',
      () => phones.threads(fay).find(({ last }) => last.includes('Where is my parcel')),
      patient,
    )
    expect(question.other).not.toBe(shopNumber)
    phones.send(fay, question.other, 'On the ferry; it lands tomorrow.')
    const answer = () => phones.texts(ana, shopNumber).find(({ text }) => text.includes('On the ferry'))
    expect(await waitFor('the answer', answer, patient)).toMatchObject({ isOwn: false })
    expect(JSON.stringify([phones.texts(ana, shopNumber), phones.threads(ana)])).not.toMatch(/Fay|900201/)
    expect(JSON.stringify(phones.texts(fay, question.other))).not.toMatch(/Ana|900202/)
    expect(parley.complaints).toEqual([])
  } finally {
    await demo.close()
    await parley.stop()
    await opened.stop()
    await mailboxes.stop()
    await folder.remove()
  }
})

await describeWithPeers(['prosody'], 'the messengers of the demo', () => {
  test('A7 A15 in the demo somebody writes to the shop’s JID from a messenger, and is answered from another', async () => {
    const folder = await tempFolder('demo')
    const read = readConfig({ PARLEY_PORT: String(await freePort()) })
    if (!read.ok) throw new Error(read.problems.join())
    const mailboxes = await openMailboxes(read.config, folder.path)
    const chats = await openDemoMessengers(read.config)
    if (!chats.messengers) throw new Error('the demo has no messengers')
    const { messengers } = chats
    const parley = await startParley({
      account: { name: 'Other', sites: [], responders: [] },
      channels: [chats.channel],
    })
    const demo = await openDemo(parley.server, read.config, mailboxes, null, chats)
    const [gus, ana] = messengers.people
    if (!gus || !ana) throw new Error('the cast has no messengers')
    const patient = { timeoutMs: 60_000, instead: () => [messengers.threads(gus), messengers.threads(ana)] }
    try {
      messengers.send(ana, shopJid, 'Where is my parcel? The order is FF-1042')
      const question = await waitFor(
        'the question',
        () => messengers.threads(gus).find(({ last }) => last.includes('Where is my parcel')),
        patient,
      )
      messengers.send(gus, question.other, 'On the ferry; it lands tomorrow.')
      const answer = () => messengers.threads(ana).find(({ last }) => last.includes('On the ferry'))
      expect(await waitFor('the answer', answer, patient)).toMatchObject({ isOwn: false })
      const seen = (person: typeof gus) =>
        JSON.stringify(messengers.threads(person).map((one) => [one, messengers.texts(person, one.other)]))
      expect(seen(ana)).not.toMatch(/gus|Petrosyan/i)
      expect(seen(gus)).not.toMatch(/ana@|Ferreira/i)
      expect(demo.lines.join('\n')).toContain(shopJid)
      expect(parley.complaints).toEqual([])
    } finally {
      await demo.close()
      await parley.stop()
      await chats.stop()
      await mailboxes.stop()
      await folder.remove()
    }
  })
})
