import { freePort, seeded, startParley, tempFolder, WindowPerson, waitFor } from '@parley/dev-env'
import { readConfig } from '@parley/server'
import { expect, test } from 'vitest'
import { openDemo, openMailboxes } from './demo.ts'

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
