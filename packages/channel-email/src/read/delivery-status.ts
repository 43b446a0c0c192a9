import type { ParsedMail } from './parsed-mail.ts'

/** One recipient's part of a delivery report (RFC 3464). */
export type RecipientStatus = {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown'
  /** Enhanced code such as 5.1.1 (RFC 3463); null when the report has none. */
  status: string | null
  recipient: string | null
  diagnostic: string | null
}

/** The recipients of the mail's delivery report; undefined when it is none. */
export function readDeliveryStatus(mail: ParsedMail): RecipientStatus[] | undefined {
  const report = mail.parts.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type))
  if (!report) return undefined
  return fieldGroups(decode(report.bytes))
    .filter((group) => group.has('final-recipient') || group.has('action') || group.has('status'))
    .map(readRecipient)
}

/** The header of the mail that a report is about, when it was sent back with it. */
export function returnedHeader(mail: ParsedMail): Map<string, string> | undefined {
  const part = mail.parts.find(({ type }) =>
    /^(?:message\/(?:global|rfc822)(?:-headers)?|text\/rfc822-headers)$/.test(type),
  )
  return part ? fieldGroups(decode(part.bytes))[0] : undefined
}

const LARGEST_REPORT = 256 * 1024

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, LARGEST_REPORT))
}

function fieldGroups(text: string): Map<string, string>[] {
  const groups: Map<string, string>[] = []
  let group: Map<string, string> | undefined
  let last: string | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line === '') {
      group = undefined
      last = undefined
      continue
    }
    if (/^[ \t]/.test(line) && group && last) {
      group.set(last, `${group.get(last) ?? ''} ${line.trim()}`.slice(0, 4096))
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) continue
    if (!group) {
      group = new Map()
      groups.push(group)
    }
    last = line.slice(0, colon).trim().toLowerCase()
    if (!group.has(last))
      group.set(
        last,
        line
          .slice(colon + 1)
          .trim()
          .slice(0, 4096),
      )
  }
  return groups
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const

function readRecipient(group: Map<string, string>): RecipientStatus {
  const action = (group.get('action') ?? '').toLowerCase()
  const recipient = group.get('final-recipient') ?? group.get('original-recipient') ?? ''
  return {
    action: ACTIONS.find((known) => action.startsWith(known)) ?? 'unknown',
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(group.get('status') ?? '')?.[0] ?? null,
    recipient:
      recipient
        .replace(/^[^;]*;/, '')
        .replace(/[<>\s]/g, '')
        .toLowerCase() || null,
    diagnostic:
      group
        .get('diagnostic-code')
        ?.replace(/^[^;]*;\s*/, '')
        .slice(0, 500) ?? null,
  }
}
