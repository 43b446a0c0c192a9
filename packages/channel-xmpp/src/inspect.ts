import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { judgeBounce } from './read/conditions.ts'
import { readStanza } from './read/read-stanza.ts'
import type { Reading } from './read/reading.ts'
import { parseStanza } from './xml/parse-stanza.ts'

/** What the channel would make of a stanza, as plain JSON: for operators who need to understand one, and for tests. */
export function inspectStanza(raw: Uint8Array): Record<string, unknown> {
  const parsed = parseStanza(raw, { maxStanza: 600_000, maxDepth: 30 })
  if (!parsed.ok) return { kind: 'unreadable', why: parsed.why, detail: parsed.detail }
  return describe(readStanza(parsed.element))
}

function describe(reading: Reading): Record<string, unknown> {
  switch (reading.kind) {
    case 'message': {
      const { from, to, said, writtenAt, ...rest } = reading
      return { ...rest, from: from.full, to: to.full, ...said, writtenAt: writtenAt?.toISOString() ?? null }
    }
    case 'refused': {
      const { why, of, type, condition, text } = reading
      return { kind: 'refused', why, from: of.from.full, to: of.to, id: of.id, answer: { type, condition, text } }
    }
    case 'bounce':
      return { ...withAddresses(reading), verdict: judgeBounce(reading.type, reading.condition) }
    case 'ignored':
      return reading
    case 'answer':
      return { kind: 'answer', id: reading.id, from: reading.from.full }
    default:
      return withAddresses(reading)
  }
}

function withAddresses<R extends { from: { full: string }; to: { full: string } }>({ from, to, ...rest }: R) {
  return { ...rest, from: from.full, to: to.full }
}

export type InspectRun = {
  /** `--lines`: one stanza a line, as it is where it begins with `<`, else in base64; one JSON a line out. */
  args: string[]
  stdin: Readable
  stdout: Writable
}

/** `parley inspect stanza`. Returns the exit code: 0, or 2 for arguments it does not know (told on `stdout`). */
export async function runInspectStanza({ args, stdin, stdout }: InspectRun): Promise<number> {
  const unknown = args.find((arg) => arg !== '--lines')
  if (unknown !== undefined) {
    await write(stdout, `Unknown argument: ${unknown}\nUsage: parley inspect stanza [--lines] < stanza\n`)
    return 2
  }
  if (!args.includes('--lines')) {
    await write(stdout, `${JSON.stringify(inspectStanza(await readAll(stdin)), null, 2)}\n`)
    return 0
  }
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const given = line.trim()
    if (given === '') continue
    const raw = Buffer.from(given, given.startsWith('<') ? 'utf8' : 'base64')
    await write(stdout, `${JSON.stringify(inspectStanza(raw))}\n`)
  }
  return 0
}

async function readAll(stdin: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

async function write(stdout: Writable, text: string): Promise<void> {
  if (!stdout.write(text)) await new Promise((resolve) => stdout.once('drain', resolve))
}
