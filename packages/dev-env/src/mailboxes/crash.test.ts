import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import nodemailer from 'nodemailer'
import { expect, test } from 'vitest'
import { seeded, seedOfThisRun } from '../seeded.ts'
import { tempFolder } from '../temp-folder.ts'
import { startMailboxes } from './index.ts'

const fixture = fileURLToPath(new URL('./start-and-hold.fixture.ts', import.meta.url))

test('Killed three times in the middle of its work, it has every mail that it acknowledged, inward and outward', async () => {
  const folder = await tempFolder('crash')
  const random = seeded(seedOfThisRun())
  const acknowledged = { in: new Set<string>(), out: new Set<string>() }
  const attempted = new Set<string>()
  for (const round of [1, 2, 3]) {
    const { child, smtp, password } = await start(folder.path)
    const inward = nodemailer.createTransport({ ...smtp, ignoreTLS: true, pool: true, maxConnections: 3 })
    const outward = nodemailer.createTransport({
      ...smtp,
      ignoreTLS: true,
      pool: true,
      auth: { user: 'bo@pocket.example', pass: password },
    })
    const sendAll = Array.from({ length: 40 }, async (_, index) => {
      const subject = `round ${round} mail ${index}`
      attempted.add(subject)
      const isOut = index % 2 === 1
      const mail = isOut
        ? outward.sendMail({ from: 'bo@pocket.example', to: 'r-1@parley.example', subject, text: 'x' })
        : inward.sendMail({
            from: 'r-1@parley.example',
            to: 'bo@pocket.example',
            subject,
            text: 'x'.repeat(random.int(1, 50_000)),
          })
      // What was under way at the kill was not acknowledged: it may be there or not.
      await mail.then(
        () => acknowledged[isOut ? 'out' : 'in'].add(subject),
        () => {},
      )
    })
    const enough = acknowledged.in.size + acknowledged.out.size + random.int(5, 25)
    while (acknowledged.in.size + acknowledged.out.size < enough) await sleep(2)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    inward.close()
    outward.close()
    await Promise.all(sendAll)
  }

  const after = await startMailboxes({
    folder: folder.path,
    people: [{ name: 'Bo Lindqvist', address: 'bo@pocket.example' }],
    parleySmtp: null,
  })
  const inbox = (await after.list('bo@pocket.example')).map(({ subject }) => subject)
  const sent = (await after.sent('bo@pocket.example')).map(({ subject }) => subject)
  const queued = (await readdir(`${folder.path}/queue`)).filter((name) => name.endsWith('.mail'))
  await after.stop()
  await folder.remove()
  expect(acknowledged.in.size).toBeGreaterThan(0)
  expect(acknowledged.out.size).toBeGreaterThan(0)
  expect(
    [...acknowledged.in].filter((subject) => !inbox.includes(subject)),
    `seed ${random.seed}`,
  ).toEqual([])
  expect(
    [...acknowledged.out].filter((subject) => !sent.includes(subject)),
    `seed ${random.seed}`,
  ).toEqual([])
  expect(queued.length).toBeGreaterThanOrEqual(acknowledged.out.size)
  expect(new Set(inbox).size).toBe(inbox.length)
  expect(inbox.filter((subject) => !attempted.has(subject))).toEqual([])
})

async function start(folder: string): Promise<Started> {
  const child = spawn(process.execPath, [fixture, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { smtp, password }: Omit<Started, 'child'> = JSON.parse(String(line))
  return { child, smtp, password }
}

type Started = { child: ChildProcess; smtp: { host: string; port: number }; password: string }
