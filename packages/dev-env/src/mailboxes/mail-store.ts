import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from './write-durably.ts'

/** One folder of raw mails, a file each, kept in the order in which they came. */
export type MailStore = {
  /** Resolves with the new mail's id when it is durable. */
  add(raw: Uint8Array): Promise<string>
  /** Oldest first. */
  list(): StoredMail[]
  get(id: string): StoredMail | undefined
  /** The bytes, every line ended by CRLF; undefined when it is not, or no longer, there. */
  raw(id: string): Promise<Buffer | undefined>
  mark(id: string, mark: Mark): Promise<void>
  remove(id: string): Promise<void>
}

export type StoredMail = { id: string; bytes: number; at: Date; marks: ReadonlySet<Mark> }

type Mark = 'seen' | 'answered' | 'failed'

/** Opens a folder, or makes it. What a crash left unfinished was never acknowledged and is removed. */
export async function openMailStore(folder: string): Promise<MailStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const mails = await readFolder(folder)
  const pathOf = (id: string) => join(folder, `${id}.eml`)
  return {
    async add(raw) {
      const bytes = withCrlf(raw)
      const at = new Date()
      const id = newId(at)
      await writeDurably(pathOf(id), bytes)
      mails.set(id, { id, bytes: bytes.length, at, marks: new Set() })
      return id
    },
    list: () => [...mails.values()],
    get: (id) => mails.get(id),
    async raw(id) {
      if (!mails.has(id)) return undefined
      try {
        return await readFile(pathOf(id))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async mark(id, mark) {
      const mail = mails.get(id)
      if (!mail || mail.marks.has(mark)) return
      mail.marks.add(mark)
      await writeDurably(join(folder, `${id}.${mark}`), new Uint8Array())
    },
    async remove(id) {
      const mail = mails.get(id)
      if (!mail) return
      mails.delete(id)
      await rm(pathOf(id), { force: true })
      for (const mark of mail.marks) await rm(join(folder, `${id}.${mark}`), { force: true })
    },
  }
}

type Kept = { id: string; bytes: number; at: Date; marks: Set<Mark> }

async function readFolder(folder: string): Promise<Map<string, Kept>> {
  const names = (await readdir(folder)).sort()
  const mails = new Map<string, Kept>()
  for (const name of names) {
    if (name.endsWith('.unfinished')) await rm(join(folder, name), { force: true })
    const id = /^([0-9a-z]{20})\.eml$/.exec(name)?.[1]
    if (!id) continue
    const marks = new Set(MARKS.filter((mark) => names.includes(`${id}.${mark}`)))
    const { size, mtime } = await stat(join(folder, name))
    mails.set(id, { id, bytes: size, at: mtime, marks })
  }
  return mails
}

const MARKS: readonly Mark[] = ['seen', 'answered', 'failed']

let counter = 0

// Sorts by time of arrival, also after a restart, and serves POP3 as unique id: at most 70 printable characters.
function newId(at: Date): string {
  counter = (counter + 1) % 1296
  const time = at.getTime().toString(36).padStart(10, '0')
  return `${time}${counter.toString(36).padStart(2, '0')}${randomBytes(4).toString('hex')}`
}

/** Mail on the wire ends its lines with CRLF (RFC 5321 §2.3.8); a lone LF or CR would break POP3's framing. */
function withCrlf(raw: Uint8Array): Buffer {
  const text = Buffer.from(raw).toString('latin1')
  if (!/(?<!\r)\n|\r(?!\n)/.test(text) && text.endsWith('\r\n')) return Buffer.from(raw)
  const lines = text.replace(/\r\n|\r|\n/g, '\r\n')
  return Buffer.from(lines.endsWith('\r\n') ? lines : `${lines}\r\n`, 'latin1')
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
