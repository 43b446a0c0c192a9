/** The parts of a site's policy that the desk has forms for. Everything else in it is sent back as it came. */
export interface PolicyForm {
  circle: string
  admission: string
  slots: number
  withinMinutes: number | null
  reach: string
  most: number
  waves: { afterMinutes: number; most: number }[]
  history: boolean
  screenVisitor: string
  screenResponder: string
  region: string
  network: boolean
  /** Are those who answer seen each by themselves, or as one that is called `faceName`? */
  face: 'named' | 'one'
  faceName: string
  visitorFields: string[]
  responderFields: string[]
  /** Days; 0: a closed conversation stays closed. */
  reopenWithin: number
  encryption: string
  asker: string
  title: string
  greeting: string
  colour: string
  topic: string
}

/** What is the house's own beside a conversation, and may be shown to others. */
export const houseFields = ['name', 'category', 'tags', 'folder', 'links', 'tickets'] as const

type Loose = Readonly<Record<string, unknown>>

const minute = 60_000
const part = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {})
const text = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise)
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

export function policyForm(policy: object, language: string): PolicyForm {
  const all = part(policy)
  const { admission, hunt, screening, implied, window, fields } = {
    admission: part(all.admission),
    hunt: part(all.hunt),
    screening: part(all.screening),
    implied: part(all.implied),
    window: part(all.window),
    fields: part(all.fields),
  }
  const waves = Array.isArray(hunt.waves) ? hunt.waves.map(part) : []
  return {
    circle: text(all.circle, 'private'),
    admission: text(admission.kind, 'first'),
    slots: number(admission.slots, 2),
    withinMinutes: typeof admission.withinMs === 'number' ? admission.withinMs / minute : null,
    reach: text(hunt.reach, 'all'),
    most: number(hunt.most, 1_000),
    waves: waves.map((wave) => ({ afterMinutes: number(wave.afterMs, 0) / minute, most: number(wave.most, 1) })),
    history: all.history !== 'none',
    screenVisitor: text(screening.visitor, 'mask'),
    screenResponder: text(screening.responder, 'mask'),
    region: text(implied.region, 'match'),
    network: implied.network === true,
    face: hasOneFace(all.face) ? 'one' : 'named',
    faceName: text(part(part(all.face).name)[language]),
    visitorFields: texts(fields.visitor),
    responderFields: texts(fields.responder),
    reopenWithin: number(part(all.reopen).withinDays, 0),
    encryption: text(all.encryption, 'none'),
    asker: text(part(all.asker)[language]),
    title: text(part(window.title)[language]),
    greeting: text(part(window.greeting)[language]),
    colour: text(window.colour),
    topic: text(window.topic, 'optional'),
  }
}

/** The policy with what stands in the form; texts in the language of the desk, other languages as they were. */
export function withForm(policy: object, form: PolicyForm, language: string): object {
  const all = part(policy)
  const { kind: _, slots: __, withinMs: ___, ...admission } = part(all.admission)
  const window = part(all.window)
  const inLanguage = (before: unknown, said: string) => {
    const { [language]: _, ...others } = part(before)
    return said.trim() === '' ? others : { ...others, [language]: said.trim() }
  }
  return {
    ...all,
    circle: form.circle,
    admission: {
      ...admission,
      kind: form.admission,
      ...(form.admission === 'first-n' ? { slots: form.slots } : {}),
      ...(form.withinMinutes === null ? {} : { withinMs: Math.round(form.withinMinutes * minute) }),
    },
    hunt: {
      ...part(all.hunt),
      reach: form.reach,
      most: form.most,
      waves: form.waves.map(({ afterMinutes, most }) => ({ afterMs: Math.round(afterMinutes * minute), most })),
    },
    history: form.history ? 'all' : 'none',
    screening: { visitor: form.screenVisitor, responder: form.screenResponder },
    implied: { region: form.region, network: form.network },
    face: form.face === 'one' ? { ...part(all.face), name: inLanguage(part(all.face).name, form.faceName) } : 'named',
    fields: { ...part(all.fields), visitor: form.visitorFields, responder: form.responderFields },
    reopen: { ...part(all.reopen), withinDays: form.reopenWithin },
    encryption: form.encryption,
    asker: inLanguage(all.asker, form.asker),
    window: {
      ...window,
      title: inLanguage(window.title, form.title),
      greeting: inLanguage(window.greeting, form.greeting),
      colour: form.colour,
      topic: form.topic,
    },
  }
}

function hasOneFace(face: unknown): boolean {
  return typeof face === 'object' && face !== null
}
