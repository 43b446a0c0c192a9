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
import { type CreatedAccount, createAccount, type RunningServer } from '@parley/server'
import type { Opened } from '../model/opened.ts'
import { DeskCaller } from './desk-caller.ts'
import { handOver, startFarMail } from './far-mail.ts'
import { Ear } from './overheard.ts'
import { type NodeOptions, startNode } from './start-node.ts'

export const roles = {
  bo: 'responder',
  cleo: 'responder',
  olga: 'operator',
  otto: 'operator',
  sue: 'supervisor',
  ada: 'administrator',
} as const
/** They answer from their mailbox; the others at the desk. */
export const byMail: readonly string[] = ['bo', 'cleo']
const addressOf = (name: string) => `${name}@people.test`

/** Two processes on one database, everybody's mail server, and people who come to them from outside. */
export class RoadsStage {
  readonly ear = new Ear()
  readonly urls: readonly string[]
  readonly account: CreatedAccount
  readonly desks = new Map<string, DeskCaller>()
  readonly mailboxes = new Map<string, string[]>()
  readonly #server: RunningServer
  readonly #smtpPorts: readonly number[]
  readonly #ends: (() => Promise<void> | void)[]

  private constructor(parts: {
    server: RunningServer
    account: CreatedAccount
    ports: { http: number; smtp: number }[]
    ends: (() => Promise<void> | void)[]
  }) {
    this.#server = parts.server
    this.account = parts.account
    this.urls = parts.ports.map(({ http }) => `http://localhost:${http}`)
    this.#smtpPorts = parts.ports.map(({ smtp }) => smtp)
    this.#ends = parts.ends
  }

  static async opens(): Promise<RoadsStage> {
    const database: FreshDatabase = await freshDatabase()
    const folder = await tempFolder('leaks')
    const given: [string, string][] = []
    let stage: RoadsStage | null = null
    const far = await startFarMail((to, raw) => {
      if (stage) stage.#mailed(to, raw)
      else given.push([to, raw])
    })
    const ports = [0, 1].map(async () => ({ http: await freePort(), smtp: await freePort() }))
    const [first, second] = await Promise.all(ports)
    if (!first || !second) throw new Error('no port was free')
    const shared = {
      ...{ connectionString: database.connectionString, secretHex: randomBytes(32).toString('hex') },
      ...{ keys: folder.path, farPort: far.port },
    }
    const server = await startNode({ ...shared, httpPort: first.http, smtpPort: first.smtp })
    const account = await createAccount(
      server.db,
      {
        name: 'Fjord & Field',
        sites: [{ key: 'shop', name: 'Shop', domains: [], topics: [], policy: { admission: { kind: 'any' } } }],
        responders: Object.entries(roles).map(([name, role]) => ({
          ...{ name, alias: `Alias ${name}`, language: 'en', emails: [addressOf(name)], role },
        })),
      },
      new Date(),
    )
    const child = await startChild({ ...shared, httpPort: second.http, smtpPort: second.smtp })
    stage = new RoadsStage({
      ...{ server, account, ports: [first, second] },
      ends: [
        () => stopChild(child),
        () => server.stop(),
        () => far.stop(),
        () => database.drop(),
        () => folder.remove(),
      ],
    })
    for (const [to, raw] of given) stage.#mailed(to, raw)
    for (const name of Object.keys(roles)) stage.desks.set(name, await stage.#signsIn(name))
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
      if (byMail.includes(name)) await this.repliesToQuestion(name, conversation, text)
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

  /** The address that stands for somebody's place or offer, from what they were sent about it. */
  async repliesToQuestion(name: string, conversation: string, text: string): Promise<void> {
    const [row] = await waitFor(
      'the question in the mailbox',
      async () => {
        const found = await this.rows<{ reference: string }>(
          `select d.reference from delivery d join offer o on o.offer_id = d.offer_id
           where o.conversation_id = $1 and o.person_id = $2 and d.state = 'sent'`,
          [conversation, this.person(name)],
        )
        return found.length > 0 ? found : null
      },
      { timeoutMs: 30_000 },
    )
    const answer = await this.replies(name, row?.reference ?? '', text)
    if (!answer.startsWith('2')) throw new Error(`the reply was refused: ${answer}`)
  }

  /** Answers the mail with this reference. What the other end says is theirs to know, too. */
  async replies(name: string, reference: string, text: string): Promise<string> {
    const mail = this.mailboxes.get(name)?.find((raw) => raw.includes(reference)) ?? ''
    const to = /^From:.*?<([^>]+)>/ims.exec(mail)?.[1] ?? ''
    const id = /^Message-ID:\s*(\S+)/im.exec(mail)?.[1] ?? ''
    const from = addressOf(name)
    const raw = [
      ...[`From: Somebody <${from}>`, `To: <${to}>`, `Message-ID: <${randomBytes(8).toString('hex')}@people.test>`],
      ...['Subject: Re: a question', `In-Reply-To: ${id}`, `Date: ${new Date().toUTCString()}`, '', text],
    ].join('\r\n')
    const port = this.#smtpPorts[raw.length % 2] ?? 0
    const answer = await handOver(port, { from, to, raw })
    this.ear.hears(name, 'smtp', answer)
    return answer
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

  #mailed(to: string, raw: string): void {
    const name = to.split('@')[0] ?? ''
    // Transfer encodings hide nothing: what the reader's program shows is searched as well.
    const shown = raw
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    const decoded = raw.replace(/(?:[A-Za-z0-9+/]{60,}\r?\n?)+={0,2}/g, (part) =>
      Buffer.from(part, 'base64').toString(),
    )
    this.mailboxes.set(name, [...(this.mailboxes.get(name) ?? []), raw])
    this.ear.hears(name, 'mail', `${raw}\n${shown}\n${decoded}`)
  }

  async #signsIn(name: string): Promise<DeskCaller> {
    const { account } = this.account
    const person = this.person(name) as never
    await this.#server.signIn.createSignInFor(account, person, addressOf(name))
    const link = await this.#server.signIn.oneTimeLink({ account, person })
    if (!link) throw new Error(`${name} has no way to sign in`)
    return DeskCaller.signsIn({ name, urls: this.urls, ear: this.ear, key: link.split('#')[1] ?? '' })
  }
}

async function startChild(options: NodeOptions): Promise<ChildProcess> {
  const file = path.join(import.meta.dirname, 'node.fixture.ts')
  // A leak that is planted is in both.
  const planting = process.env.PARLEY_PLANTED ? process.execArgv : []
  const child = spawn(process.execPath, [...planting, file, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
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
