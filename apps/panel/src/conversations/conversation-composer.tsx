import { NativeSelect, Text } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import type { ConversationView, FormField, Problem } from '@parley/protocol'
import { useEffect, useRef, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useLive } from '../live/live.tsx'
import { useMe } from '../settings/me.queries.ts'
import {
  chosenAmong,
  type Destination,
  destinationsOf,
  draftPlace,
  isInside,
  keyOf,
  otherSide,
} from '../structure/destination.model.ts'
import { sayDestination, sendWord } from '../structure/say-destination.ts'
import { usePerform } from '../structure/use-perform.ts'
import { useSay } from '../words/words.tsx'
import { AskForm } from './ask-form.tsx'
import { Composer } from './composer.tsx'

interface Props {
  conversation: ConversationView
  /** The key of the destination that was chosen here or by "Respond" in the log. */
  chosen: string | null
  onChoose: (key: string) => void
}

export function ConversationComposer({ conversation, chosen, onChoose }: Props) {
  const say = useSay()
  const { client } = useLive()
  const role = useMe().data?.role ?? 'responder'
  const perform = usePerform()
  const [problem, setProblem] = useState<Problem | null>(null)
  const destinations = destinationsOf(conversation, role)
  const destination = chosenAmong(destinations, chosen)
  useFocusWhenChosen(chosen)
  useWindowEvent('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return
    if (!destination || document.querySelector('[role="dialog"]')) return
    const next = otherSide(destinations, destination)
    event.preventDefault()
    if (next) onChoose(keyOf(next))
  })
  if (!destination) {
    return (
      <Text className="composer composer-closed" c="dimmed">
        {say(conversation.state === 'closed' ? 'conversation.closedWhy' : 'conversation.readOnly')}
      </Text>
    )
  }
  const inside = isInside(destination)
  const to = targetOf(destination, conversation.id)
  async function send(text: string, attachments: string[], isSealed: boolean): Promise<boolean> {
    const files = attachments.length > 0 ? { attachments } : {}
    if (to) {
      client.say(to, text, { ...files, ...(isSealed ? { sealed: true } : {}) })
      return true
    }
    if (destination?.kind !== 'whisper') return false
    const sealed = isSealed ? { sealed: true } : {}
    const answer = await perform('whisper', { interaction: destination.interaction, text, ...files, ...sealed })
    setProblem(answer.ok ? null : answer.problem)
    return answer.ok
  }
  return (
    <Composer
      // A draft and its files stay with the place that they were meant for.
      key={draftPlace(conversation.id, destination)}
      place={draftPlace(conversation.id, destination)}
      label={say(inside ? 'structure.insideLabel' : 'composer.label')}
      isInside={inside}
      sendLabel={say(sendWord(destination))}
      onTyping={(on) => to && client.setTyping(to, on)}
      onSend={send}
      // Where all is sealed there is nothing to choose.
      maySeal={!isSealedThere(conversation, destination)}
      head={
        <div className="composer-to">
          {destinations.length > 1 ? (
            <NativeSelect
              size="xs"
              className="composer-choose"
              aria-label={say('composer.to')}
              data={destinations.map((one) => ({ value: keyOf(one), label: sayDestination(one, say) }))}
              value={keyOf(destination)}
              onChange={(event) => onChoose(event.currentTarget.value)}
            />
          ) : (
            <strong>{sayDestination(destination, say)}</strong>
          )}
          {inside && <span className="not-for-visitor">{say('structure.notForVisitor')}</span>}
          <ProblemNote problem={problem} />
        </div>
      }
      tools={
        !inside &&
        to &&
        conversation.kind !== 'own' && (
          <AskForm
            language={conversation.language}
            onAsk={(text: string, fields: FormField[]) => void client.say(to, text, { ask: fields })}
          />
        )
      }
    />
  )
}

function isSealedThere({ sealed, tickets, interactions }: ConversationView, destination: Destination): boolean {
  if (sealed) return true
  const place = 'interaction' in destination && interactions.find(({ id }) => id === destination.interaction)
  if (!place) return false
  // A whisper is kept as its own backchannel is, which may have been there before this was sealed.
  if (destination.kind !== 'whisper') return place.sealed === true
  return tickets?.some(({ id, sealed }) => id === place.ticket && sealed) === true
}

/** What `say` takes; null for a whisper, which is an operation. */
function targetOf(destination: Destination, conversation: string) {
  if (destination.kind === 'whisper') return null
  return destination.kind === 'everyone' ? { conversation } : { interaction: destination.interaction }
}

/** Who chose where to write wants to write there now; who only opened the conversation may want to read. */
function useFocusWhenChosen(chosen: string | null) {
  const before = useRef(chosen)
  useEffect(() => {
    if (before.current === chosen) return
    before.current = chosen
    if (chosen !== null) document.querySelector<HTMLElement>('[data-composer]')?.focus()
  }, [chosen])
}
