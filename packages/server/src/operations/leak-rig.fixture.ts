import {
  type AccountId,
  type AddressId,
  type ConversationId,
  type InteractionId,
  newId,
  type PersonId,
  type TeamId,
} from '@parley/model'
import type { ConversationView, MessageView } from '@parley/protocol'
import { addCategory } from '../categories/index.ts'
import { readMessages, readViews } from '../conversations/index.ts'
import type { Role } from '../db/index.ts'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { readableSpans } from '../road/index.ts'
import { searchMessages } from '../search/index.ts'
import { changeTeam, followTeams, makeTeam } from '../teams/index.ts'
import { listOperations } from './index.ts'

export interface LeakRig extends OperationRig {
  /** Ids of the categories that the house has. */
  readonly categories: readonly string[]
  /** Somebody new, who can be erased: known as Fay in place of the one before. */
  anotherFay(role: Role): Promise<PersonId>
  /** A team with these people. */
  team(members: readonly PersonId[]): Promise<TeamId>
  /** Their newest conversations, in the order of their list, and what they read there, by interaction. */
  newest(person: PersonId, limit: number): Promise<{ views: ConversationView[]; read: Map<string, MessageView[]> }>
  /** All that somebody can read, as bytes: their newest conversations with what stands in them, what a search finds, and what was done. */
  everything(person: PersonId, query: string): Promise<string>
  /** The messages that a search of theirs finds. */
  finds(person: PersonId, query: string): Promise<string[]>
  changeTeam(team: TeamId, members: readonly PersonId[]): Promise<void>
}

/** What random histories need besides operations. */
export async function openLeakRig(policy: object = {}): Promise<LeakRig> {
  const rig = await openOperationRig(policy)
  const { house } = rig
  const { node } = house
  const account: AccountId = house.account.account
  const categories = await node.db.write(account, async (tx) => [
    await addCategory(tx, account, { names: { en: 'Roses' }, colour: 1 }),
    await addCategory(tx, account, { names: { en: 'Boats' }, colour: 2 }),
  ])
  let fay: PersonId | null = null
  const newest: LeakRig['newest'] = (person, limit) =>
    node.db.read(account, async (db) => {
      const found = await readViews(db, { account, person, language: 'en', limit })
      const read = new Map<string, MessageView[]>()
      for (const { structure, view } of found) {
        for (const { id } of view.interactions) {
          const interaction = id as InteractionId
          const spans = readableSpans(structure, person)
          const wanted = { account, person, interaction, spans, cursor: 'end', url: () => '' } as const
          read.set(id, (await readMessages(db, wanted)).messages)
        }
      }
      return { views: found.map(({ view }) => view), read }
    })
  return {
    ...rig,
    categories: categories.flatMap((id) => id ?? []),
    async anotherFay(role) {
      if (fay) await house.rows(`update responder set state = 'removed' where person_id = $1`, [fay])
      fay = newId<PersonId>()
      const like = [fay, rig.people.otto]
      const address = `${fay}@people.test`
      await house.rows(
        `insert into person (account_id, person_id, kind, site_id, name, language, region, created_at)
         select account_id, $1, kind, site_id, 'fay', language, region, created_at from person where person_id = $2`,
        like,
      )
      await house.rows(
        `insert into responder (account_id, person_id, alias, state, capacity, role)
         select account_id, $1, 'alias of fay', 'active', capacity, $3 from responder where person_id = $2`,
        [...like, role],
      )
      await house.rows(
        `insert into criteria (account_id, person_id, wants, updated_at) select account_id, $1, wants, updated_at from criteria where person_id = $2`,
        like,
      )
      await house.rows(
        `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, proven_at, created_at)
         select account_id, $3, $1, medium, $4, $4, position, state, proven_at, created_at from address where person_id = $2`,
        [...like, newId<AddressId>(), address],
      )
      Object.assign(rig.people, { fay })
      return fay
    },
    async team(members) {
      const made = await node.db.write(account, (tx) =>
        makeTeam(tx, account, { kind: 'team', names: { en: 'Harbour' }, members }, house.clock.now()),
      )
      if (!made.ok) throw new Error('the team could not be made')
      return made.team
    },
    newest,
    everything: (person, query) =>
      node.db.read(account, async (db) => {
        // Who watches is shown what others did.
        const role = null
        const { views, read } = await newest(person, 5)
        const found = await searchMessages(db, { account, person, language: 'en', query })
        const done = []
        for (const { id } of views) done.push(await listOperations(db, { account, person, role }, id as ConversationId))
        return JSON.stringify([views, [...read], found, done])
      }),
    finds: (person, query) =>
      node.db.read(account, async (db) => {
        const found = await searchMessages(db, { account, person, language: 'en', query })
        return found?.hits.map(({ message }) => message) ?? []
      }),
    async changeTeam(team, members) {
      await node.db.write(account, (tx) => changeTeam(tx, account, team, { members }))
      const warn = (facts: object, message: string) => {
        throw new Error(`${message} ${JSON.stringify(facts)}`)
      }
      await followTeams({ db: node.db, road: node.road, warn })
    },
  }
}
