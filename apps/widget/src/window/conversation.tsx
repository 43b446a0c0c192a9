import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Composer } from './composer.tsx'
import { useMore } from './fetch-more.ts'
import { Message } from './message.tsx'
import type { PanelName } from './panels.tsx'
import type { Session } from './session.ts'
import { dayOf, listOf, t } from './text.ts'
import { type Item, mergeTimeline, others } from './timeline.ts'

/** So near to the end of the list counts as reading along. */
const nearPx = 80

export function Conversation({ session, onPanel }: { session: Session; onPanel: (name: PanelName) => void }) {
  const { client, helds, conversation, config } = session
  const isClosed = session.isGone || conversation?.state === 'closed'
  const items = mergeTimeline(helds, client?.outbox ?? [])
  const list = useRef<HTMLElement>(null)
  const isNear = useRef(true)
  const top = useRef(0)
  const before = useRef({ first: '', height: 0 })
  const first = items.find((item) => item.kind !== 'day')?.key ?? ''

  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    // Earlier messages came in above: what was before the eyes stays there.
    if (before.current.first && first !== before.current.first) {
      element.scrollTop += element.scrollHeight - before.current.height
    } else if (isNear.current) element.scrollTop = element.scrollHeight
    before.current = { first, height: element.scrollHeight }
  })

  // A picture that has loaded or a row that opened below must not push the latest words out of sight.
  useEffect(() => {
    const element = list.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (isNear.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    for (const each of element.children) observer.observe(each)
    return () => observer.disconnect()
  }, [])

  const typing = [...new Set(helds.flatMap((held) => typingIn(session, held.view.id)))]
  const hasAsked = items.some((item) => item.kind === 'bubble' && item.mine)
  const hasAnswer = items.some((item) => item.kind === 'bubble' && !item.mine)
  const hunt = hasAsked && !hasAnswer && conversation?.state === 'open' ? conversation.hunt : null
  const more = useMore(
    isClosed || session.continuedFrom !== null || (session.isFleeting && conversation !== null) || hunt === 'nobody',
  )
  return (
    <main>
      <section
        class="list"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('title')}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          const isEnd = scrollHeight - scrollTop - clientHeight < nearPx
          // Only who goes up leaves the end: what has loaded since may have moved it away from them.
          if (isEnd || scrollTop < top.current) isNear.current = isEnd
          top.current = scrollTop
        }}
      >
        {more && <more.Notices session={session} onPanel={onPanel} />}
        {helds.some((held) => held.base > 0) ? (
          <button
            type="button"
            class="earlier"
            onClick={() => {
              for (const held of helds) client?.readBefore(held.view.id)
            }}
          >
            {t('earlier')}
          </button>
        ) : (
          <p class="greeting">{config?.greeting || t('greeting')}</p>
        )}
        <ol>
          {items.map((item) => (
            <Line key={item.key} item={item} session={session} />
          ))}
        </ol>
        {(hunt === 'looking' || hunt === 'not-begun') && <p class="hunt">{t('looking')}</p>}
        {hunt === 'nobody' && more && <more.Nobody session={session} onPanel={onPanel} />}
        <p class="typing" hidden={typing.length === 0}>
          {t('typing', { name: listOf(typing) })}
        </p>
      </section>
      <Announcer items={items} />
      {isClosed ? more && <more.Ended session={session} /> : <Composer session={session} />}
    </main>
  )
}

function Line({ item, session }: { item: Item; session: Session }) {
  if (item.kind === 'bubble') return <Message bubble={item} session={session} />
  if (item.kind === 'day') return <li class="day">{dayOf(item.at, Date.now())}</li>
  return <li class="line">{wordsOf(item)}</li>
}

const wordsOf = (item: Extract<Item, { kind: 'line' | 'joined' }>): string =>
  item.kind === 'joined' ? t('joined', { name: item.alias }) : item.text

function typingIn(session: Session, interaction: string): string[] {
  const held = session.helds.find((one) => one.view.id === interaction)
  const ids = session.client?.typing(interaction) ?? []
  return held ? others(held).flatMap((one) => (ids.includes(one.id) ? [one.alias] : [])) : []
}

/** Reads out what comes in while the window is open, and nothing of what was there before. */
function Announcer({ items }: { items: Item[] }) {
  const [since] = useState(Date.now)
  const [text, setText] = useState('')
  const last = items.findLast((item) => item.kind !== 'day')
  const key = last?.key
  useEffect(() => {
    if (!last || last.at < since) return
    if (last.kind !== 'bubble') setText(wordsOf(last))
    else if (last.author) setText(`${last.author.alias}: ${last.text}`)
  }, [key])
  return (
    <p class="sr" role="status">
      {text}
    </p>
  )
}
