import type { CastPhone } from '../cast-phones.ts'
import { type Answer, json, plain } from '../http/answer.ts'
import type { Phones } from '../phones.ts'

/** What a phone of the pocket page asks for. Paths: `/pocket/PHONE/threads` and `/pocket/PHONE/texts/NUMBER`. */
export function readPhone(phones: Phones, person: CastPhone, what: string, other: string): Answer {
  if (what === 'threads' && other === '') return json(phones.threads(person))
  if (what === 'texts' && isAddress(other)) return json(phones.texts(person, other))
  return plain('There is no such page.', 404)
}

export function actOnPhone(phones: Phones, person: CastPhone, what: string, other: string, body: string): Answer {
  if (!isAddress(other)) return plain('That is no telephone number, and no JID.', 400)
  if (what === 'seen') {
    phones.markSeen(person, other)
    return json({})
  }
  if (what !== 'texts') return plain('There is no such page.', 404)
  const text = textOf(body)
  if (text === null) return plain('A text needs some words, and 1,500 characters at most.', 400)
  phones.send(person, other, text)
  return json({})
}

const isAddress = (text: string) => /^(\+\d{7,15}|[a-z0-9.-]{1,64}@[a-z0-9.-]{1,100})$/.test(text)

function textOf(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') return null
    const text = value.text.trim()
    return text !== '' && text.length <= 1_500 ? text : null
  } catch {
    return null
  }
}
