import { setTimeout } from 'node:timers/promises'
import { seeded } from '@parley/dev-env/seeded'
import { newId } from '@parley/model'
import pg from 'pg'
import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import { connectDesk, type DeskEnd } from './desk-end.ts'
import type { End } from './load-pairs.ts'
import { fill, interactionOf } from './measure-long.ts'
import type { ParleyFacts, ParleyGiven } from './serve-parley.ts'

/** What is tried on: an id that never was, a conversation of somebody else, or what is hidden in one's own. */
export const tried = ['nothing', 'elsewhere', 'hidden'] as const
export type Tried = (typeof tried)[number]

export interface RefusalFigures {
  readonly times: number
  readonly messages: number
  /** Milliseconds to the refusal, each time. `again`: the ids that never were, once more, to show what chance does. */
  readonly operations: readonly { readonly name: string; readonly taken: Readonly<Record<Tried | 'again', number[]>> }[]
}

type Inputs = Record<string, (interaction: string, own: string, person: string) => object>

const inputs: Inputs = {
  add: (interaction, _, person) => ({ interaction, people: [person] }),
  whisper: (interaction) => ({ interaction, text: 'words' }),
  grant: (interaction, _, person) => ({ interaction, person }),
  'set-fields': (interaction) => ({ what: { interaction }, name: 'name' }),
  close: (interaction) => ({ what: { interaction } }),
  copy: (interaction, own) => ({ from: interaction, to: own, messages: [newId()] }),
  merge: (interaction, own) => ({ into: { interaction: own }, from: { interaction } }),
  link: (interaction, own) => ({ a: { interaction: own }, b: { interaction } }),
  undo: (operation) => ({ operation }),
}

/**
 * How long being refused takes, in random order over one connection: what is not there, what is in a long conversation of somebody else, and a
 * backchannel of one's own conversation of which one does not know.
 */
export async function measureRefusals(
  database: BenchDatabase,
  { times, messages }: { times: number; messages: number },
): Promise<RefusalFigures> {
  const given: ParleyGiven = { connectionString: database.connectionString, pairs: 2, tellsSeen: false, smtpPort: 1 }
  const server = new Child('serve-parley.ts', given)
  try {
    const { pairs } = await server.answer<ParleyFacts>()
    const [own, elsewhere] = pairs.map(([visitor]) => interactionOf(visitor)) as [string, string]
    const client = new pg.Client({ connectionString: database.connectionString, options: '-c search_path=parley' })
    await client.connect()
    await fill(client, elsewhere, { messages, ranges: 1 })
    const { rows } = await client.query<{ interaction: string; person: string }>(
      `update responder r set role = case when p.interaction_id = $1 then 'operator' else 'supervisor' end
       from participant p where p.account_id = r.account_id and p.person_id = r.person_id and p.interaction_id = any($2)
       returning p.interaction_id as interaction, r.person_id as person`,
      [own, [own, elsewhere]],
    )
    const supervisor = rows.find(({ interaction }) => interaction === elsewhere)?.person ?? ''
    await client.query('vacuum analyze')
    await client.end()
    const above = await connectDesk(pairs[1]?.[1] as End)
    const { interaction: hidden = '', operation } = await above.does('open-backchannel', { from: own, people: [] })
    const done = {
      elsewhere: (await above.does('open-backchannel', { from: elsewhere, people: [] })).operation,
      hidden: operation,
    }
    await above.close()
    const desk = await connectDesk(pairs[0]?.[1] as End)
    const operations = []
    for (const [name, input] of Object.entries(inputs)) {
      const asked = (interaction: string) => input(interaction, own, supervisor)
      const ids = name === 'undo' ? done : { elsewhere, hidden }
      operations.push({ name, taken: await refused(desk, { name, asked, times, ids }) })
    }
    await desk.close()
    return { times, messages, operations }
  } finally {
    await server.stop()
  }
}

async function refused(
  desk: DeskEnd,
  wanted: {
    name: string
    asked: (interaction: string) => object
    times: number
    ids: Record<'elsewhere' | 'hidden', string>
  },
): Promise<Record<Tried | 'again', number[]>> {
  const { name, asked, times, ids } = wanted
  const taken = { nothing: [], elsewhere: [], hidden: [], again: [] } as Record<Tried | 'again', number[]>
  const random = seeded(times)
  const warm = Math.min(20, times)
  for (let time = -warm; time < times; time++) {
    for (const kind of random.shuffle(Object.keys(taken) as (Tried | 'again')[])) {
      const id = kind === 'nothing' || kind === 'again' ? newId() : ids[kind]
      const { ms, refusal } = await desk.asks(name, asked(id))
      // A connection may bring a hundred frames a second.
      await setTimeout(Math.max(0, 11 - ms))
      if (refusal !== 'not-there') throw new Error(`${name} on ${kind} was answered with ${refusal}`)
      if (time >= 0) taken[kind].push(ms)
    }
  }
  return taken
}
