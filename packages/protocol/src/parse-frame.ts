import { type ClientFrame, type FormField, maxFrameBytes, type PollRequest, type Say } from './real-time.ts'

/** Hand-written guards: a schema library would outweigh the whole window. What they return holds nothing that was not checked. */

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const formKinds: ReadonlySet<unknown> = new Set(['text', 'email', 'phone', 'choice'])

type Loose = Record<string, unknown>

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const isId = (value: unknown): value is string => typeof value === 'string' && idShape.test(value)
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647
/** PostgreSQL stores no NUL, and half a surrogate pair is no Unicode text. */
const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length <= max && !value.includes('\0') && value.isWellFormed()

/** One frame from a client, or null when it is none: the connection is then closed as malformed. */
export function parseClientFrame(text: string): ClientFrame | null {
  if (text.length > maxFrameBytes) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  return toClientFrame(value)
}

export function toClientFrame(value: unknown): ClientFrame | null {
  if (!isLoose(value)) return null
  switch (value['t']) {
    case 'say':
      return toSay(value)
    case 'seen': {
      const { interaction, delivered, read } = value
      return isId(interaction) && isCount(delivered) && isCount(read)
        ? { t: 'seen', interaction, delivered, read }
        : null
    }
    case 'typing': {
      const to = toTarget(value['to'])
      return to && typeof value['on'] === 'boolean' ? { t: 'typing', to, on: value['on'] } : null
    }
    case 'read': {
      const { interaction, after, before } = value
      if (!isId(interaction)) return null
      if (isCount(after) && before === undefined) return { t: 'read', interaction, after }
      if (isCount(before) && after === undefined) return { t: 'read', interaction, before }
      return after === undefined && before === undefined ? { t: 'read', interaction } : null
    }
    case 'hello': {
      const { v, token } = value
      const cursors = toCursors(value['cursors'])
      const numberings = value['numberings'] === undefined ? {} : toNumberings(value['numberings'])
      if (!isCount(v) || !isText(token, 4096) || !cursors || !numberings) return null
      return { t: 'hello', v, token, cursors, ...(value['numberings'] === undefined ? {} : { numberings }) }
    }
    case 'choose':
      return toChoose(value)
    case 'do':
      return toDo(value)
    case 'ping':
      return { t: 'ping' }
    default:
      return null
  }
}

/** What the input holds is for the operation itself to judge. */
function toDo({ id, operation, input }: Loose): ClientFrame | null {
  return isId(id) && isText(operation, 40) && isLoose(input) ? { t: 'do', id, operation, input } : null
}

function toTarget(value: unknown): Say['to'] | null {
  if (!isLoose(value)) return null
  const { conversation, ticket, interaction } = value
  if (!isId(conversation)) return isId(interaction) ? { interaction } : null
  if (ticket === undefined) return { conversation }
  return isId(ticket) ? { conversation, ticket } : null
}

function toSay(value: Loose): ClientFrame | null {
  const { id, text, attachments, form, ask, sealed } = value
  const to = toTarget(value['to'])
  if (!to || !isId(id) || !isText(text, maxFrameBytes)) return null
  const say: ClientFrame = { t: 'say', id, to, text }
  if (attachments !== undefined) {
    if (!Array.isArray(attachments) || attachments.length > 20 || !attachments.every(isId)) return null
    say.attachments = attachments
  }
  if (form !== undefined) {
    if (!isLoose(form) || !isId(form['message'])) return null
    const answers = toStrings(form['answers'])
    if (!answers) return null
    say.form = { message: form['message'], answers }
  }
  if (ask !== undefined) {
    const fields = toFormFields(ask)
    if (!fields) return null
    say.ask = fields
  }
  if (sealed !== undefined) {
    if (sealed !== true) return null
    say.sealed = sealed
  }
  return say
}

function toFormFields(value: unknown): FormField[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > 10) return null
  const fields: FormField[] = []
  for (const field of value) {
    if (!isLoose(field)) return null
    const { name, label, kind, required, choices } = field
    if (!isText(name, 40) || !isText(label, 200) || !formKinds.has(kind) || typeof required !== 'boolean') return null
    const parsed: FormField = { name, label, kind: kind as FormField['kind'], required }
    if (choices !== undefined) {
      if (!Array.isArray(choices) || choices.length > 50 || !choices.every((choice) => isText(choice, 200))) return null
      parsed.choices = choices
    }
    fields.push(parsed)
  }
  return fields
}

function toChoose(value: Loose): ClientFrame | null {
  const { conversation, topic, language, region, fields } = value
  if (!isId(conversation)) return null
  const choose: ClientFrame = { t: 'choose', conversation }
  if (topic !== undefined) {
    if (!isId(topic)) return null
    choose.topic = topic
  }
  if (language !== undefined) {
    if (!isText(language, 20)) return null
    choose.language = language
  }
  if (region !== undefined) {
    if (!isText(region, 40)) return null
    choose.region = region
  }
  if (fields !== undefined) {
    const strings = toStrings(fields)
    if (!strings) return null
    choose.fields = strings
  }
  return choose
}

function toStrings(value: unknown): Record<string, string> | null {
  if (!isLoose(value)) return null
  const strings: Record<string, string> = Object.create(null)
  const entries = Object.entries(value)
  if (entries.length > 20) return null
  for (const [key, entry] of entries) {
    if (!isText(key, 40) || !isText(entry, 2_000)) return null
    strings[key] = entry
  }
  return strings
}

function toNumberings(value: unknown): Record<string, string> | null {
  if (!isLoose(value)) return null
  const numberings: Record<string, string> = Object.create(null)
  const entries = Object.entries(value)
  if (entries.length > 500) return null
  for (const [id, numbering] of entries) {
    if (!isId(id) || !isText(numbering, 40)) return null
    numberings[id] = numbering
  }
  return numberings
}

function toCursors(value: unknown): Record<string, number> | null {
  if (!isLoose(value)) return null
  const cursors: Record<string, number> = Object.create(null)
  const entries = Object.entries(value)
  if (entries.length > 500) return null
  for (const [key, entry] of entries) {
    if (!isId(key) || !isCount(entry)) return null
    cursors[key] = entry
  }
  return cursors
}

export function toPollRequest(value: unknown): PollRequest | null {
  if (!isLoose(value) || !Array.isArray(value['frames']) || value['frames'].length > 100) return null
  const frames: ClientFrame[] = []
  for (const entry of value['frames']) {
    const frame = toClientFrame(entry)
    if (!frame) return null
    frames.push(frame)
  }
  const request: PollRequest = { frames }
  const { session, ack, from } = value
  if (session !== undefined) {
    if (!isText(session, 100)) return null
    request.session = session
  }
  if (ack !== undefined) {
    if (!isCount(ack)) return null
    request.ack = ack
  }
  if (from !== undefined) {
    if (!isCount(from)) return null
    request.from = from
  }
  return request
}
