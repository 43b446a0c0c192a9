import type { Abilities, Block, OutboundDelivery } from '@parley/channel-sdk'
import { isWordKey, type Words, word } from '../words/index.ts'
import type { RenderSettings } from './outbox.ts'
import type { DeliveryRow } from './record-attempt.ts'

export interface Composed {
  alias: string
  blocks: Block[]
  attachments: OutboundDelivery['attachments']
  subject?: string
}

/** What is known of a delivery's reader and place, whatever it carries. */
export interface Facts {
  to: string
  value_key: string
  language: string
  token: string | null
  /** Our number that stands for the place, and the tag it has there. */
  own: string | null
  tag: string | null
  /** The relay stands for all of the reader's places in the conversation, not for one. */
  to_all: boolean
  /** Whoever has this address wants nothing more to be sent to it. */
  opted_out: boolean
  site: string
  asker: Record<string, string>
  topic_names: Record<string, string> | null
  region: string | null
  admission: { kind: string } | null
  join_key: string
}

export function composeNotice(
  settings: RenderSettings,
  row: DeliveryRow,
  facts: Facts,
  { style }: Pick<Abilities, 'style'>,
): Composed | null {
  const notice = row.notice
  if (!notice) return null
  const { language } = facts
  const { params } = notice
  const has = (key: string): key is keyof Words => isWordKey(key)
  const blocks: Block[] = []
  const say = (key: string) => {
    if (has(key)) blocks.push({ kind: 'note', text: word(language, key, { ...params, site: facts.site }) })
  }
  let subject: string | undefined
  switch (notice.template) {
    case 'code':
      if (style === 'lines') {
        // What costs by the segment: who sends it, the code, and that nobody need answer.
        const label = word(language, 'code-lines', { site: facts.site.slice(0, 40) })
        blocks.push({ kind: 'code', label, code: params.code ?? '' })
        say('code-lines-ignore')
        break
      }
      say('code-text')
      blocks.push({ kind: 'code', label: word(language, 'code-label'), code: params.code ?? '' })
      say('code-ignore')
      subject = word(language, 'code-subject', params)
      break
    case 'sign-in-link':
      say('sign-in-text')
      blocks.push({ kind: 'link', label: word(language, 'sign-in-link'), url: params.url ?? settings.publicUrl })
      subject = word(language, 'sign-in-subject')
      break
    case 'held-unknown-sender':
    case 'held-contradicted':
      say(notice.template)
      blocks.push({ kind: 'link', label: word(language, 'held-link'), url: params.url ?? settings.publicUrl })
      subject = word(language, 'held-subject')
      break
    case 'join-welcome':
    case 'join-approved':
      say(notice.template)
      blocks.push(membershipLink(settings, row, facts))
      subject = word(language, 'join-subject', params)
      break
    case 'join-waits':
    case 'join-declined':
      say(notice.template)
      subject = word(language, 'join-subject', params)
      break
    case 'someone-waits':
    case 'invitation-text': {
      say(notice.template)
      const [link, about] =
        notice.template === 'someone-waits'
          ? (['someone-waits-link', 'someone-waits-subject'] as const)
          : (['invitation-link', 'invitation-subject'] as const)
      blocks.push({ kind: 'link', label: word(language, link), url: params.url ?? settings.publicUrl })
      subject = word(language, about, params)
      break
    }
    case 'attachment-left-out': {
      const why = `left-out-${params.reason}`
      const reason = word(language, isWordKey(why) ? why : 'refused-attachment-refused')
      blocks.push({ kind: 'note', text: word(language, notice.template, { ...params, reason }) })
      break
    }
    case 'moved-on': {
      const why = `left-${params.reason}`
      blocks.push({
        kind: 'note',
        text: word(language, notice.template, { reason: has(why) ? word(language, why) : '' }).trim(),
      })
      break
    }
    default:
      if (!has(notice.template)) throw new Error(`no words for the notice ${notice.template}`)
      say(notice.template)
      if (params.url && params.link && has(params.link)) {
        blocks.push({ kind: 'link', label: word(language, params.link), url: params.url })
      }
  }
  return { alias: facts.site, blocks, attachments: [], ...(subject ? { subject } : {}) }
}

export function membershipLink(settings: RenderSettings, row: DeliveryRow, { language, join_key }: Facts): Block {
  return {
    kind: 'link',
    label: word(language, 'membership-link'),
    url: settings.membershipUrl(row.reference, join_key),
  }
}
