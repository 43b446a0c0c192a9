import { randomUUID } from 'node:crypto'

export type Refusal = { to: string; recipient: string; reason: string; raw: Buffer; at: Date; host: string }

/** A delivery status notification (RFC 3464) with the headers of the mail that could not be delivered. */
export function bounce({ to, recipient, reason, raw, at, host }: Refusal): Buffer {
  const boundary = `bounce-${randomUUID()}`
  const said = reason.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 500)
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0] ?? '5.0.0'
  const headers = raw.subarray(0, endOfHeaders(raw)).toString('latin1').slice(0, 32_768)
  const id = /^message-id:\s*(<[^<>\r\n]+>)/im.exec(headers)?.[1]
  const lines = [
    'Return-Path: <>',
    `From: Mail delivery <mailer-daemon@${host}>`,
    `To: <${to}>`,
    'Subject: Your mail could not be delivered',
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@${host}>`,
    ...(id ? [`In-Reply-To: ${id}`, `References: ${id}`] : []),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Your mail to this address could not be delivered:',
    '',
    `    ${recipient}`,
    '',
    'The other side said:',
    '',
    `    ${said}`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${host}`,
    `Arrival-Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${said}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    headers,
    `--${boundary}--`,
    '',
  ]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

function endOfHeaders(raw: Buffer): number {
  const end = raw.indexOf('\r\n\r\n')
  return end < 0 ? raw.length : end + 2
}
