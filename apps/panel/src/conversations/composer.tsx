import { ActionIcon, Button, Checkbox, CloseButton, FileButton, Loader, Text, Textarea } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { sayProblem } from '../api/problem.model.ts'
import { fileSize } from '../desk/times.model.ts'
import { useWords } from '../words/words.tsx'
import { settleAttached, useAttached } from './attached.ts'
import { idsOf, isSend, maySend, saysTyping } from './composer.model.ts'
import { upload } from './conversation.queries.ts'
import { dropSent, useDraft } from './drafts.ts'
import { echoId } from './echo-id.ts'

interface Props {
  /** Whose draft this is. */
  place: string
  label: string
  /** True: it was taken, and the draft is done with. */
  onSend(text: string, attachments: string[], isSealed: boolean): boolean | Promise<boolean>
  onTyping?(on: boolean): void
  isBusy?: boolean
  sendLabel?: string
  tools?: ReactNode
  /** Nothing goes anywhere before it was chosen where to; `head` says so. */
  isHeld?: boolean
  /** What is written may be sealed by itself. */
  maySeal?: boolean
  /** Says where it goes; stands above the text. */
  head?: ReactNode
  /** Who asks does not see it: drawn so that nobody mistakes it. */
  isInside?: boolean
}

export function Composer({
  place,
  label,
  onSend,
  onTyping,
  isBusy = false,
  sendLabel,
  tools,
  isHeld = false,
  maySeal = false,
  head,
  isInside = false,
}: Props) {
  const { language, say } = useWords()
  const [text, setText] = useDraft(place)
  const [attached, setAttached] = useAttached(place)
  const [isSealed, setSealed] = useState(false)
  const saidTypingAt = useRef(0)
  const isSending = useRef(false)
  const verdict = maySend(text, attached)

  function typing(on: boolean) {
    const now = Date.now()
    if (on && !saysTyping(saidTypingAt.current, now)) return
    if (!on && saidTypingAt.current === 0) return
    saidTypingAt.current = on ? now : 0
    onTyping?.(on)
  }
  async function send() {
    if (!verdict.ok || isBusy || isHeld || isSending.current) return
    typing(false)
    isSending.current = true
    const isTaken = await onSend(text.trim(), idsOf(attached), maySeal && isSealed)
    isSending.current = false
    if (!isTaken) return
    dropSent(place, text)
    setAttached((all) => all.filter((one) => !attached.includes(one)))
    setSealed(false)
  }
  async function attach(files: File[]) {
    for (const file of files) {
      const key = echoId()
      setAttached((all) => [...all, { key, name: file.name, size: file.size, state: { is: 'uploading' } }])
      const answer = await upload(file, maySeal && isSealed)
      if (answer.ok) settleAttached(key, { is: 'there', id: answer.value.id })
      else {
        const said = sayProblem(answer.problem)
        settleAttached(key, { is: 'refused', text: 'text' in said ? said.text : say(said.word) })
      }
    }
  }

  return (
    <form
      className="composer"
      data-inside={isInside}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {head}
      {attached.length > 0 && (
        <ul className="attached">
          {attached.map((one) => (
            <li key={one.key} data-is={one.state.is}>
              {one.state.is === 'uploading' && (
                <Loader size="xs" role="status" aria-label={say('composer.uploading')} />
              )}
              <span className="file-name">{one.name}</span>
              <Text size="xs" c="dimmed">
                {one.state.is === 'refused' ? one.state.text : fileSize(one.size, language)}
              </Text>
              <CloseButton
                size="sm"
                aria-label={say('composer.removeFile', { name: one.name })}
                onClick={() => setAttached((all) => all.filter((other) => other.key !== one.key))}
              />
            </li>
          ))}
        </ul>
      )}
      <Textarea
        data-composer
        aria-label={label}
        placeholder={label}
        autosize
        minRows={2}
        maxRows={10}
        dir="auto"
        value={text}
        error={!verdict.ok && verdict.because === 'too-long' ? say('problem.tooLong') : null}
        onChange={(event) => {
          setText(event.currentTarget.value)
          typing(event.currentTarget.value.trim() !== '')
        }}
        onBlur={() => typing(false)}
        onPaste={(event) => {
          const files = [...event.clipboardData.files]
          if (files.length > 0) void attach(files)
        }}
        onKeyDown={(event) => {
          if (!isSend({ key: event.key, shiftKey: event.shiftKey, isComposing: event.nativeEvent.isComposing })) return
          event.preventDefault()
          void send()
        }}
      />
      <div className="composer-foot">
        <FileButton onChange={attach} multiple>
          {(button) => (
            <ActionIcon
              {...button}
              variant="subtle"
              size="lg"
              aria-label={say('composer.attach')}
              title={say('composer.attach')}
            >
              <svg
                viewBox="0 0 24 24"
                width="20"
                height="20"
                aria-hidden="true"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.8"
                strokeLinecap="round"
              >
                <path d="m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L14.5 7" />
              </svg>
            </ActionIcon>
          )}
        </FileButton>
        {tools}
        {maySeal && (
          <Checkbox
            size="xs"
            label={say('seal.say')}
            title={say('seal.sayHow')}
            checked={isSealed}
            onChange={(event) => setSealed(event.currentTarget.checked)}
          />
        )}
        <Text size="xs" c="dimmed" className="composer-hint">
          {say('composer.hint')}
        </Text>
        <Button
          type="submit"
          {...(isInside ? { color: 'orange.9' } : {})}
          disabled={!verdict.ok || isHeld}
          loading={isBusy}
        >
          {sendLabel ?? say('composer.send')}
        </Button>
      </div>
    </form>
  )
}
