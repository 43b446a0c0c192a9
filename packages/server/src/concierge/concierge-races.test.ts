import { seeded } from '@parley/dev-env'
import type { ConversationId } from '@parley/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accepted, aResponder, type House, mailOnly, type Node, openHouse } from '../test-house.fixture.ts'
import { addScript, changeScript, goOnWhenDue } from './index.ts'
import { leaks } from './leaks.test-data.ts'

let house: House
let nodes: Node[]
beforeAll(async () => {
  house = await openHouse({ responders: [aResponder('bo'), aResponder('cy')], policy: { admission: { kind: 'any' } } })
  nodes = [house.node, house.anotherNode()]
  const { account, responders } = house.account
  const by = responders[0]?.person
  if (!by) throw new Error('nobody is there')
  await house.node.db.write(account, async (tx) => {
    const added = await addScript(tx, { account, by, name: 'Leaks', chosenBy: {}, script: leaks }, house.clock.now())
    if (added.ok) await changeScript(tx, { account, id: added.id, isOn: true })
  })
})
afterAll(() => house.close())

const due = (node: Node) => {
  const warn = (facts: object) => expect(facts).toBeNull()
  return goOnWhenDue({ db: node.db, road: node.road, clock: house.clock, addresses: mailOnly, warn })
}

/** Who spoke, in the order of the conversation. */
async function speakers(conversation: ConversationId): Promise<string[]> {
  const rows = await house.rows<{ kind: string }>(
    `select w.kind from placement p join message m on m.message_id = p.message_id join person w on w.person_id = m.person_id
     where p.conversation_id = $1 order by p.ordinal`,
    [conversation],
  )
  return rows.map(({ kind }) => kind)
}

test('B3 whatever happens in the same moment on two processes, nothing scripted ever stands behind a person’s first words', async () => {
  const seen = { cutShort: 0, spokeFirst: 0 }
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = seeded(seed)
    const { person, conversation } = await house.visitor()
    const say = async (text: string, node: Node) => {
      accepted(await node.road.say(house.say(person, { conversation }, text)))
    }
    await say('My pump drips', random.pick(nodes))
    // Where it stands when everything happens at once: at the first question, at the second, or waiting.
    for (const answer of ['yes', 'yesterday'].slice(0, random.int(0, 2))) await say(answer, random.pick(nodes))
    const before = (await speakers(conversation)).length
    house.clock.pass(random.pick([0, 30_000, 120_000, 600_000]))
    const offers = await house.offers(conversation)
    const soon = () => new Promise((resolve) => setTimeout(resolve, random.int(0, 6)))
    const happenings = random.shuffle([
      async () => say(random.pick(['yes', 'no', 'what?', 'last week']), random.pick(nodes)),
      async () => say('Hello?', random.pick(nodes)),
      ...nodes.map((node) => () => due(node)),
      ...offers.map((offer) => () => house.answer(offer, 'Turn it off.', { node: random.pick(nodes) })),
    ])
    await Promise.all(
      happenings.map(async (happen) => {
        await soon()
        await happen()
      }),
    )
    const first = (await speakers(conversation)).indexOf('responder')
    expect(first, `seed ${seed}: nobody answered`).toBeGreaterThan(-1)
    // And whatever comes later is heard by people alone.
    await say('yes', random.pick(nodes))
    house.clock.pass(700_000)
    await Promise.all(nodes.map(due))
    const after = (await speakers(conversation)).slice(first)
    expect(after, `seed ${seed}`).not.toContain('virtual')
    const spoke = (await speakers(conversation)).slice(before, first).includes('virtual')
    seen[spoke ? 'spokeFirst' : 'cutShort'] += 1
  }
  // Both orders came about, or nothing was shown.
  expect(seen.cutShort).toBeGreaterThan(3)
  expect(seen.spokeFirst).toBeGreaterThan(3)
})
