import { freePort, seeded, startParley, tempFolder, WindowPerson, waitFor } from '@parley/dev-env'
import { readConfig } from '@parley/server'
import { expect, test } from 'vitest'
import { openDemo, openMailboxes } from './demo.ts'

test('B1 A15 the demo begins with somebody for every topic, a concierge that asks in the shop, and links that lead to one person', async () => {
  const folder = await tempFolder('demo')
  const read = readConfig({ PARLEY_PORT: String(await freePort()) })
  if (!read.ok) throw new Error(read.problems.join())
  const mailboxes = await openMailboxes(read.config, folder.path)
  const parley = await startParley({ account: { name: 'Other', sites: [], responders: [] } })
  const demo = await openDemo(parley.server, read.config, mailboxes)
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
    const people = () =>
      parley.server.db.workers
        .selectFrom('offer')
        .innerJoin('person', 'person.person_id', 'offer.person_id')
        .select('person.name')
        .where('offer.conversation_id', '=', byLink.visitor.conversation as never)
        .execute()
    await waitFor('the question', async () => (await people()).length > 0)
    expect(await people()).toEqual([{ name: 'Dag Solberg' }])
    expect(byLink.texts()).toEqual(['Which size for a tree?'])
    expect(parley.complaints).toEqual([])
    inShop.visitor.leaves()
    byLink.visitor.leaves()
  } finally {
    await demo.close()
    await parley.stop()
    await mailboxes.stop()
    await folder.remove()
  }
})
