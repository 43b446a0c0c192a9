import type { Outgoing } from './mail-person.ts'
import type { Mailbox, ReceivedMail } from './received-mail.ts'

/** Automata that answer mail: Sieve's vacation (RFC 5230), Exchange's, Gmail's, and one that follows no rule at all. */
export type AutoReply = 'vacation' | 'exchange' | 'gmail' | 'rude'

/** The notice which that automaton sends back for `mail`. */
export function automaticReply(mail: ReceivedMail, me: Mailbox, kind: AutoReply): Outgoing {
  const to = (mail.replyTo[0] ?? mail.from).address
  const text = `Thank you for your mail. I am away until Monday and will read it then.\n\n${me.name}\n`
  const thread = { inReplyTo: mail.messageId, references: [...mail.references, mail.messageId] }
  switch (kind) {
    case 'vacation':
      // RFC 5230 §4.4 and RFC 3834 §3.3: empty envelope sender, answers to Return-Path, marked auto-replied.
      return {
        to: returnPath(mail) ?? to,
        subject: `Auto: ${mail.subject}`,
        text,
        envelopeFrom: '',
        headers: { 'Auto-Submitted': 'auto-replied (vacation)', Precedence: 'bulk' },
        ...thread,
      }
    case 'exchange':
      return {
        to,
        subject: `Automatic reply: ${mail.subject}`,
        text,
        envelopeFrom: '',
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        ...thread,
      }
    case 'gmail':
      return {
        to,
        subject: `Out of office Re: ${mail.subject}`,
        text,
        headers: { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk', 'X-Autoreply': 'yes' },
        ...thread,
      }
    case 'rude':
      return { to, subject: `Re: ${mail.subject}`, text, headers: { 'X-Autorespond': mail.subject }, ...thread }
  }
}

function returnPath(mail: ReceivedMail): string | undefined {
  const path = mail.header('return-path')?.replace(/[<>\s]/g, '')
  return path ? path : undefined
}
