import type { ReceivedMail } from './received-mail.ts'

/** How a mail program lays out a reply. Each follows what that program writes by default in English. */
export type Quoting = 'gmail' | 'outlook' | 'apple' | 'thunderbird' | 'bottom' | 'interleaved' | 'none'

/** For `interleaved`: an answer that stands under the first quoted line that holds `under`. */
export type Answer = { under: string | RegExp; text: string }

export type Reply = { text: string | readonly Answer[]; signature?: string }

export type Laid = { text: string; html: string; userAgent: Record<string, string> }

/** The body of a reply as the named program would send it. */
export function layOutReply(mail: ReceivedMail, reply: Reply, quoting: Quoting): Laid {
  return LAYOUTS[quoting](mail, reply)
}

const LAYOUTS: Record<Quoting, (mail: ReceivedMail, reply: Reply) => Laid> = {
  gmail(mail, reply) {
    const date = `${part(mail.date, { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' })} at ${time(mail.date)}`
    const said = above(reply, '-- ')
    return {
      // Gmail folds the attribution at about 78 columns, so that "wrote:" may stand on a line of its own.
      text: `${said}\n\n${fold(`On ${date} ${nameAndAddress(mail)} wrote:`)}\n\n${quoted(mail.text)}\n`,
      html:
        `<div dir="ltr">${asHtml(said)}</div><br><div class="gmail_quote gmail_quote_container">` +
        `<div dir="ltr" class="gmail_attr">On ${date} ${escapeHtml(mail.from.name)} &lt;<a href="mailto:${escapeHtml(mail.from.address)}">` +
        `${escapeHtml(mail.from.address)}</a>&gt; wrote:<br></div><blockquote class="gmail_quote" ` +
        `style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${original(mail)}</blockquote></div>\n`,
      userAgent: {},
    }
  },

  outlook(mail, reply) {
    const said = above(reply, undefined)
    const sent = `${part(mail.date, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })} ${time(mail.date)}`
    const to = mail.to.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join('; ')
    const lines: [string, string][] = [
      ['From', nameAndAddress(mail)],
      ['Sent', sent],
      ['To', to],
      ['Subject', mail.subject],
    ]
    // Outlook does not mark quoted lines: only the rule and the block of headers tell where the old mail begins.
    const block = lines.map(([name, value]) => `${name}: ${value}`).join('\n')
    const htmlBlock = lines.map(([name, value]) => `<b>${name}:</b> ${escapeHtml(value)}`).join('<br>')
    return {
      text: `${said}\n\n${'_'.repeat(32)}\n${block}\n\n${trimEnd(mail.text).join('\n')}\n`,
      html:
        `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr">` +
        `<div class="elementToProof" style="font-family: Aptos, Calibri, sans-serif; font-size: 12pt;">${asHtml(said)}</div>` +
        `<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">` +
        `<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${htmlBlock}</font>` +
        `<div>&nbsp;</div></div><div>${original(mail)}</div></body></html>\n`,
      userAgent: { 'X-Mailer': 'Microsoft Outlook 16.0', 'Thread-Index': 'AQHbPexample', 'Accept-Language': 'en-US' },
    }
  },

  apple(mail, reply) {
    const said = above(reply, undefined)
    const date = `${part(mail.date, { day: 'numeric', month: 'short', year: 'numeric' }, 'en-GB')}, at ${clock(mail.date)}`
    return {
      text: `${said}\n\n> On ${date}, ${nameAndAddress(mail)} wrote:\n> \n${quoted(mail.text)}\n`,
      html:
        `<html><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">${asHtml(said)}<br id="lineBreakAtBeginningOfMessage">` +
        `<div><br><blockquote type="cite"><div>On ${date}, ${escapeHtml(mail.from.name)} &lt;${escapeHtml(mail.from.address)}&gt; wrote:</div>` +
        `<br class="Apple-interchange-newline"><div>${original(mail)}</div></blockquote></div><br></body></html>\n`,
      userAgent: { 'X-Mailer': 'Apple Mail (2.3776.700.51)', 'Mime-Version': '1.0 (Mac OS X Mail 16.0)' },
    }
  },

  thunderbird(mail, reply) {
    const said = above(reply, '-- ')
    return {
      text: `${said}\n\n${mozillaAttribution(mail)}\n${quoted(mail.text)}\n`,
      html: mozillaHtml(mail, `<p>${asHtml(said)}</p>`, ''),
      userAgent: MOZILLA,
    }
  },

  bottom(mail, reply) {
    const said = above(reply, '-- ')
    return {
      text: `${mozillaAttribution(mail)}\n${quoted(mail.text)}\n\n${said}\n`,
      html: mozillaHtml(mail, '', `<p>${asHtml(said)}</p>`),
      userAgent: MOZILLA,
    }
  },

  interleaved(mail, reply) {
    const body = `${mozillaAttribution(mail)}\n${interleave(mail.text, answers(reply))}${signed(reply.signature, '-- ')}\n`
    return { text: body, html: `<html><body><pre>${escapeHtml(body)}</pre></body></html>\n`, userAgent: MOZILLA }
  },

  none(_mail, reply) {
    const said = above(reply, '-- ')
    return { text: `${said}\n`, html: `<div>${asHtml(said)}</div>\n`, userAgent: {} }
  },
}

const MOZILLA = { 'User-Agent': 'Mozilla Thunderbird', 'Content-Language': 'en-US' }

function mozillaAttribution(mail: ReceivedMail): string {
  // Thunderbird names the author and leaves the address out, unless there is no name.
  return `On ${part(mail.date, { month: 'numeric', day: 'numeric', year: '2-digit' })} ${time(mail.date)}, ${mail.from.name || mail.from.address} wrote:`
}

function mozillaHtml(mail: ReceivedMail, before: string, after: string): string {
  return (
    `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>${before}` +
    `<div class="moz-cite-prefix">${escapeHtml(mozillaAttribution(mail))}<br></div>` +
    `<blockquote type="cite" cite="mid:${escapeHtml(mail.messageId.replace(/[<>]/g, ''))}">${original(mail)}</blockquote>${after}</body></html>\n`
  )
}

function interleave(text: string, answers: readonly Answer[]): string {
  const open = [...answers]
  const lines = trimEnd(text).flatMap((line) => {
    const index = open.findIndex(({ under }) => (typeof under === 'string' ? line.includes(under) : under.test(line)))
    const [answer] = index < 0 ? [] : open.splice(index, 1)
    return answer ? [`> ${line}`, '', answer.text, ''] : [quotedLine(line)]
  })
  const [missing] = open
  if (missing)
    throw new Error(`no line of the mail holds ${missing.under}, to answer under it; the mail says:\n${text}`)
  return lines.join('\n')
}

function answers({ text }: Reply): readonly Answer[] {
  return typeof text === 'string' ? [{ under: /\S/, text }] : text
}

function above(reply: Reply, delimiter: string | undefined): string {
  const text = typeof reply.text === 'string' ? reply.text : reply.text.map((answer) => answer.text).join('\n\n')
  return `${text}${signed(reply.signature, delimiter)}`
}

function signed(signature: string | undefined, delimiter: string | undefined): string {
  if (!signature) return ''
  return delimiter === undefined ? `\n\n${signature}` : `\n\n${delimiter}\n${signature}`
}

function nameAndAddress({ from }: ReceivedMail): string {
  return from.name ? `${from.name} <${from.address}>` : `<${from.address}>`
}

function quoted(text: string): string {
  return trimEnd(text).map(quotedLine).join('\n')
}

function quotedLine(line: string): string {
  return line.startsWith('>') ? `>${line}` : `> ${line}`
}

function trimEnd(text: string): string[] {
  return text.replace(/\s+$/, '').split(/\r?\n/)
}

function fold(line: string): string {
  if (line.length <= 78) return line
  const at = line.lastIndexOf(' ', 78)
  return at <= 0 ? line : `${line.slice(0, at)}\n${fold(line.slice(at + 1))}`
}

function original(mail: ReceivedMail): string {
  if (mail.html === undefined) return asHtml(mail.text)
  return /<body[^>]*>([\s\S]*?)<\/body>/i.exec(mail.html)?.[1] ?? mail.html
}

function asHtml(text: string): string {
  return escapeHtml(text).replace(/\r?\n/g, '<br>')
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

function part(date: Date, options: Intl.DateTimeFormatOptions, locale = 'en-US'): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date)
}

function time(date: Date): string {
  // Intl puts a narrow no-break space before AM and PM, and so does Gmail.
  return part(date, { hour: 'numeric', minute: '2-digit' })
}

function clock(date: Date): string {
  return part(date, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, 'en-GB')
}
