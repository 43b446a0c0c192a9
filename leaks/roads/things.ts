import { randomBytes, randomUUID } from 'node:crypto'

/** What ids name, by the words that the interfaces have for it. */
export type Kind = keyof typeof tables
/** An id of each kind. */
export type Things = Readonly<Record<Kind, string>>

const tables = {
  conversation: 'conversation',
  ticket: 'ticket',
  interaction: 'interaction',
  message: 'placement',
  participant: 'participant',
  person: 'responder',
  team: 'team',
  invitation: 'place_invitation',
  operation: 'operation',
  offer: 'offer',
  delivery: 'delivery',
  held: 'held_item',
  program: 'program',
  site: 'site',
  topic: 'topic',
  category: 'category',
  address: 'address',
  own_address: 'own_address',
  reference: 'delivery',
  token: 'relay_address',
} as const
const columns: Partial<Record<Kind, string>> = {
  ...{ program: 'person_id', person: 'person_id', held: 'held_id', reference: 'reference', token: 'token' },
}
const kinds = Object.keys(tables) as Kind[]

type Rows = <T>(query: string, values?: unknown[]) => Promise<T[]>

/** One of each that an account has, and of a conversation where one is named, sent to others than somebody; of what there is none, something that never was. */
export async function thingsOf(rows: Rows, account: string, conversation?: string, but?: string): Promise<Things> {
  const never = neverWere()
  const found = kinds.map(async (kind): Promise<[Kind, string]> => {
    const column = columns[kind] ?? `${kind}_id`
    const at = kind === 'operation' ? 'conversation_ids @> array[$2::uuid]' : 'conversation_id = $2::uuid'
    const within = conversation !== undefined && ofAConversation.includes(kind) ? at : '($2::text is null or true)'
    const others = sent.includes(kind) ? 'and person_id is distinct from $3::uuid' : 'and ($3::text is null or true)'
    const [row] = await rows<{ id: string }>(
      `select ${column} as id from ${tables[kind]} where account_id = $1 and ${column} is not null and ${within} ${others} order by random() limit 1`,
      [account, conversation ?? null, but ?? null],
    )
    return [kind, row?.id ?? never[kind]]
  })
  return { ...never, ...Object.fromEntries(await Promise.all(found)) }
}

/** Everything that an account has an id of, and every word, name and address in it. */
export async function allOf(rows: Rows, account: string): Promise<Set<string>> {
  const ids = kinds.map(
    (kind) => `select ${columns[kind] ?? `${kind}_id`}::text as it from ${tables[kind]} where account_id = $1`,
  )
  const words = [
    'select value from address where account_id = $1',
    'select name from person where account_id = $1',
    'select alias from responder where account_id = $1',
    "select body from message where account_id = $1 and encryption = 'none'",
  ]
  const found = await rows<{ it: string | null }>([...ids, ...words].join(' union '), [account])
  return new Set(found.flatMap(({ it }) => (it !== null && it.length > 6 ? [it] : [])))
}

const sent: readonly Kind[] = ['delivery', 'reference', 'token']

/** What is there for nobody without a part in its conversation. */
export const ofAConversation: readonly Kind[] = [
  ...(['conversation', 'ticket', 'interaction', 'message', 'participant', 'invitation', 'operation'] as const),
  ...(['delivery', 'reference', 'token'] as const),
]

export const neverWere = (): Things => ({
  ...{ conversation: randomUUID(), ticket: randomUUID(), interaction: randomUUID(), message: randomUUID() },
  ...{ participant: randomUUID(), person: randomUUID(), team: randomUUID(), invitation: randomUUID() },
  ...{ operation: randomUUID(), offer: randomUUID(), delivery: randomUUID(), held: randomUUID() },
  ...{ program: randomUUID(), site: randomUUID(), topic: randomUUID(), category: randomUUID() },
  ...{ address: randomUUID(), own_address: randomUUID(), reference: randomBytes(16).toString('hex') },
  token: Array.from(randomBytes(26), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join(''),
})

/** What an id is of, by what it is called in an input. */
export function kindOf(name: string): Kind {
  const one = name.replace(/s$/, '')
  if (one === 'people') return 'person'
  return kinds.find((kind) => kind === one) ?? 'interaction'
}

/** Everything that an account has, as one sum. */
export async function sumOf(rows: Rows, account: string): Promise<string> {
  const named = await rows<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'parley' and column_name = 'account_id' order by 1`,
  )
  const sums = named
    .filter(({ name }) => !ofTheMoment.includes(name))
    .map(async ({ name }) => {
      const [row] = await rows<{ sum: string }>(
        `select md5(string_agg(md5(t::text), '' order by md5(t::text))) as sum from parley.${name} t where account_id = $1`,
        [account],
      )
      return `${name} ${row?.sum}`
    })
  return (await Promise.all(sums)).join('\n')
}

/** They move by themselves. */
const ofTheMoment = ['lane', 'attempt', 'criteria_log_floor', 'reading']
