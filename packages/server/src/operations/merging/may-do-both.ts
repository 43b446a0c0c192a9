import type { DeedVerdict } from '@parley/rules'

/** What is about two things: where one of them is not there for somebody, that they may not do it to the other tells nothing. */
export function mayDoBoth(one: DeedVerdict, other: DeedVerdict): DeedVerdict {
  if (!one.ok && one.refusal === 'not-there') return one
  if (!other.ok && other.refusal === 'not-there') return other
  return one.ok ? other : one
}
