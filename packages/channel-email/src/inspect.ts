import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { type MailReading, type ReadingContext, readMail } from './read/read-mail.ts'

/** What a policy makes of one file (`judgeAttachment` of packages/rules fits); given by the caller, since a channel knows no policy. Its `bytes` are not printed. */
export type AttachmentJudge = (
  name: string,
  declaredType: string,
  bytes: Uint8Array,
) => { accepted: boolean; bytes?: Uint8Array }

export type InspectOptions = Partial<ReadingContext> & { judgeAttachment?: AttachmentJudge }

/** What the road would make of a mail, as plain JSON: for operators who need to understand one, and for tests over collections. */
export async function inspectEmail(raw: Uint8Array, options: InspectOptions = {}) {
  const { judgeAttachment, ...context } = options
  const reading = await readMail(raw, {
    ...context,
    ownDomains: context.ownDomains ?? [],
    trustedAuthservIds: context.trustedAuthservIds ?? [],
  })
  return describe(reading, judgeAttachment)
}

export type MailInspection = Awaited<ReturnType<typeof inspectEmail>>

function describe(
  { envelope, verdict, authenticity, text, attachments, refusedAttachments, isSealed }: MailReading,
  judge?: AttachmentJudge,
) {
  return {
    verdict,
    authenticity,
    envelope: {
      messageId: envelope.messageId,
      inReplyTo: envelope.inReplyTo,
      references: envelope.references,
      date: envelope.date?.toISOString() ?? null,
      subject: envelope.subject,
      from: envelope.from,
      to: envelope.to,
      cc: envelope.cc,
      recipientCount: envelope.recipientCount,
    },
    visible: text.visible,
    cuts: text.cuts.map(({ from, to, why }) => ({ from, to, why, text: text.full.slice(from, to) })),
    full: text.full,
    attachments: attachments.map(({ name, declaredType, size, contentId, inline, bytes }) => ({
      name,
      type: declaredType,
      size,
      contentId,
      inline,
      ...(judge && { verdict: withoutBytes(judge(name, declaredType, bytes)) }),
    })),
    refusedAttachments,
    isSealed,
  }
}

function withoutBytes({ bytes: _, ...said }: ReturnType<AttachmentJudge>): Record<string, unknown> {
  return said
}

export type InspectRun = {
  /** `--lines`: one base64 mail a line in, one JSON a line out. `--own-domain NAME` (repeatable): domains of the relay addresses. `--trust NAME` (repeatable): names of relays whose Authentication-Results are believed. */
  args: string[]
  stdin: Readable
  stdout: Writable
  judge?: AttachmentJudge
  options?: Omit<InspectOptions, 'judgeAttachment'>
}

/** `parley inspect email`. Returns the exit code: 0, or 2 for arguments it does not know (told on `stdout`). */
export async function runInspectEmail({ args, stdin, stdout, judge, options = {} }: InspectRun): Promise<number> {
  const asked = readArguments(args)
  if (!asked.ok) {
    await write(
      stdout,
      `${asked.problem}\nUsage: parley inspect email [--lines] [--own-domain NAME]… [--trust NAME]… < mail\n`,
    )
    return 2
  }
  const settings: InspectOptions = {
    ...options,
    ...(judge && { judgeAttachment: judge }),
    ownDomains: [...(options.ownDomains ?? []), ...asked.ownDomains],
    trustedAuthservIds: [...(options.trustedAuthservIds ?? []), ...asked.trusted],
  }
  if (!asked.isLines) {
    const mail = await inspectEmail(await readAll(stdin), settings)
    await write(stdout, `${JSON.stringify(mail, null, 2)}\n`)
    return 0
  }
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const mail = await inspectEmail(Buffer.from(line, 'base64'), settings)
    await write(stdout, `${JSON.stringify(mail)}\n`)
  }
  return 0
}

type Arguments =
  | { ok: true; isLines: boolean; ownDomains: string[]; trusted: string[] }
  | { ok: false; problem: string }

function readArguments(args: string[]): Arguments {
  const asked = { ok: true as const, isLines: false, ownDomains: [] as string[], trusted: [] as string[] }
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (arg === '--lines') asked.isLines = true
    else if (arg === '--own-domain' || arg === '--trust') {
      const value = args[++at]
      if (value === undefined) return { ok: false, problem: `${arg} needs a name after it.` }
      ;(arg === '--trust' ? asked.trusted : asked.ownDomains).push(value)
    } else return { ok: false, problem: `Unknown argument: ${arg}` }
  }
  return asked
}

async function readAll(stdin: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

async function write(stdout: Writable, text: string): Promise<void> {
  if (!stdout.write(text)) await new Promise((resolve) => stdout.once('drain', resolve))
}
