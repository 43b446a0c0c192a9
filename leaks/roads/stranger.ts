import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/client'
import { waitFor } from '@parley/dev-env'
import { examplesOf, type Schema } from './example-inputs.ts'
import { routes } from './roads.ts'
import { type Kind, kindOf, neverWere, type Things } from './things.ts'

export interface Answer {
  readonly status: number
  readonly text: string
}
export type Calls = (method: string, path: string, body?: unknown) => Promise<Answer>

/** What somebody tried with ids of others, and how often it was looked at whether they were told of them. */
export class Stranger {
  readonly #name: string
  readonly #theirs: Things
  readonly #own: Things
  readonly #of: readonly Kind[] | null
  /** How often what they asked was understood, by what it was. */
  readonly understood = new Map<string, number>()

  /** `of`: what is not theirs to know of; left out: nothing is. */
  constructor(name: string, { theirs, own, of }: { theirs: Things; own: Things; of?: readonly Kind[] }) {
    this.#name = name
    this.#theirs = theirs
    this.#own = own
    this.#of = of ?? null
  }

  /** Each operation, with ids of theirs; where it is wanted, each of them alone among ids of one's own, too. */
  async operates(
    operations: ReadonlyMap<string, Schema>,
    does: (name: string, input: unknown) => Promise<Answer>,
    isEach = false,
  ): Promise<void> {
    for (const [name, schema] of operations) {
      const tried = new Set<string>()
      for (const example of examplesOf(schema)) {
        const isNew = !tried.has(example.slots.join())
        tried.add(example.slots.join())
        const foreign = example.slots.flatMap((called, n) => (this.#isTheirs(called) ? [n] : []))
        for (const others of isEach && isNew && foreign.length > 1
          ? [...foreign.map((n) => [n]), foreign]
          : [foreign]) {
          if (others.length === 0) continue
          const ids = (foreign: Things) =>
            example.slots.map((called, n) => (others.includes(n) ? foreign : this.#own)[kindOf(called)])
          await this.asksBoth(name, (foreign) => does(name, example.with(ids(foreign))))
        }
      }
      if (isEach && [...tried].some((slots) => slots.split(',').some(this.#isTheirs)) && !this.understood.has(name))
        throw new Error(`${name} was never understood`)
    }
  }

  /** Each route that names something, below some paths. */
  async asks(below: string, calls: Calls): Promise<void> {
    for (const route of Object.keys(routes)) {
      const [method = '', path = ''] = route.split(' ')
      if (!path.startsWith(below) || namesIn(path).length === 0 || path.includes('operations/')) continue
      if (!namesIn(path).every(this.#isTheirs)) continue
      const body = method === 'GET' ? undefined : (bodies[route] ?? {})
      await this.asksBoth(route, (foreign) => calls(method, pathWith(path, foreign), body))
    }
    for (const path of ofAConversationBy.filter((path) => path.startsWith(below))) {
      // What went to them because they were asked is theirs.
      if (this.#of && path.endsWith('/deliveries')) continue
      await this.asksBoth(path, ({ conversation }) => calls('GET', `${path}?conversation=${conversation}`))
    }
  }

  /** What is said, read, marked and typed over a connection. */
  async speaks(client: Client): Promise<void> {
    const refusal = async (to: Parameters<Client['say']>[0]): Promise<Answer> => {
      const id = client.say(to, 'words')
      await waitFor('an answer', () => client.outbox.every((one) => one.id !== id || one.state === 'refused'))
      const kept = client.outbox.find((one) => one.id === id)
      client.discard(id)
      return { status: kept ? 404 : 200, text: kept?.state === 'refused' ? `${kept.reason} ${kept.why}` : '' }
    }
    await this.asksBoth('say', ({ interaction }) => refusal({ interaction }))
    await this.asksBoth('say to all', ({ conversation }) => refusal({ conversation }))
  }

  #isTheirs = (called: string) => called !== '' && (this.#of?.includes(kindOf(called)) ?? true)

  /** The same, of what is theirs and of what never was. */
  async asksBoth(what: string, ask: (foreign: Things) => Promise<Answer>): Promise<void> {
    const never = await ask(neverWere())
    const theirs = await ask(this.#theirs)
    if (bare(never) !== bare(theirs))
      throw new Error(`${this.#name} is told by ${what}: ${bare(theirs)}\nand of what never was: ${bare(never)}`)
    if (theirs.status !== 400) this.understood.set(what, (this.understood.get(what) ?? 0) + 1)
  }
}

const bare = ({ status, text }: Answer) =>
  `${status} ${text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, ':id')}`

/** What ids a path names: what it calls them, or what stands before them. */
function namesIn(path: string): string[] {
  const parts = path.split('/')
  return parts.flatMap((part, at) => {
    const [, name] = /^[:{](\w+)\}?$/.exec(part) ?? []
    if (name === undefined) return []
    const called = name === 'id' ? (parts[at - 1] ?? '') : name
    return [path.startsWith('/api/v1') && called === 'deliveries' ? 'reference' : (renamed[called] ?? called)]
  })
}

function pathWith(path: string, ids: Things): string {
  const names = namesIn(path)
  return path
    .split('/')
    .map((part) => {
      // Of what is decided either way, one.
      if (part.startsWith('$')) return 'release'
      if (!/^[:{]/.test(part)) return part
      const called = names.shift() ?? ''
      return nowhere.includes(called) ? neverWas : ids[kindOf(called)]
    })
    .join('/')
}

const renamed: Readonly<Record<string, string>> = {
  people: 'person',
  responders: 'person',
  'own-addresses': 'own_address',
  categories: 'category',
  addresses: 'address',
  deliveries: 'delivery',
}
const neverWas = randomUUID()
/** Nothing of theirs has such an id. */
const nowhere = ['keys', 'examples', 'patterns', 'products', 'scripts', 'links', 'key']

const ofAConversationBy = ['/api/desk/operations', '/api/desk/deliveries']

/** Where a call with nothing in it would be refused for that. */
const bodies: Readonly<Record<string, object>> = {
  'PATCH /api/desk/admin/people/:id': { state: 'paused' },
  'PATCH /api/desk/admin/programs/:id': { name: 'words' },
  'PATCH /api/desk/admin/teams/:id': { members: [] },
  'PUT /api/desk/admin/responders/:person/criteria': { criteria: {} },
  'PUT /api/desk/admin/programs/:id/endpoint': { url: 'http://127.0.0.1:9/' },
  'POST /api/desk/admin/programs/:id/keys': { name: 'words', scopes: ['read'] },
  'POST /api/desk/offers/:id/answer': { id: randomUUID(), text: 'words' },
  'POST /api/v1/conversations/{id}/messages': { text: 'words' },
  'POST /api/v1/offers/{id}/answer': { text: 'words' },
}
