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
  draftPlaceOf,
  isInside,
  isInsideKey,
  keyOf,
  otherSide,
} from '../structure/destination.model.ts'
import { sayDestination, sendWord } from '../structure/say-destination.ts'
import { usePerform } from '../structure/use-perform.ts'
import { useSay } from '../words/words.tsx'
import { AskForm } from './ask-form.tsx'
import { useAttached } from './attached.ts'
import { Composer } from './composer.tsx'
import { keepDestination, moveDraft, readDestination, useDraft } from './drafts.ts'

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
  const [pinned, pin] = useState(() => readDestination(conversation.id))
  const destination = chosenAmong(destinations, chosen ?? pinned)
  const key = (destination ? keyOf(destination) : (chosen ?? pinned)) ?? ''
  const place = draftPlaceOf(conversation.id, key)
  usePin(conversation.id, key, pin)
  useMoveFromGone(place, destination !== undefined)
  useFocusWhenChosen(chosen)
  useWindowEvent('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return
    if (!destination || document.querySelector('[role="dialog"]')) return
    const next = otherSide(destinations, destination)
    event.preventDefault()
    if (next) onChoose((!isInside(next) && readDestination(conversation.id)) || keyOf(next))
  })
  if (destinations.length === 0) {
    return (
      <Text className="composer composer-closed" c="dimmed">
        {say(conversation.state === 'closed' ? 'conversation.closedWhy' : 'conversation.readOnly')}
      </Text>
    )
  }
  const inside = isInsideKey(key)
  const to = destination ? targetOf(destination, conversation.id) : null
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
      key={place}
      place={place}
      label={say(inside ? 'structure.insideLabel' : 'composer.label')}
      isInside={inside}
      isHeld={!destination}
      sendLabel={say(destination ? sendWord(destination) : 'composer.send')}
      onTyping={(on) => to && client.setTyping(to, on)}
      onSend={send}
      // Where all is sealed there is nothing to choose.
      maySeal={destination !== undefined && !isSealedThere(conversation, destination)}
      head={
        <div className="composer-to">
          {destinations.length > 1 || !destination ? (
            <NativeSelect
              size="xs"
              className="composer-choose"
              aria-label={say('composer.to')}
              data={[
                ...(destination ? [] : [{ value: key, label: say('composer.choose'), disabled: true }]),
                ...destinations.map((one) => ({ value: keyOf(one), label: sayDestination(one, say) })),
              ]}
              value={key}
              onChange={(event) => onChoose(event.currentTarget.value)}
            />
          ) : (
            <strong>{sayDestination(destination, say)}</strong>
          )}
          {!destination && (
            <span className="composer-gone" role="alert">
              {say('composer.gone')}
            </span>
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

/** Once something is begun it is for those whom it was begun for; what is written inside never turns to the outside. */
function usePin(conversation: string, key: string, pin: (key: string | null) => void) {
  const [draft] = useDraft(draftPlaceOf(conversation, key))
  const [attached] = useAttached(draftPlaceOf(conversation, key))
  const isBegun = draft !== '' || attached.length > 0
  useEffect(() => {
    if (key === '') return
    pin(isBegun || isInsideKey(key) ? key : null)
    if (!isInsideKey(key)) keepDestination(conversation, isBegun ? key : null)
  }, [conversation, key, isBegun, pin])
}

/** What was begun for a place that went away goes on where it is then chosen to. */
function useMoveFromGone(place: string, isThere: boolean) {
  const gone = useRef<string | null>(null)
  useEffect(() => {
    if (isThere && gone.current !== null && gone.current !== place) moveDraft(gone.current, place)
    gone.current = isThere ? null : place
  }, [place, isThere])
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
  if (destination.kind !== 'everyone') return { interaction: destination.interaction }
  return { conversation, ...(destination.of === undefined ? {} : { ticket: destination.of }) }
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
