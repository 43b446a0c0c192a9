import { answerQuery } from '../compose/answer-query.ts'
import { composeError } from '../compose/compose-error.ts'
import type { Reading } from '../read/reading.ts'
import { xml } from '../xml/write-xml.ts'
import type { IntakeParts } from './intake.ts'
import { addressErrors } from './take-message.ts'

/** Answers what another program asks about the component or one of its addresses. */
export async function answerTo(query: Extract<Reading, { kind: 'query' }>, parts: IntakeParts): Promise<void> {
  const { connection, domain, host, publicName, aliases } = parts
  const { from, to, id, asks, node } = query
  const refuse = (error: Parameters<typeof composeError>[1]) =>
    void connection.write(composeError({ name: 'iq', from, to: to.full, id }, error))
  const isOurs = to.bare === domain
  if (!isOurs) {
    const verdict = await host.mayReceive(to.bare)
    if (!verdict.accepts) return refuse(addressErrors[verdict.because])
  }
  if (asks === 'unknown') return refuse({ type: 'cancel', condition: 'service-unavailable', text: 'Not known here.' })
  const payload = answerQuery({
    asks,
    asked: isOurs ? 'component' : 'place',
    node,
    publicName,
    alias: aliases.find(to.bare, from.bare),
  })
  connection.write(xml('iq', { from: to.full, to: from.full, id, type: 'result' }, payload))
}
