import { randomUUID } from 'node:crypto'
import { waitFor } from '@parley/dev-env'
import type { ConversationView, OperationResult, ProgramMessages } from '@parley/protocol'
import { expect } from 'vitest'
import { ProgramCaller } from './program-caller.ts'
import type { RoadsStage } from './roads-stage.ts'
import { SealedStory } from './sealed-story.ts'

/**
 * One question, sealed at each level in turn, with everybody outside answering over a medium of their own: mail, text message, SIP, chat, and
 * a webhook; and one at the desk who is told in a browser. None of it ever stands on a wire, and each link opens on what was said.
 */
export async function sealedOnTheWire(stage: RoadsStage): Promise<void> {
  const story = new SealedStory(stage)
  const { visitor, outsiders } = story
  await visitor.begins()
  const { client, conversation } = visitor
  if (!client) throw new Error('there is no window')
  const toAll = { conversation }
  const linksFor = (words: string) => Promise.all(outsiders.map((name) => story.sentLinkTo(name, words)))

  // A message alone: the question that quotes it, too.
  const asked = story.canary('nightingale')
  client.say(toAll, `Where does the ${asked} sing?`, { sealed: true })
  await linksFor(asked)
  // Who is told in a browser is told that something waits: once for the question, while nobody there has seen it, and again for what is said.
  const pushes = (count: number) => story.wire('otto').filter(({ road }) => road === 'push').length >= count || null
  await waitFor('a push for the question', () => pushes(1), { timeoutMs: 30_000 })
  for (const name of outsiders) await answers(stage, conversation, name)

  await answersAtDesk(stage, conversation, 'otto')

  // What lies open is carried, so that who listens is known to hear.
  client.say(toAll, 'An open sparrow.')
  for (const name of outsiders) {
    await waitFor(`the sparrow for ${name}`, () => heard(story, name, 'An open sparrow.'), { timeoutMs: 30_000 })
  }

  // A file with its name, in a message that is sealed.
  const named = story.canary('kestrel')
  const inside = story.canary('wren')
  const file = await story.uploads(`${named}.txt`, `all about the ${inside}`)
  const beside = story.canary('heron')
  client.say(toAll, `See the ${beside}`, { sealed: true, attachments: [file] })
  for (const { files } of await linksFor(beside)) expect(files).toContain(`${named}.txt`)

  // One interaction, the one with who answers by mail, and then all of it.
  const sue = stage.desks.get('sue')
  const seals = async (what: object) => {
    const done = await sue?.calls<OperationResult>('POST', '/api/desk/operations/seal', {
      ...{ operation: randomUUID(), input: what },
    })
    expect(done?.status, done?.text).toBe(200)
  }
  const exchange = await exchangeOf(stage, conversation, 'bo')
  await seals({ interaction: exchange })
  const there = story.canary('curlew')
  client.say({ interaction: exchange }, `Only here: ${there}`)
  await story.sentLinkTo('bo', there)
  await seals({ conversation })
  const last = story.canary('dotterel')
  client.say(toAll, `And the ${last}?`)
  await linksFor(last)
  await waitFor('a push for what was said', () => pushes(2), { timeoutMs: 30_000 })

  // An invitation says what came with it behind a link; a whisper is one more message.
  const noted = story.canary('plover')
  const whispered = story.canary('shrike')
  const does = (name: string, input: object) =>
    sue?.calls<OperationResult>('POST', `/api/desk/operations/${name}`, { operation: randomUUID(), input })
  const cleo = await exchangeOf(stage, conversation, 'cleo')
  const behind = { from: cleo, people: [stage.person('bo')], note: `Do you know the ${noted}?` }
  expect((await does('open-backchannel', behind))?.status).toBe(200)
  const invited = await story.sentLinkTo('bo', noted)
  expect(invited.texts).toHaveLength(1)
  expect((await does('whisper', { interaction: cleo, text: `Say ${whispered}` }))?.status).toBe(200)
  await story.sentLinkTo('cleo', whispered)

  await stage.settles()
  expect(story.leaks()).toEqual([])

  // Who reads over a connection of their own reads the words.
  const program = new ProgramCaller({ name: 'gus', urls: stage.urls, key: stage.program.key, ear: stage.ear })
  const seen = await program.calls<ConversationView>('GET', `/conversations/${conversation}`)
  const own = seen.body.interactions.find(({ kind }) => kind === 'exchange')?.id
  const read = await program.calls<ProgramMessages>('GET', `/conversations/${conversation}/messages?interaction=${own}`)
  expect(read.body.messages.filter(({ sealed }) => sealed).map(({ text }) => text)).toContain(`And the ${last}?`)
  visitor.leaves()
}

const heard = (story: SealedStory, name: string, words: string) =>
  story.wire(name).some(({ bytes }) => bytes.includes(words)) || null

async function offerTo(stage: RoadsStage, conversation: string, name: string): Promise<string> {
  const query = 'select offer_id as id from offer where conversation_id = $1 and person_id = $2'
  const [offer] = await stage.rows<{ id: string }>(query, [conversation, stage.person(name)])
  if (!offer) throw new Error(`${name} was not asked`)
  return offer.id
}

async function answersAtDesk(stage: RoadsStage, conversation: string, name: string): Promise<void> {
  const path = `/api/desk/offers/${await offerTo(stage, conversation, name)}/answer`
  const answered = await stage.desks.get(name)?.calls('POST', path, { id: randomUUID(), text: 'At the desk.' })
  expect(answered?.status, answered?.text).toBe(200)
}

/** Somebody takes the question, over what they were asked by. */
async function answers(stage: RoadsStage, conversation: string, name: string): Promise<void> {
  const offer = await offerTo(stage, conversation, name)
  const told = await stage.writes(name, { offer }, `I am ${name}, and know it.`)
  if (told !== null) throw new Error(`the answer of ${name} was refused: ${told}`)
  await exchangeOf(stage, conversation, name)
}

function exchangeOf(stage: RoadsStage, conversation: string, name: string): Promise<string> {
  return waitFor(
    `the exchange with ${name}`,
    async () => {
      const [place] = await stage.rows<{ interaction: string }>(
        `select p.interaction_id as interaction from participant p join interaction i on i.interaction_id = p.interaction_id
         where p.conversation_id = $1 and p.person_id = $2 and i.kind = 'exchange'`,
        [conversation, stage.person(name)],
      )
      return place?.interaction
    },
    { timeoutMs: 30_000 },
  )
}
