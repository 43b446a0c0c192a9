import type { AccountId, ConversationId, InteractionId, PersonId, TeamId } from '@parley/model'
import type { ConversationView, MessageView } from '@parley/protocol'
import { readMessages, readViews } from '../conversations/index.ts'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { readableSpans } from '../road/index.ts'
import { searchMessages } from '../search/index.ts'
import { changeTeam, followTeams, makeTeam } from '../teams/index.ts'
import { listOperations } from './index.ts'

export interface LeakRig extends OperationRig {
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
export async function openLeakRig(): Promise<LeakRig> {
  const rig = await openOperationRig()
  const { house } = rig
  const { node } = house
  const account: AccountId = house.account.account
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
