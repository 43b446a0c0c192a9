import type { Said } from '@parley/model'
import { cleanBody } from './clean-text.ts'
import { htmlToText } from './html-to-text.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { cutReply, type HtmlMark, type ReplyClues, withoutCuts } from './reply/cut-reply.ts'

/** The full text, the visible text and what lies between them. The plain part is read; HTML where it is all there is, or where only HTML says what is quoted. */
export function readText(mail: ParsedMail, clues: Omit<ReplyClues, 'marks'>): Said {
  const plain = mail.text === undefined ? '' : cleanBody(mail.text)
  const html = mail.html ?? ''
  if (plain.trim() === '') return html === '' ? cutText('', clues, []) : cutHtml(html, clues)
  const fromPlain = cutText(plain, clues, [])
  if (html === '' || fromPlain.cuts.some(({ why }) => why !== 'signature' && why !== 'disclaimer')) return fromPlain
  const fromHtml = cutHtml(html, clues)
  return hasTheSameWords(fromPlain.full, fromHtml.full) && fromHtml.cuts.length > fromPlain.cuts.length
    ? fromHtml
    : fromPlain
}

function cutHtml(html: string, clues: Omit<ReplyClues, 'marks'>): Said {
  const { text, marks } = htmlToText(html)
  const full = cleanBody(text)
  // Offsets stand only if cleaning took nothing out; else the rules do without the marks.
  return cutText(full, clues, full.length === text.length ? marks : [])
}

function cutText(full: string, clues: Omit<ReplyClues, 'marks'>, marks: HtmlMark[]): Said {
  const cuts = cutReply(full, { ...clues, marks })
  return { full, visible: withoutCuts(full, cuts), cuts }
}

/** The two parts of a mail may say different things ("see the HTML"): the HTML replaces the text only where nothing would be missing. */
function hasTheSameWords(plain: string, html: string): boolean {
  const words = new Set(html.match(/[\p{L}\p{N}]+/gu))
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => words.has(word))
}
