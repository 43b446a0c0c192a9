import type { Said } from '@parley/model'
import { ns } from '../namespaces.ts'
import { childOf, childrenOf, type Element } from '../xml/element.ts'

/**
 * A program that answers one message of several repeats it above the answer for programs that do not know such answers, and says how far
 * that goes (XEP-0461, XEP-0428). Only a quote at the beginning that leaves something to read is cut.
 */
export function cutQuote(element: Element, body: string): Said {
  const fallback = childrenOf(element, 'fallback', ns.fallback).find(({ attrs }) => attrs.for === ns.reply)
  const range = fallback && childOf(fallback, 'body', ns.fallback)
  const [start, end] = [Number(range?.attrs.start), Number(range?.attrs.end)]
  // Positions are counted in code points.
  const quoted = start === 0 && Number.isInteger(end) && end > 0 ? [...body].slice(0, end).join('') : ''
  const visible = body.slice(quoted.length).trim()
  const isQuote =
    quoted !== '' &&
    quoted
      .trimEnd()
      .split('\n')
      .every((line) => line.startsWith('>'))
  if (!isQuote || visible === '') return { visible: body, full: body, cuts: [] }
  return { visible, full: body, cuts: [{ from: 0, to: body.length - visible.length, why: 'quote' }] }
}
