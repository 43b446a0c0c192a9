import { ns } from '../namespaces.ts'
import type { ErrorCondition, ErrorType } from '../read/conditions.ts'
import type { Refused } from '../read/reading.ts'
import { text, type Xml, xml } from '../xml/write-xml.ts'

export interface StanzaError {
  type: ErrorType
  condition: ErrorCondition
  text: string
}

/** RFC 6120 §8.3: back to the full address that it came from. What they wrote is not repeated to them. */
export function composeError({ name, from, to, id }: Refused, error: StanzaError): Xml {
  return xml(
    name,
    { from: to, to: from.full, id: id ?? undefined, type: 'error' },
    xml(
      'error',
      { type: error.type },
      xml(error.condition, { xmlns: ns.stanzaErrors }),
      xml('text', { xmlns: ns.stanzaErrors, 'xml:lang': 'en' }, text(error.text)),
    ),
  )
}
