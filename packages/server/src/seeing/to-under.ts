import type { SeesRight } from '@parley/protocol'

/** What a right hangs on, as the contract says it: a team that was let in, or letting those who answer see each other. */
export function toUnder(under: string | null): SeesRight['under'] {
  return under === null || under === 'let-see' ? under : { team: under }
}
