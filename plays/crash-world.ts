import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  freePort,
  freshDatabase,
  openLogOutside,
  readMail,
  type Seeded,
  seeded,
  tempFolder,
  transcriptShown,
  transcriptTruth,
  WindowPerson,
  waitFor,
} from '@parley/dev-env'
import { createAccount, type Database, openDatabase } from '@parley/server'
import { handOver, startFarEnd } from './crash-mail.ts'
import type { CrashServerOptions, DiesAt } from './crash-server.fixture.ts'

/** What the far end was given, as it wrote it down before it said so. */
export interface Arrived {
  to: string
  messageId: string
  /** The first words of somebody in it: every text in this world is its own, `v0-17;` or `r3-2;`. */
  words: string
  isMarked: boolean
}

export interface CrashReport {
  /** What went against the contract, in words; empty when all is well. */
  findings: string[]
  said: number
  replies: number
  mails: number
  repeated: number
  unknown: number
}

const responders = ['bo@people.test', 'cleo@people.test']
/** More than a mail waits at most before its first repetition. */
const aheadEachMs = 130_000

/**
 * Visitors talk by WebSocket and responders by mail, without a pause, while the server is killed again and again and comes back on the
 * same database and ports. Then all go quiet, and what everybody was told and given is compared with what the database holds.
 */
export async function playCrashes(options: {
  seed: number
  rounds: number
  /** Where it dies, round after round; `random` is at any moment. */
  points: readonly (DiesAt | 'random')[]
  forgetsAttempts?: boolean
}): Promise<CrashReport> {
  const random = seeded(options.seed)
  const database = await freshDatabase()
  const folder = await tempFolder('crash')
  const log = openLogOutside<Arrived>(path.join(folder.path, 'far-end.jsonl'), (value) => value as Arrived)
  const db = openDatabase({ connectionString: database.connectionString }, { max: 2 })
  const mailers = new Mailers(random.fork('mailers'))
  const far = await startFarEnd((to, raw) => {
    // Written down first, and only what is in the bytes; who answers it reads it afterwards.
    const text = raw.toString('latin1')
    const messageId = /^Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? ''
    log.append({ to, messageId, words: wordsIn(text), isMarked: /^X-Parley-Maybe-Repeated:/im.test(text) })
    void mailers.got(to, raw)
  })
  const base: Omit<CrashServerOptions, 'dies' | 'aheadMs'> = {
    connectionString: database.connectionString,
    secretHex: randomBytes(32).toString('hex'),
    httpPort: await freePort(),
    smtpPort: await freePort(),
    farPort: far.port,
    forgetsAttempts: options.forgetsAttempts ?? false,
    shared: false,
  }
  mailers.port = base.smtpPort
  await createAccount(
    db,
    {
      name: 'Fjord & Field',
      sites: [{ key: 'shop', name: 'Fjord & Field', domains: [], topics: [], policy: { admission: { kind: 'any' } } }],
      responders: responders.map((email, n) => ({
        name: `Person ${n}`,
        alias: `Alias ${n}`,
        language: 'en',
        emails: [email],
      })),
    },
    new Date(),
  )
  const url = `http://127.0.0.1:${base.httpPort}`
  const visitors = [0, 1, 2].map((n) => new WindowPerson({ url, site: 'shop', random: random.fork(`visitor ${n}`) }))
  const spoken = visitors.map(() => 0)
  let isLoud = true
  let aheadMs = 0
  let server: ChildProcess | null = null
  try {
    const talking = visitors.map(async (visitor, n) => {
      await visitor.begins()
      while (isLoud) {
        visitor.says(`v${n}-${(spoken[n] ?? 0) + 1};`)
        spoken[n] = (spoken[n] ?? 0) + 1
        await sleep(random.int(60, 260))
      }
    })
    for (let round = 0; round < options.rounds; round += 1) {
      const at = options.points[round % options.points.length] ?? 'random'
      aheadMs += aheadEachMs
      const dies = at === 'random' ? null : { at, time: random.int(1, 5) }
      server = await startChild({ ...base, aheadMs, dies })
      // People look at their pages again; those that are not looked at come back by themselves, later and later.
      for (const visitor of visitors) if (random.chance(0.7)) visitor.client?.wake()
      const gone = once(server, 'exit')
      await Promise.race([gone, sleep(at === 'random' ? random.int(30, 1_500) : 4_000)])
      server.kill('SIGKILL')
      await gone
    }
    isLoud = false
    await Promise.all(talking)
    mailers.isLoud = false
    // What waits for its next attempt is due for the next process.
    for (let last = 0; last < 3; last += 1) {
      aheadMs += aheadEachMs
      server = await startChild({ ...base, aheadMs, dies: null })
      for (const visitor of visitors) visitor.client?.wake()
      await waitFor(
        'everything said to be confirmed',
        () => visitors.every(({ client }) => client?.outbox.length === 0),
        {
          timeoutMs: 120_000,
          instead: () => visitors.map(({ client }) => [client?.state, client?.outbox]),
        },
      )
      await waitFor('every reply to be taken', () => mailers.underWay === 0, { timeoutMs: 120_000 })
      await waitFor('everything due to be sent', async () => (await due(db, aheadMs)) === 0, { timeoutMs: 120_000 })
      if ((await waiting(db)) === 0 && mailers.underWay === 0) break
      await stopChild(server)
    }
    const findings = [
      ...(await findSaid(db, spoken, mailers.acknowledged)),
      ...(await findWindows(db, visitors)),
      ...(await findMails(db, log.entries())),
    ]
    const entries = log.entries()
    const [{ unknown = 0 } = {}] = await rows<{ unknown: number }>(
      db,
      `select count(*)::int as unknown from delivery where state = 'unknown'`,
    )
    return {
      findings,
      said: spoken.reduce((sum, n) => sum + n, 0),
      replies: mailers.acknowledged.length,
      mails: entries.length,
      repeated: entries.length - new Set(entries.map(({ messageId }) => messageId)).size,
      unknown,
    }
  } finally {
    for (const visitor of visitors) visitor.leaves()
    if (server) await stopChild(server)
    far.stop()
    log.close()
    await db.close()
    await database.drop()
    await folder.remove()
  }
}

/** Two people who answer by mail, from outside: each mail once, whatever comes twice. */
class Mailers {
  port = 0
  isLoud = true
  underWay = 0
  readonly acknowledged: string[] = []
  readonly #random: Seeded
  readonly #seen = new Set<string>()
  #count = 0

  constructor(random: Seeded) {
    this.#random = random
  }

  async got(from: string, raw: Buffer): Promise<void> {
    this.underWay += 1
    try {
      const mail = await readMail(raw)
      if (this.#seen.has(mail.messageId)) return
      this.#seen.add(mail.messageId)
      const isOffer = mail.text.includes('decline')
      if (!isOffer && (!this.isLoud || !this.#random.chance(0.25))) return
      this.#count += 1
      const words = `r${responders.indexOf(from)}-${this.#count};`
      await sleep(this.#random.int(0, 300))
      const to = mail.from.address
      const reply = [
        `From: Somebody <${from}>`,
        `To: <${to}>`,
        `Message-ID: <${this.#count}.${from}>`,
        'Subject: Re: a question',
        `Date: ${new Date().toUTCString()}`,
        '',
        words,
      ].join('\r\n')
      const answer = await handOver(this.port, { from, to, raw: reply })
      if (answer.startsWith('2')) this.acknowledged.push(words)
      else throw new Error(`a reply was refused: ${answer}`)
    } finally {
      this.underWay -= 1
    }
  }
}

/** Everything acknowledged is there once, and in the order of its author. */
async function findSaid(db: Database, spoken: readonly number[], replies: readonly string[]): Promise<string[]> {
  const findings: string[] = []
  const stored = await rows<{ text: string; conversation: string }>(
    db,
    `select m.body as text, m.conversation_id as conversation from message m
     order by m.conversation_id, (select min(p.ordinal) from placement p where p.message_id = m.message_id)`,
  )
  const texts = stored.map(({ text }) => text)
  const times = new Map<string, number>()
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1)
  for (const [text, count] of times) if (count > 1) findings.push(`${text} is stored ${count} times`)
  for (const words of replies) if (!times.has(words)) findings.push(`the acknowledged reply ${words} is lost`)
  for (const [n, count] of spoken.entries()) {
    const own = texts.filter((text) => text.startsWith(`v${n}-`))
    const expected = Array.from({ length: count }, (_, m) => `v${n}-${m + 1};`)
    if (own.join() !== expected.join())
      findings.push(`visitor ${n} said ${expected.length}, stored in order: ${own.join(' ')}`)
  }
  return findings
}

/** Every window shows what the database holds for its person, each message once, under dense numbers. */
async function findWindows(db: Database, visitors: readonly WindowPerson[]): Promise<string[]> {
  const findings: string[] = []
  for (const [n, visitor] of visitors.entries()) {
    const truth = await transcriptTruth(db, visitor.conversation, 'visitor')
    const shows = async () => (visitor.client ? transcriptShown(visitor.client) : '')
    const shown = await waitFor(
      'the window',
      async () => {
        const now = await shows()
        return now === truth ? { same: true } : false
      },
      { timeoutMs: 30_000 },
    ).catch(async () => ({ same: false }))
    if (!shown.same) findings.push(`the window of visitor ${n} shows\n${await shows()}\nand not\n${truth}`)
  }
  return findings
}

/** Mail is doubled only where the outcome was unknown, and then under the same id and marked; the rest is there, in order. */
async function findMails(db: Database, arrived: readonly Arrived[]): Promise<string[]> {
  const findings: string[] = []
  const byId = Map.groupBy(arrived, ({ messageId }) => messageId)
  for (const [messageId, copies] of byId) {
    for (const copy of copies.slice(1)) {
      if (!copy.isMarked) findings.push(`${copy.words} reached ${copy.to} again, unmarked (${messageId})`)
    }
    if (copies.length > 2) findings.push(`${copies[0]?.words} reached ${copies[0]?.to} ${copies.length} times`)
  }
  const deliveries = await rows<{
    reference: string
    state: string
    reason: string | null
    kind: string
    participant: string | null
    text: string | null
    maybe: boolean
    attempts: number
  }>(
    db,
    `select d.reference, d.state, d.reason, d.kind, d.participant_id as participant, m.body as text, d.maybe_twice as maybe, d.attempts
     from delivery d left join message m on m.message_id = d.message_id order by d.sequence`,
  )
  const idOf = (reference: string) => [...byId.keys()].find((id) => id.includes(reference))
  for (const { state, reason, reference, kind, text, attempts } of deliveries) {
    const what = `the ${kind} ${text ?? ''} (${state}, ${reason ?? 'no reason'}, ${attempts} attempts)`
    if (state === 'sent' ? !idOf(reference) : state !== 'unknown' && state !== 'replaced')
      findings.push(`${what} is not done`)
  }
  const words = deliveries.flatMap(({ participant, text }) => (participant && text ? [`${participant} ${text}`] : []))
  if (new Set(words).size < words.length) findings.push('something was put on its way to the same person twice')
  const order = new Map(
    [...byId.values()].map((copies) => [copies[0]?.messageId ?? '', arrived.indexOf(copies[0] as Arrived)]),
  )
  for (const [participant, lane] of Map.groupBy(deliveries, ({ participant }) => participant)) {
    if (participant === null) continue
    const positions = lane.flatMap(({ reference }) => order.get(idOf(reference) ?? '') ?? [])
    if (positions.some((position, index) => position < (positions[index - 1] ?? -1)))
      findings.push(`mails to ${participant} came in another order than they were said`)
  }
  return findings
}

const wordsIn = (text: string) => /\b[vr]\d+-\d+;/.exec(text.slice(text.indexOf('\r\n\r\n')))?.[0] ?? ''

async function rows<T>(db: Database, query: string, values: unknown[] = []): Promise<T[]> {
  return (await db.workerPool.query(query, values)).rows as T[]
}

const waiting = async (db: Database) =>
  (await rows(db, `select 1 from delivery where state in ('queued', 'sending')`)).length
const due = async (db: Database, aheadMs: number) =>
  (
    await rows(db, `select 1 from delivery where state = 'sending' or (state = 'queued' and due_at <= $1)`, [
      new Date(Date.now() + aheadMs),
    ])
  ).length

export async function startChild(options: CrashServerOptions): Promise<ChildProcess> {
  const fixture = path.join(import.meta.dirname, 'crash-server.fixture.ts')
  const child = spawn(process.execPath, [fixture, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr?.on('data', (chunk) => {
    complaints += String(chunk)
  })
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => resolve())
    // Killed at a named point before it was ready: that is a death like any other.
    child.on('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`the server ended with ${code}: ${complaints}`)),
    )
  })
  await ready
  return child
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(late)
}
