import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  freePort,
  freshDatabase,
  readMail,
  type Seeded,
  seeded,
  transcriptShown,
  transcriptTruth,
  WindowPerson,
  waitFor,
} from '@parley/dev-env'
import { createAccount, type Database, openDatabase } from '@parley/server'
import { expect, test } from 'vitest'
import { handOver, startFarEnd } from './crash-mail.ts'
import { startChild, stopChild } from './crash-world.ts'

/** What one person's mailbox was given, in order. */
type Mailboxes = Map<string, { from: string; text: string }[]>

interface Story {
  readonly seed: number
  readonly asked: number
  readonly places: number
}

/** Two whole servers on one database, each with its own window's port and its own mail port, and mailboxes that belong to neither. */
async function inTwoServers(
  story: Story,
  play: (world: {
    random: Seeded
    db: Database
    urls: string[]
    smtpPorts: number[]
    mailboxes: Mailboxes
    people: string[]
  }) => Promise<void>,
): Promise<void> {
  const database = await freshDatabase()
  const db = openDatabase({ connectionString: database.connectionString }, { max: 2 })
  const mailboxes: Mailboxes = new Map()
  const far = await startFarEnd(async (to, raw) => {
    const mail = await readMail(raw)
    mailboxes.set(to, [...(mailboxes.get(to) ?? []), { from: mail.from.address, text: mail.text }])
  })
  const people = Array.from({ length: story.asked }, (_, n) => `r${n}@people.test`)
  const slots = story.places
  await createAccount(
    db,
    {
      name: 'Fjord & Field',
      sites: [
        { key: 'shop', name: 'Shop', domains: [], topics: [], policy: { admission: { kind: 'first-n', slots } } },
      ],
      responders: people.map((email, n) => ({
        name: `Person ${n}`,
        alias: `Alias ${n}`,
        language: 'en',
        emails: [email],
      })),
    },
    new Date(),
  )
  const secretHex = randomBytes(32).toString('hex')
  const servers: ChildProcess[] = []
  const urls: string[] = []
  const smtpPorts: number[] = []
  try {
    for (let n = 0; n < 2; n++) {
      const [httpPort, smtpPort] = [await freePort(), await freePort()]
      const options = { connectionString: database.connectionString, secretHex, httpPort, smtpPort, farPort: far.port }
      servers.push(await startChild({ ...options, aheadMs: 0, dies: null, forgetsAttempts: false, shared: true }))
      urls.push(`http://127.0.0.1:${httpPort}`)
      smtpPorts.push(smtpPort)
    }
    await play({ random: seeded(story.seed), db, urls, smtpPorts, mailboxes, people })
  } finally {
    for (const server of servers) await stopChild(server)
    far.stop()
    await db.close()
    await database.drop()
  }
}

test.each<Story>([
  { seed: 2, asked: 12, places: 1 },
  { seed: 3, asked: 12, places: 4 },
  { seed: 4, asked: 9, places: 9 },
])(
  'A10 A18 with two servers on one database $asked answer at the same moment for $places places: exactly so many are let in, and every window sees the same (seed $seed)',
  async (story) => {
    await inTwoServers(story, async ({ random, db, urls, smtpPorts, mailboxes, people }) => {
      const visitor = new WindowPerson({ url: urls[0] ?? '', site: 'shop', random: random.fork('visitor') })
      const here = await visitor.begins()
      const there = visitor.opensTab({ baseUrl: urls[1] ?? '' })
      try {
        visitor.says('the question')
        await waitFor('everybody to be asked', () => people.every((person) => mailboxes.get(person)?.length === 1), {
          timeoutMs: 30_000,
        })
        await Promise.all(
          random.shuffle(people).map(async (person) => {
            await sleep(random.int(0, 5))
            const to = mailboxes.get(person)?.[0]?.from ?? ''
            const reply = replyFrom(person, to, `answer of ${person.split('@')[0]}`)
            const port = random.pick(smtpPorts)
            const taken = [handOver(port, reply)]
            // Their mail server did not hear the answer, and tries the other exchanger.
            if (random.chance(0.3)) taken.push(handOver(smtpPorts.find((other) => other !== port) ?? port, reply))
            for (const answer of await Promise.all(taken)) expect(answer).toMatch(/^250/)
          }),
        )
        const admitted = await admittedIn(db)
        expect(admitted).toHaveLength(story.places)
        await waitFor(
          'the others to be told',
          async () => (await rows(db, `select 1 from delivery where state in ('queued', 'sending')`)).length === 0,
          { timeoutMs: 30_000 },
        )
        for (const person of people) {
          const given = mailboxes.get(person)?.length ?? 0
          // Nobody who was let in is told that it is over. The word to everybody that the place is taken may have crossed an answer.
          if (admitted.includes(person)) expect(given).toBe(1)
          else expect([2, 3]).toContain(given)
        }
        const answers = await rows<{ body: string; times: number }>(
          db,
          `select body, count(*)::int as times from message where body like 'answer of %' group by body`,
        )
        expect(answers).toHaveLength(people.length)
        expect(answers.every(({ times }) => times === 1)).toBe(true)
        const truth = await transcriptTruth(db, visitor.conversation, 'visitor')
        expect(admitted.every((person) => truth.includes(`answer of ${person.split('@')[0]}`))).toBe(true)
        for (const tab of [here, there]) {
          await waitFor('the tab to show what is true', async () => (await transcriptShown(tab)) === truth, {
            timeoutMs: 30_000,
          })
        }
        there.say({ conversation: visitor.conversation }, 'thank you all')
        await waitFor(
          'those who were let in to be thanked',
          () => admitted.every((person) => mailboxes.get(person)?.length === 2),
          { timeoutMs: 30_000 },
        )
        for (const person of people) {
          expect(mailboxes.get(person)?.at(-1)?.text.includes('thank you all')).toBe(admitted.includes(person))
        }
      } finally {
        there.stop()
        visitor.leaves()
      }
    })
  },
  120_000,
)

async function admittedIn(db: Database): Promise<string[]> {
  const found = await rows<{ address: string }>(
    db,
    `select a.value as address from participant p join interaction i on i.interaction_id = p.interaction_id
     join address a on a.person_id = p.person_id
     where i.kind = 'exchange' and p.role = 'responder' and p.left_at is null`,
  )
  return found.map(({ address }) => address)
}

function replyFrom(from: string, to: string, words: string): { from: string; to: string; raw: string } {
  const lines = [
    `From: Somebody <${from}>`,
    `To: <${to}>`,
    `Message-ID: <reply.${from}>`,
    'Subject: Re: a question',
    `Date: ${new Date().toUTCString()}`,
  ]
  return { from, to, raw: [...lines, '', words].join('\r\n') }
}

async function rows<T>(db: Database, query: string): Promise<T[]> {
  return (await db.workerPool.query(query)).rows as T[]
}
