import type { TicketId } from '@parley/model'
import { isSealedIn, type RunState } from '@parley/rules'
import { sealingOf } from '../db/index.ts'
import { askerOn, type Turn } from '../road/index.ts'

/** Where a run stands, as it is written: what it was told lies sealed where what was said does. */
export async function stateColumn({ tx, structure }: Turn, ticket: TicketId, state: RunState): Promise<string> {
  const intake = structure.tickets.find(({ id }) => id === ticket)?.intake
  if (!intake || !isSealedIn(structure, intake)) return JSON.stringify(state)
  const { account, values } = sealingOf(tx)
  const place = { table: 'concierge_run', column: 'state', row: ticket }
  const whose = { conversation: structure.conversation, by: askerOn(structure, ticket) }
  return JSON.stringify({
    ...state,
    variables: await values.seal(account, whose, place, { json: state.variables }),
  })
}
