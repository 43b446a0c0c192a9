import { Text } from '@mantine/core'
import type { Unsent } from '@parley/client'
import type { ConversationView, DeliveryView } from '@parley/protocol'
import { useLayoutEffect, useRef } from 'react'
import { dayName } from '../desk/times.model.ts'
import type { Line } from '../live/live.model.ts'
import { useWords } from '../words/words.tsx'
import { Bubble } from './bubble.tsx'
import { Face } from './face.tsx'
import { comingsIn, groupsOf } from './message.model.ts'
import { UnsentBubble } from './unsent-bubble.tsx'

interface Props {
  conversation: ConversationView
  lines: readonly Line[]
  unsent: readonly Unsent[]
  typing: readonly string[]
  deliveries: readonly DeliveryView[]
}

export function MessageLog({ conversation, lines, unsent, typing, deliveries }: Props) {
  const { language, say } = useWords()
  const { box, content } = useStayAtEnd()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <div className="log" role="log" aria-label={say('conversation.messages')} tabIndex={0} ref={box}>
      <div className="log-lines" ref={content}>
        {groupsOf(lines, comingsIn(conversation)).map((group) => (
          <div key={group.lines[0]?.message.id ?? group.coming?.id} className="group-wrap">
            {group.day && (
              <div className="day">
                <span>{dayName(group.day, new Date(), language)}</span>
              </div>
            )}
            {group.coming && (
              <Text className="house" size="sm" c="dimmed">
                {say(group.coming.word, { who: group.coming.alias })} {group.coming.because}
              </Text>
            )}
            {group.author ? (
              <div className="group" data-you={group.author.you}>
                {!group.author.you && <Face alias={group.author.alias} colour={group.author.colour} />}
                <div className="group-lines">
                  <span className="author" data-colour={group.author.colour}>
                    {group.author.you ? say('list.you') : group.author.alias}
                  </span>
                  {group.lines.map((line) => (
                    <Bubble key={line.message.id} line={line} conversation={conversation.id} deliveries={deliveries} />
                  ))}
                </div>
              </div>
            ) : (
              group.lines.map((line) => (
                <Text key={line.message.id} className="house" size="sm" c="dimmed">
                  {line.message.text}
                </Text>
              ))
            )}
          </div>
        ))}
        {unsent.length > 0 && (
          <div className="group" data-you="true">
            <div className="group-lines">
              {unsent.map((one) => (
                <UnsentBubble key={one.id} unsent={one} />
              ))}
            </div>
          </div>
        )}
        {typing.length > 0 && (
          <Text className="typing" size="sm" c="dimmed">
            {say('conversation.typing', { who: typing.join(', ') })}
          </Text>
        )}
        {lines.length === 0 && unsent.length === 0 && (
          <Text className="house" c="dimmed">
            {say('conversation.empty')}
          </Text>
        )}
      </div>
    </div>
  )
}

/** Follows what is new as long as the reader is at the end; who reads further up is left there. */
function useStayAtEnd() {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const [outer, inner] = [box.current, content.current]
    if (!outer || !inner) return
    let isAtEnd = true
    const look = () => {
      isAtEnd = outer.scrollHeight - outer.scrollTop - outer.clientHeight < 80
    }
    // Bubbles grow after they were drawn: pictures load, a resend button appears.
    const watch = new ResizeObserver(() => {
      if (isAtEnd) outer.scrollTop = outer.scrollHeight
    })
    watch.observe(inner)
    watch.observe(outer)
    outer.addEventListener('scroll', look, { passive: true })
    return () => {
      watch.disconnect()
      outer.removeEventListener('scroll', look)
    }
  }, [])
  return { box, content }
}
