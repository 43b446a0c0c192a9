import { Button, Loader } from '@mantine/core'
import type { DeliveryView } from '@parley/protocol'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { joinParts } from '../desk/join-parts.model.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime, shortTime } from '../desk/times.model.ts'
import type { Line } from '../live/live.model.ts'
import { useWasSealedHere } from '../structure/sealed-here.ts'
import { SealedMark } from '../structure/sealed-mark.tsx'
import { useWords } from '../words/words.tsx'
import { Attachments } from './attachments.tsx'
import { useFullMessage } from './conversation.queries.ts'
import { Fates } from './fates.tsx'

interface Props {
  line: Line
  conversation: string
  deliveries: readonly DeliveryView[]
}

export function Bubble({ line, conversation, deliveries }: Props) {
  const { language, say } = useWords()
  const { message, author } = line
  const [isFull, setFull] = useState(false)
  const isSealed = useWasSealedHere(message.id) || message.sealed || line.places.some(({ view }) => view.sealed)
  const full = useFullMessage(message.id, isFull)
  const text = isFull && full.data && !message.erased ? full.data.text : message.text
  return (
    <article className="bubble" id={`m-${message.id}`} data-you={author?.you} data-colour={author?.colour}>
      {message.filed && (
        <p className="bubble-filed">
          {say('structure.filedMark')}{' '}
          {joinParts([message.filed.by, message.filed.over, fullTime(message.filed.at, language)])}
        </p>
      )}
      {message.erased && <p className="bubble-erased">{say('structure.erased')}</p>}
      {text !== '' && (
        <p className="bubble-text" dir="auto">
          {text}
        </p>
      )}
      {message.form && (
        <p className="bubble-form">
          {say(message.form.answered ? 'form.answered' : 'form.asked', {
            fields: message.form.fields.map((field) => field.label).join(', '),
          })}
        </p>
      )}
      <Attachments attachments={message.attachments ?? []} />
      {message.cut && (
        <Button
          variant="subtle"
          size="compact-xs"
          className="bubble-more"
          aria-expanded={isFull}
          onClick={() => setFull(!isFull)}
        >
          {say(isFull ? 'message.showShort' : 'message.showFull')}
          {full.isFetching && <Loader size={10} ms="xs" aria-hidden />}
        </Button>
      )}
      {isFull && full.error instanceof Refused && <ProblemNote problem={full.error.problem} />}
      <footer className="bubble-foot">
        {message.masked && (
          <span className="mark" title={say('message.maskedWhy')}>
            {say('message.masked')}
          </span>
        )}
        {isSealed && !message.erased && <SealedMark />}
        {message.copied && <span className="mark">{say('structure.copiedMark')}</span>}
        {message.unproven && (
          <span className="mark mark-warn" title={say('message.unprovenWhy')}>
            {say('message.unproven')}
          </span>
        )}
        <time dateTime={message.at} title={fullTime(message.at, language)}>
          {shortTime(message.at, new Date(message.at), language)}
        </time>
      </footer>
      <Fates line={line} conversation={conversation} deliveries={deliveries} />
    </article>
  )
}
