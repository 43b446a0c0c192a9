import type { ProgramDelivery, ProgramEndpointView, ProgramScope } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'

export const scopeWords: Record<ProgramScope, Word> = {
  read: 'programs.scopeRead',
  answer: 'programs.scopeAnswer',
  begin: 'programs.scopeBegin',
  manage: 'programs.scopeManage',
}

export const kindWords: Record<ProgramDelivery['kind'], Word> = {
  message: 'programs.kindMessage',
  offer: 'programs.kindOffer',
  notice: 'programs.kindNotice',
}

export const endpointWords: Record<ProgramEndpointView['state'], Word> = {
  proven: 'programs.proven',
  unproven: 'programs.unproven',
  failing: 'programs.failing',
}

const outcomes: ReadonlyMap<string, Word> = new Map([
  ['sent', 'outcome.sent'],
  ['retry', 'outcome.retry'],
  ['rejected', 'outcome.rejected'],
  ['unknown', 'outcome.unknown'],
])

export const outcomeWord = (outcome: string): Word => outcomes.get(outcome) ?? 'outcome.underWay'

/** What is on its way now is left alone; what another took the place of is not to be sent either. */
export const maySendAgain = (state: ProgramDelivery['state']): boolean =>
  state !== 'queued' && state !== 'sending' && state !== 'replaced'

/** The end of the day that was chosen, where the administrator is; empty: for ever. */
export const endOfDay = (day: string): string | null => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString())

export const exampleUrl = 'https://bots.example.org/parley'
