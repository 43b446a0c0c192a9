import { Button, Text } from '@mantine/core'
import type { Unsent } from '@parley/client'
import type { ConversationView, DeliveryView } from '@parley/protocol'
import { useLayoutEffect, useRef } from 'react'
import { dayName } from '../desk/times.model.ts'
import type { Line } from '../live/live.model.ts'
import { type Inside, insideOf } from '../structure/inside.model.ts'
import type { Picked } from '../structure/pick.model.ts'
import { sayInteraction } from '../structure/say-thing.ts'
import { useWords } from '../words/words.tsx'
import { Bubble } from './bubble.tsx'
import { Face } from './face.tsx'
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
            <GroupLines group={group} {...props} />
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

function GroupLines({ group, conversation, deliveries, picked, onPick, onRespond }: Props & { group: Group }) {
  const { say } = useWords()
  const [first] = group.lines
  const inside = first ? insideOf(first) : null
  const lines = group.author ? (
    <div className="group" data-you={group.author.you}>
      {!group.author.you && <Face alias={group.author.alias} colour={group.author.colour} />}
      <div className="group-lines">
        <span className="author" data-colour={group.author.colour}>
          {group.author.you ? say('list.you') : group.author.alias}
        </span>
        {group.lines.map((line) => (
          <PickBox key={line.message.id} line={line} picked={picked} onPick={onPick}>
            <Bubble line={line} conversation={conversation.id} deliveries={deliveries} />
          </PickBox>
        ))}
      </div>
    </div>
  ) : (
    group.lines.map((line) => (
      <Text key={line.message.id} className="house" size="sm" c="dimmed">
        {line.message.text}
      </Text>
    ))
  )
  if (!inside) return lines
  const name = sayInteraction(inside.view, say)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div className="inside" role="group" aria-label={name}>
      <p className="inside-label">
        <strong>{say(inside.isWhisper ? 'structure.whisperNoun' : 'structure.backchannelNoun')}</strong>{' '}
        <span className="inside-not">{say('structure.notForVisitor')}</span>
        {!inside.isWhisper && <bdi className="inside-name">{name}</bdi>}
      </p>
      {lines}
      {inside.view.writable && (
        <Button size="compact-xs" variant="subtle" className="inside-respond" onClick={() => onRespond(inside)}>
          {say('structure.respond')}
        </Button>
      )}
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
