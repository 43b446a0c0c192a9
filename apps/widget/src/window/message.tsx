import { useState } from 'preact/hooks'
import { Avatar } from './avatar.tsx'
import { useMore } from './fetch-more.ts'
import type { Session } from './session.ts'
import { listOf, t, timeOf } from './text.ts'
import type { Bubble, Reader } from './timeline.ts'

export function Message({ bubble, session }: { bubble: Bubble; session: Session }) {
  const { author, mine, isFirst, isLast, text, attachments, form, unsent, masked, unproven, erased } = bubble
  const isRefused = unsent?.state === 'refused'
  const more = useMore(form !== null || attachments.length > 0 || isRefused || masked || unproven || erased)
  const [whole, setWhole] = useState<string | null>(null)
  const classes = `message ${mine ? 'mine' : 'theirs'}${isFirst ? ' first' : ''}${isLast ? ' last' : ''}${unsent ? ' unsent' : ''}`

  async function toggle(): Promise<void> {
    const answer = whole === null ? await session.api.full(bubble.key) : null
    setWhole(answer?.ok ? answer.value.text : null)
  }

  return (
    <li class={classes}>
      {author && isFirst && <Avatar author={author} />}
      <div class="column">
        <span class={isFirst && author ? 'name' : 'sr'}>{author ? author.alias : t('you')}</span>
        {(text || form) && (
          <div class="bubble" dir="auto">
            <Linked text={whole ?? text} />
            {bubble.cut && (
              <button type="button" class="link" aria-expanded={whole !== null} onClick={() => void toggle()}>
                {t(whole === null ? 'whole' : 'less')}
              </button>
            )}
            {form && more && <more.AskedForm form={form} session={session} />}
          </div>
        )}
        {more && <more.Attachments attachments={attachments} />}
        {more && <more.Notes bubble={bubble} />}
        {isRefused
          ? more && <more.Refused unsent={unsent} session={session} />
          : (isLast || bubble.onlyTo) && <p class="note">{footOf(bubble)}</p>}
      </div>
    </li>
  )
}

function footOf({ at, mine, onlyTo, readers, unsent }: Bubble): string {
  const only = onlyTo ? t('onlyTo', { name: listOf(onlyTo) }) : ''
  const state = unsent ? t('waiting') : mine ? readersText(readers) : ''
  return [timeOf(at), only, state].filter((part) => part).join(' · ')
}

/** One word when it is the same for everybody; else everybody by name. */
function readersText(readers: Reader[]): string {
  const states = new Set(readers.map((one) => one.state))
  const [only = 'sent' as const] = states
  if (states.size < 2) return t(only)
  return readers.map(({ alias, state }) => t('reader', { name: alias, state: t(state) })).join(' · ')
}

const address = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/

/** Addresses of the web can be clicked; everything else stays text. */
function Linked({ text }: { text: string }) {
  return (
    <p class="text">
      {text.split(address).map((part, index) =>
        index % 2 === 1 ? (
          <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  )
}
