import { Button, Text } from '@mantine/core'
import type { Unsent } from '@parley/client'
import type { ConversationView, DeliveryView } from '@parley/protocol'
import { useLayoutEffect, useRef } from 'react'
import { dayName } from '../desk/times.model.ts'
import type { Line } from '../live/live.model.ts'
import type { Inside } from '../structure/inside.model.ts'
import type { Picked } from '../structure/pick.model.ts'
import { useWords } from '../words/words.tsx'
import { boxesOf } from './boxes.model.ts'
import { Bubble } from './bubble.tsx'
import { Face } from './face.tsx'
import { InsideBox } from './inside-box.tsx'
import { comingsIn, type Group, groupsOf } from './message.model.ts'
import { PickBox } from './pick-box.tsx'
import { UnsentBubble } from './unsent-bubble.tsx'

interface Props {
  conversation: ConversationView
  lines: readonly Line[]
  unsent: readonly Unsent[]
  typing: readonly string[]
  deliveries: readonly DeliveryView[]
  /** What is chosen; null while nothing is being chosen. */
  picked: Picked | null
  onPick: (line: Line) => void
  /** Writes into the backchannel in which something was said. */
  onRespond: (inside: Inside) => void
  /** There is more before what is loaded. */
  onEarlier: (() => void) | null
}

export function MessageLog(props: Props) {
  const { conversation, lines, unsent, typing, onEarlier } = props
  const { language, say } = useWords()
  const { box, content } = useStayAtEnd()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <div className="log" role="log" aria-label={say('conversation.messages')} tabIndex={0} ref={box}>
      <div className="log-lines" ref={content}>
        {onEarlier && (
          <Button variant="default" size="compact-sm" className="earlier" onClick={onEarlier}>
            {say('structure.earlier')}
          </Button>
        )}
        {boxesOf(groupsOf(lines, comingsIn(conversation))).map((each) => (
          <div key={each.groups[0]?.lines[0]?.message.id ?? each.groups[0]?.coming?.id} className="group-wrap">
            {each.groups[0]?.day && (
              <div className="day">
                <span>{dayName(each.groups[0].day, new Date(), language)}</span>
              </div>
            )}
            <InsideBox inside={each.inside} onRespond={props.onRespond}>
              {each.groups.map((group) => (
                <GroupLines key={group.lines[0]?.message.id ?? group.coming?.id} group={group} {...props} />
              ))}
            </InsideBox>
          </div>
        ))}
        {unsent.map((one) => {
          const to = 'interaction' in one.to ? one.to.interaction : null
          const view = conversation.interactions.find(({ id, kind }) => id === to && kind === 'backchannel')
          const inside = view ? { view, isWhisper: view.purpose === 'whisper' } : null
          return (
            <InsideBox key={one.id} inside={inside}>
              <div className="group" data-you="true">
                <div className="group-lines">
                  <UnsentBubble unsent={one} />
                </div>
              </div>
            </InsideBox>
          )
        })}
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

function GroupLines({ group, conversation, deliveries, picked, onPick }: Props & { group: Group }) {
  const { say } = useWords()
  const { author, coming, lines } = group
  if (coming) {
    return (
      <Text className="house" size="sm" c="dimmed">
        {say(coming.word, { who: coming.alias })} {coming.because}
      </Text>
    )
  }
  if (!author) {
    return lines.map((line) => (
      <Text key={line.message.id} className="house" size="sm" c="dimmed">
        {line.message.text}
      </Text>
    ))
  }
  return (
    <div className="group" data-you={author.you}>
      {!author.you && <Face alias={author.alias} colour={author.colour} />}
      <div className="group-lines">
        <span className="author" data-colour={author.colour}>
          {author.you ? say('list.you') : author.alias}
        </span>
        {lines.map((line) => (
          <PickBox key={line.message.id} line={line} picked={picked} onPick={onPick}>
            <Bubble line={line} conversation={conversation.id} deliveries={deliveries} />
          </PickBox>
        ))}
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
    let top = 0
    const look = () => {
      const isNear = outer.scrollHeight - outer.scrollTop - outer.clientHeight < 80
      // Only who goes up leaves the end: what has grown since may have moved it away from them.
      if (isNear || outer.scrollTop < top) isAtEnd = isNear
      top = outer.scrollTop
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
