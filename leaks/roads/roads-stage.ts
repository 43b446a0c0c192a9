import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import {
  type FreshDatabase,
  freePort,
  freshDatabase,
  type Seeded,
  tempFolder,
  WindowPerson,
  waitFor,
} from '@parley/dev-env'
import type { PersonId } from '@parley/model'
import { type CreatedAccount, createAccount, type NewAccount, type RunningServer, webhookSecrets } from '@parley/server'
import type { Opened } from '../model/opened.ts'
import { addressesOf, aliasOf, isAtADesk, mailOf, outside, realNameOf, roles } from './cast.ts'
import { DeskCaller } from './desk-caller.ts'
import type { AnswerTo } from './far-end.ts'
import { type FarEnds, startFarEnds } from './far-ends.ts'
import { Ear } from './overheard.ts'
import { type NodeOptions, startNode } from './start-node.ts'

/** Two processes on one database, the far end of every medium, and people who come to them from outside. */
export class RoadsStage {
  readonly ear: Ear
  /** What either server could not do, as its log has it. */
  readonly failures: readonly string[]
  readonly urls: readonly string[]
  readonly account: CreatedAccount
  readonly desks = new Map<string, DeskCaller>()
  readonly #server: RunningServer
  readonly far: FarEnds
  /** Somebody of the house who is a program, and its key for REST. */
  readonly program: { readonly name: string; readonly person: PersonId; readonly key: string }
  readonly #ends: (() => Promise<void> | void)[]

  private constructor(parts: {
    server: RunningServer
    account: CreatedAccount
    ports: readonly Ports[]
    far: FarEnds
    program: RoadsStage['program']
    ear: Ear
    failures: readonly string[]
    ends: (() => Promise<void> | void)[]
  }) {
    this.#server = parts.server
    this.account = parts.account
    this.urls = urlsOf(parts.ports)
    this.far = parts.far
    this.program = parts.program
    this.ear = parts.ear
    this.failures = parts.failures
    this.#ends = parts.ends
  }

  static async opens(): Promise<RoadsStage> {
    const database: FreshDatabase = await freshDatabase()
    const folder = await tempFolder('leaks')
    const ear = new Ear()
    const secret = randomBytes(32)
    const ports = await Promise.all([portsOfOne(), portsOfOne()])
    const [first, second] = ports
    let program = ''
    const ours = {
      urls: urlsOf(ports),
      smtpPorts: ports.map(({ smtp }) => smtp),
      sipPorts: ports.map(({ sip }) => sip),
      programPath: () => `/channels/webhook/${program}.1`,
      programSecret: () => webhookSecrets(secret)(program, 1),
    }
    const far = await startFarEnds(ours, (road) => (address, bytes) => ear.hears(whose(address), road, bytes))
    const shared = {
      ...{ connectionString: database.connectionString, secretHex: secret.toString('hex') },
      ...{ keys: folder.path, peers: far.peers },
    }
    const failures: string[] = []
    const fails = (what: string) => void failures.push(what)
    const server = await startNode({ ...shared, ...portsFor(first) }, fails)
    const made = asCast(await createAccount(server.db, house, new Date()))
    const child = await startChild({ ...shared, ...portsFor(second) }, fails)
    const ada = await signsIn({ server, account: made, urls: ours.urls, ear }, 'ada')
    const { id, key } = await makeProgram(ada, far.programUrl, (made) => (program = made))
    const stage = new RoadsStage({
      ...{ server, ports, far, ear, failures, program: { name: 'gus', person: id, key } },
      account: { ...made, responders: [...made.responders, { person: id, name: 'gus' }] },
      ends: [
        () => stopChild(child),
        () => server.stop(),
        () => far.stop(),
        () => database.drop(),
        () => folder.remove(),
      ],
    })
    const number = { medium: 'sms', value: '+4790010001', purpose: 'pool', site: null, language: null }
    const kept = await ada.calls('POST', '/api/desk/admin/own-addresses', number)
    if (kept.status !== 200) throw new Error(`there is no number of ours: ${kept.text}`)
    for (const name of Object.keys(roles)) {
      if (name === 'ada') stage.desks.set(name, ada)
      else if (isAtADesk(name)) {
        stage.desks.set(name, await signsIn({ server, account: made, urls: ours.urls, ear }, name))
      }
    }
    const otto = stage.desks.get('otto')
    if (otto) await subscribes(otto, far)
    return stage
  }

  person = (name: string): string => this.account.responders.find((one) => one.name === name)?.person ?? ''
  nameOf = (person: string): string => this.account.responders.find((one) => one.person === person)?.name ?? person

  rows = async <T>(query: string, values: unknown[] = []): Promise<T[]> =>
    (await this.#server.db.workerPool.query(query, values)).rows as T[]

  /** A visitor at a window of one of the servers, listened to. */
  visitor(name: string, random: Seeded): WindowPerson {
    const url = random.pick(this.urls)
    const connect = {
      ...{ WebSocket: this.ear.socket(name), fetch: this.ear.fetch(name, 'poll') },
      transport: random.chance(0.3) ? ('poll' as const) : ('socket' as const),
    }
    return new WindowPerson({ url, site: 'shop', random: random.fork(name), connect })
  }

  /** A visitor asks, and these answer, each over what is theirs. */
  async asked(visitor: WindowPerson, answeredBy: readonly string[], canary: () => string): Promise<Opened> {
    await visitor.begins()
    visitor.says('Is the path open?')
    const { conversation } = visitor
    const answers = answeredBy.map((name) => ({ name, text: canary() }))
    const offers = await waitFor(
      'everybody to be asked',
      async () => {
        const rows = await this.rows<{ id: string; person: string }>(
          'select offer_id as id, person_id as person from offer where conversation_id = $1',
          [conversation],
        )
        return rows.length === this.account.responders.length ? rows : null
      },
      { timeoutMs: 30_000 },
    )
    for (const { name, text } of answers) {
      const offer = offers.find(({ person }) => person === this.person(name))?.id
      const before = await this.stands(conversation)
      if (outside[name]) await this.#answersQuestion(name, offer ?? '', text)
      else {
        const path = `/api/desk/offers/${offer}/answer`
        const answered = await this.desks.get(name)?.calls('POST', path, { id: randomUUID(), text })
        if (answered?.status !== 200) throw new Error(`the answer was refused: ${answered?.text}`)
      }
      await waitFor('the answer', async () => (await this.stands(conversation)).length > before.length, {
        timeoutMs: 30_000,
      })
    }
    const stands = await this.stands(conversation)
    const exchanges = answers.flatMap(({ name, text }) => {
      const found = stands.find(({ body }) => body === text)
      return found ? [{ id: found.interaction, answerer: this.person(name), answer: found.message }] : []
    })
    const [row] = await this.rows<{ ticket: string; intake: string; visitor: string }>(
      `select t.ticket_id as ticket, t.intake_id as intake, c.visitor_id as visitor from ticket t
       join conversation c on c.conversation_id = t.conversation_id where t.conversation_id = $1`,
      [conversation],
    )
    if (!row) throw new Error('the conversation is not there')
    return {
      ...row,
      conversation,
      asked: stands.find(({ interaction }) => interaction === row.intake)?.message ?? '',
      exchanges,
    }
  }

  stands(conversation: string): Promise<{ interaction: string; message: string; body: string }[]> {
    return this.rows(
      `select p.interaction_id as interaction, p.message_id as message, m.body from placement p join message m on m.message_id = p.message_id
       where p.conversation_id = $1 order by p.ordinal, p.interaction_id`,
      [conversation],
    )
  }

  /** Says something in a place of theirs, over their medium; null when that was taken, else what they were told. */
  async writes(name: string, to: { place: string } | { offer: string }, text: string): Promise<string | null> {
    const [relay] = await this.#relays(name, to)
    if (!relay) return 'has no address there'
    return (await this.far.of.get(name)?.says(text, relay)) ?? null
  }

  async #answersQuestion(name: string, offer: string, text: string): Promise<void> {
    await waitFor('the question', async () => (await this.#relays(name, { offer })).length > 0, { timeoutMs: 30_000 })
    const told = await this.writes(name, { offer }, text)
    if (told !== null) throw new Error(`the answer was refused: ${told}`)
  }

  /** What leads to a place of theirs, or to a question, once it has been told to them; the newest first. */
  #relays(name: string, to: { place: string } | { offer: string }): Promise<AnswerTo[]> {
    const [column, id] = 'offer' in to ? ['offer_id', to.offer] : ['participant_id', to.place]
    return this.rows<AnswerTo>(
      `select r.token, r.tag, w.value as own from relay_address r
       left join own_address w on w.account_id = r.account_id and w.own_address_id = r.own_address_id
       where r.${column} = $1 and r.medium = $2 and exists (select from delivery d where d.${column} = r.${column} and d.state in ('sent', 'delivered', 'read'))
       order by r.created_at desc`,
      [id, outside[name]?.medium],
    )
  }

  /** Another house on the same servers, with one site and somebody at its desk. */
  async anotherHouse(administrator: string, site: string): Promise<DeskCaller> {
    const responder = { name: administrator, alias: 'Another', language: 'en', emails: [mailOf(administrator)] }
    const account = await createAccount(
      this.#server.db,
      {
        name: 'Elsewhere',
        sites: [{ key: site, name: 'Elsewhere', domains: [], topics: [], policy: { admission: { kind: 'any' } } }],
        responders: [{ ...responder, role: 'administrator' }],
      },
      new Date(),
    )
    return signsIn({ server: this.#server, account, urls: this.urls, ear: this.ear }, administrator)
  }

  /** A team of the house with these people. */
  async team(members: readonly string[]): Promise<string> {
    const made = await this.desks.get('ada')?.calls<{ id: string }>('POST', '/api/desk/admin/teams', {
      ...{ kind: 'team', names: { en: 'Harbour' }, members },
    })
    if (made?.status !== 200) throw new Error(`the team could not be made: ${made?.text}`)
    return made.body.id
  }

  /** Who is in a team; until the rights of those who came and went have followed. */
  async changesTeam(by: string, team: string, members: readonly string[]): Promise<string | null> {
    const changed = await this.desks
      .get(this.nameOf(by))
      ?.calls<{ reason: string }>(...(['PATCH', `/api/desk/admin/teams/${team}`, { members }] as const))
    if (changed?.status !== 200) return changed?.text ?? 'has no desk'
    await waitFor(
      'the rights of a team to follow',
      async () => (await this.rows('select 1 from team_work limit 1')).length === 0,
      { timeoutMs: 30_000 },
    )
    return null
  }

  /** Until everything that is due was sent. */
  async settles(): Promise<void> {
    await waitFor(
      'everything to be sent',
      async () => (await this.rows(`select 1 from delivery where state in ('queued', 'sending') limit 1`)).length === 0,
      { timeoutMs: 30_000 },
    )
  }

  async closes(): Promise<void> {
    for (const end of this.#ends) await end()
  }
}

interface Ports {
  readonly http: number
  readonly smtp: number
  readonly sip: number
}

const portsOfOne = async (): Promise<Ports> => ({
  http: await freePort(),
  smtp: await freePort(),
  sip: await freePort(),
})
const portsFor = ({ http, smtp, sip }: Ports) => ({ httpPort: http, smtpPort: smtp, sipPort: sip })
const urlsOf = (ports: readonly Ports[]) => ports.map(({ http }) => `http://localhost:${http}`)
const whose = (address: string) =>
  Object.keys(roles).find(
    (name) => name === address || addressesOf(name).includes(address.replace(/^(sip:|\+)/, '')),
  ) ?? address

/** All but the program, which is made as programs are. */
const house: NewAccount = {
  name: 'Fjord & Field',
  sites: [{ key: 'shop', name: 'Shop', domains: [], topics: [], policy: { admission: { kind: 'any' } } }],
  responders: Object.entries(roles)
    .filter(([name]) => outside[name]?.medium !== 'api')
    .map(([name, role]) => {
      const own = outside[name]
      const isMail = own === undefined || own.medium === 'email'
      const reached = isMail
        ? { emails: [mailOf(name)] }
        : { emails: [], addresses: [{ medium: own.medium, value: own.address }] }
      return { name: realNameOf(name), alias: aliasOf(name), language: 'en', role, ...reached }
    }),
}

/** With everybody by the name that they have here. */
const asCast = (account: CreatedAccount): CreatedAccount => ({
  ...account,
  responders: account.responders.map(({ person, name }) => ({
    person,
    name: Object.keys(roles).find((one) => realNameOf(one) === name) ?? name,
  })),
})

/** A program that answers like everybody else, made by who may. */
async function makeProgram(
  ada: DeskCaller,
  url: string,
  isMade: (id: string) => void,
): Promise<{ id: PersonId; key: string }> {
  const does = async <T>(method: string, at: string, body: object): Promise<T> => {
    const answer = await ada.calls<T>(method, `/api/desk/admin/programs${at}`, body)
    if (answer.status !== 200) throw new Error(`the program could not be made: ${answer.text}`)
    return answer.body
  }
  const { id } = await does<{ id: PersonId }>('POST', '', {
    name: realNameOf('gus'),
    alias: aliasOf('gus'),
    language: 'en',
  })
  isMade(id)
  await does('PUT', `/${id}/endpoint`, { url })
  await does('PATCH', `/${id}`, { state: 'active' })
  const scopes = ['read', 'answer', 'begin', 'manage']
  const { secret } = await does<{ secret: string }>('POST', `/${id}/keys`, { name: 'leaks', scopes })
  return { id, key: secret }
}

async function signsIn(
  at: { server: RunningServer; account: CreatedAccount; urls: readonly string[]; ear: Ear },
  name: string,
): Promise<DeskCaller> {
  const { account, responders } = at.account
  const person = responders.find((one) => one.name === name)?.person
  if (!person) throw new Error(`there is no ${name}`)
  await at.server.signIn.createSignInFor(account, person, mailOf(name))
  const link = await at.server.signIn.oneTimeLink({ account, person })
  if (!link) throw new Error(`${name} has no way to sign in`)
  return DeskCaller.signsIn({ name, urls: at.urls, ear: at.ear, key: link.split('#')[1] ?? '' })
}

/** From now on this desk is told in a browser of what waits, with the words. */
async function subscribes(desk: DeskCaller, { push }: FarEnds): Promise<void> {
  const { body } = await desk.calls<{ key: string }>('GET', '/api/push/key')
  const { subscription } = push.subscribe(desk.name, body.key)
  const kept = await desk.calls('POST', '/api/desk/push', { subscription, showsWords: true })
  if (kept.status !== 200) throw new Error(`${desk.name} could not subscribe: ${kept.text}`)
}

async function startChild(options: NodeOptions, fails: (what: string) => void): Promise<ChildProcess> {
  const file = path.join(import.meta.dirname, 'node.fixture.ts')
  // A leak that is planted is in both.
  const planting = process.env.PARLEY_PLANTED ? process.execArgv : []
  const child = spawn(process.execPath, [...planting, file, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  child.on('message', (what) => fails(String(what)))
  await Promise.race([
    once(child.stdout ?? child, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('the other server did not start')
    }),
  ])
  return child
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
