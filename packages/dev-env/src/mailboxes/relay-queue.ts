import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import nodemailer from 'nodemailer'
import { writeDurably } from './write-durably.ts'

export type Peer = { host: string; port: number }

/** A mail on its way out to one recipient. `copy` is the sender's own copy of it. */
type Relayed = { id: string; from: string; to: string; copy: string | null; since: number }

export type RelayQueue = {
  /** Resolves when the mail is durable; it is then sent until it is taken, refused or too old. */
  add(mail: Omit<Relayed, 'id' | 'since'>, raw: Uint8Array): Promise<void>
  waiting(): readonly Relayed[]
  /** Where to send from now on, and at once. */
  sendTo(peer: Peer | null): void
  stop(): Promise<void>
}

export type RelayQueueOptions = {
  folder: string
  peer: Peer | null
  /** Waits between attempts; the last one repeats. */
  backOffMs?: readonly number[]
  giveUpAfterMs?: number
  sent(mail: Relayed): void
  /** Called before the mail leaves the queue: what it does must be durable when it resolves. */
  refused(mail: Relayed, raw: Buffer, reason: string): Promise<void>
}

/** Hands mail to one peer, mail by mail, each on its own schedule. Order is the peer's to keep, as with any mail server. */
export async function openRelayQueue(options: RelayQueueOptions): Promise<RelayQueue> {
  const { folder, backOffMs = [500, 1000, 2000, 5000, 10_000, 30_000], giveUpAfterMs = 2 * 86_400_000 } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pathOf = (id: string) => join(folder, `${id}.mail`)
  const entries = new Map<string, Entry>()
  const underWay = new Set<Promise<void>>()
  let peer = options.peer
  let stopped = false

  const schedule = (entry: Entry, waitMs: number) => {
    if (stopped) return
    clearTimeout(entry.timer)
    entry.timer = setTimeout(() => {
      const attempt = tryToSend(entry).finally(() => underWay.delete(attempt))
      underWay.add(attempt)
    }, waitMs)
  }

  async function tryToSend(entry: Entry): Promise<void> {
    if (entry.isTrying) return
    entry.isTrying = true
    try {
      const { mail, raw } = readEntry(await readFile(pathOf(entry.mail.id)))
      const outcome = peer
        ? await handOver(peer, mail, raw)
        : { taken: false as const, forever: false, reason: 'not set up yet' }
      if (!outcome.taken && (outcome.forever || Date.now() - mail.since > giveUpAfterMs)) {
        await options.refused(mail, raw, outcome.reason)
      } else if (!outcome.taken) {
        entry.attempts += 1
        schedule(entry, backOffMs[Math.min(entry.attempts, backOffMs.length) - 1] ?? 30_000)
        return
      }
      entries.delete(mail.id)
      await rm(pathOf(mail.id), { force: true })
      options.sent(mail)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      // The disk is full or unreadable for now: the mail stays where it is.
      schedule(entry, 30_000)
    } finally {
      entry.isTrying = false
    }
  }

  const take = (mail: Relayed) => {
    const entry: Entry = { mail, attempts: 0, isTrying: false, timer: undefined }
    entries.set(mail.id, entry)
    schedule(entry, 0)
  }

  for (const name of await readdir(folder)) {
    if (name.endsWith('.unfinished')) await rm(join(folder, name), { force: true })
    else if (name.endsWith('.mail')) take(readEntry(await readFile(join(folder, name))).mail)
  }

  return {
    async add(mail, raw) {
      const relayed = { ...mail, id: randomUUID(), since: Date.now() }
      await writeDurably(pathOf(relayed.id), Buffer.concat([Buffer.from(`${JSON.stringify(relayed)}\n`), raw]))
      take(relayed)
    },
    waiting: () => [...entries.values()].map(({ mail }) => mail),
    sendTo(next) {
      peer = next
      for (const entry of entries.values()) if (!entry.isTrying) schedule(entry, 0)
    },
    async stop() {
      stopped = true
      for (const { timer } of entries.values()) clearTimeout(timer)
      // A peer that hangs is not waited for: what it may have taken stays in the queue, and comes with the same Message-ID.
      await Promise.race([Promise.all(underWay), sleep(5000, undefined, { ref: false })])
    },
  }
}

type Entry = { mail: Relayed; attempts: number; isTrying: boolean; timer: NodeJS.Timeout | undefined }

type HandedOver = { taken: true } | { taken: false; forever: boolean; reason: string }

async function handOver({ host, port }: Peer, { from, to }: Relayed, raw: Buffer): Promise<HandedOver> {
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: false,
    ignoreTLS: true,
    name: 'mail.pocket.example',
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
  })
  try {
    await transport.sendMail({ envelope: { from, to: [to] }, raw })
    return { taken: true }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
    const reason = 'response' in error && typeof error.response === 'string' ? error.response : error.message
    return { taken: false, forever: code >= 500 && code < 600, reason }
  } finally {
    transport.close()
  }
}

function readEntry(bytes: Buffer): { mail: Relayed; raw: Buffer } {
  const end = bytes.indexOf(0x0a)
  const mail: Relayed = JSON.parse(bytes.subarray(0, end).toString())
  return { mail, raw: bytes.subarray(end + 1) }
}
