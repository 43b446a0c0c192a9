import { isoTime, type PersonId } from '@parley/model'
import type { SayAnswer } from '../road/index.ts'

export type Said = Extract<SayAnswer, { ok: true }>

/** The `said` frame, put together by hand: it is written for every message. */
export function saidText(id: string, { message, at, asSent }: Said, places: Said['places']): string {
  const listed = places.map(({ interaction, n }) => `{"interaction":"${interaction}","n":${n}}`)
  return `{"t":"said","id":"${id}","message":"${message}","at":"${isoTime(at)}","places":[${listed.join(',')}]${asSent ? ',"asSent":true' : ''}}`
}

/**
 * A person's echo id names one thing said, whatever it is repeated over. The echo id first: clients take ids that rise with time, so that
 * new keys land at the end of their index.
 */
export function echoKey(person: PersonId, id: string): Buffer {
  return Buffer.from(`${id}${person}`.replaceAll('-', ''), 'hex')
}
