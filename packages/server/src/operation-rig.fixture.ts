import {
  type AccountId,
  type ConversationId,
  type InteractionId,
  newId,
  type OperationId,
  type PersonId,
} from '@parley/model'
import type { ConversationView, MessageView } from '@parley/protocol'
import { readMessages, readViews } from './conversations/index.ts'
import type { Role } from './db/index.ts'
import { findOperation, type Performed, perform } from './operations/index.ts'
import { readableSpans } from './road/index.ts'
import { accepted, aResponder, type House, mailOnly, openHouse } from './test-house.fixture.ts'

/** Who is who: Bo and Cleo answer from their mail, Olga and Otto work at the desk, Sue supervises, Ada administers. */
const roles = {
  bo: 'responder',
  cleo: 'responder',
  olga: 'operator',
  otto: 'operator',
  sue: 'supervisor',
  ada: 'administrator',
} as const satisfies Record<string, Role>
type Name = keyof typeof roles

export interface OperationRig {
  readonly house: House
  /** The people of the account, by name. */
  readonly people: Readonly<Record<Name, PersonId>>
  /** A visitor with a question and, for each name, an exchange with them, answered at the desk. */
  question(...answeredBy: Name[]): Promise<{
    visitor: PersonId
    conversation: ConversationId
    intake: InteractionId
    exchanges: InteractionId[]
  }>
  say(person: PersonId, to: { conversation: string } | { interaction: string }, text: string): Promise<string>
  /** Does an operation as somebody. */
  does(person: PersonId, name: string, input: unknown, id?: OperationId, account?: AccountId): Promise<Performed>
  /** Everything that somebody may see: their conversations, and what they read in each interaction. */
  sees(person: PersonId): Promise<{ views: ConversationView[]; texts: Record<string, string[]> }>
  messages(person: PersonId, interaction: string): Promise<MessageView[]>
  close(): Promise<void>
}

/** A house where operations can be done, without a server around it. */
export async function openOperationRig(policy: object = {}): Promise<OperationRig> {
  const names = Object.keys(roles) as Name[]
  const house = await openHouse({
    policy: { admission: { kind: 'any' }, ...policy },
    responders: names.map((name) => ({ ...aResponder(name), role: roles[name] })),
  })
  const { node, account } = house
  const people = Object.fromEntries(account.responders.map(({ name, person }) => [name, person])) as Record<
    Name,
    PersonId
  >
  const pages = async (person: PersonId) =>
    node.db.read(account.account, async (db) => {
      const found = await readViews(db, { account: account.account, person, language: 'en', limit: 1000 })
      const read: Record<string, MessageView[]> = {}
      for (const { structure, view } of found) {
        for (const { id } of view.interactions) {
          const page = await readMessages(db, {
            account: account.account,
            person,
            interaction: id as InteractionId,
            spans: readableSpans(structure, person),
            cursor: 'end',
            url: (_, attachment) => attachment,
          })
          read[id] = page.messages
        }
      }
      return { views: found.map(({ view }) => view), read }
    })
  const rig: OperationRig = {
    house,
    people,
    async question(...answeredBy) {
      const { person, conversation, intake } = await house.visitor()
      accepted(await node.road.say(house.say(person, { conversation }, 'the question')))
      const offers = await house.offers(conversation)
      const exchanges: InteractionId[] = []
      for (const name of answeredBy) {
        const offer = offers.find((each) => each.person === people[name])
        if (!offer) throw new Error(`${name} was not asked`)
        const answered = await house.answer(offer, `answer of ${name}`, { desk: true })
        if (answered.outcome !== 'admitted') throw new Error(`${name} was not admitted: ${answered.outcome}`)
        exchanges.push(answered.interaction)
      }
      return { visitor: person, conversation, intake, exchanges }
    },
    async say(person, to, text) {
      const target =
        'conversation' in to
          ? { conversation: to.conversation as never }
          : {
              interaction: to.interaction as InteractionId,
              conversation: (
                await house.rows<{ id: never }>(
                  'select conversation_id as id from interaction where interaction_id = $1',
                  [to.interaction],
                )
              )[0]?.id as never,
            }
      return accepted(await node.road.say(house.say(person, target, text))).message
    },
    async does(person, name, input, id = newId<OperationId>(), of = account.account) {
      const operation = findOperation(name)
      if (!operation) throw new Error(`there is no operation ${name}`)
      const who = { account: of, person, language: 'en', via: { medium: 'web', address: null } } as const
      return perform({ road: node.road, context: { db: node.db, addresses: mailOnly } }, who, { operation, id, input })
    },
    async sees(person) {
      const { views, read } = await pages(person)
      const texts = Object.entries(read).map(([id, messages]) => [id, messages.map(({ text }) => text)])
      return { views, texts: Object.fromEntries(texts) }
    },
    async messages(person, interaction) {
      return (await pages(person)).read[interaction] ?? []
    },
    close: () => house.close(),
  }
  return rig
}
