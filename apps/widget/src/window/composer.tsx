import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { fetchMore, useMore } from './fetch-more.ts'
import { Icon } from './icons.tsx'
import type { Session } from './session.ts'
import { t } from './text.ts'
import type { Upload } from './upload.ts'

const maxLength = 16_000
/** The contract: typing is repeated at most every three seconds. */
const typingEveryMs = 3000

export function Composer({ session }: { session: Session }) {
  const { config, conversation, helds } = session
  const [text, setText] = useState(session.keep.get('draft') ?? '')
  const [uploads, setUploads] = useState<Upload[]>([])
  const [problem, setProblem] = useState('')
  const [only, setOnly] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [isOver, setOver] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const typedAt = useRef(0)

  const reachable = helds.filter(({ view }) => view.kind === 'exchange' && view.writable && view.state === 'open')
  const interaction = only || null
  // What was meant for one of them goes to nobody else by itself.
  const isLost = only !== '' && !reachable.some(({ view }) => view.id === only)
  const mayChoose = only !== '' || ((config?.privateAnswers ?? false) && reachable.length > 1)
  const target = isLost ? null : interaction ? { interaction } : conversation ? { conversation: conversation.id } : null
  const more = useMore(mayChoose || uploads.length > 0)
  const isUploading = uploads.some((one) => !one.done)
  const canSend = (text.trim() !== '' || uploads.length > 0) && !isUploading && !isBusy && !isLost

  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])
  useEffect(() => {
    if (session.isShown) area.current?.focus()
  }, [session.isShown])

  function type(value: string): void {
    setText(value)
    session.keep.set('draft', value || null)
    if (!target || Date.now() - typedAt.current < typingEveryMs) return
    typedAt.current = Date.now()
    session.client?.setTyping(target, value !== '')
  }

  async function send(): Promise<void> {
    if (!canSend) return
    setBusy(true)
    const refusal = await session.say(
      text.trim(),
      uploads.flatMap(({ done }) => done?.id ?? []),
      interaction,
    )
    setBusy(false)
    setProblem(refusal === null ? '' : refusal || t('wrong'))
    area.current?.focus()
    if (refusal !== null) return
    // What was written meanwhile stays.
    const now = area.current?.value ?? ''
    const rest = now.startsWith(text) ? now.slice(text.length).trimStart() : now
    setText(rest)
    setUploads((list) => list.filter((one) => !uploads.includes(one)))
    session.keep.set('draft', rest || null)
    typedAt.current = 0
  }

  const add = async (files: readonly File[]) => (await fetchMore()).addFiles(session, files, setUploads, setProblem)

  return (
    <form
      class={`composer${isOver ? ' over' : ''}`}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void add([...(event.dataTransfer?.files ?? [])])
      }}
    >
      {more && mayChoose && (
        <more.TargetChooser reachable={reachable} value={only} isLost={isLost} onChange={setOnly} />
      )}
      {more && uploads.length > 0 && (
        <more.Uploads
          uploads={uploads}
          onRemove={(key) => setUploads((list) => list.filter((one) => one.key !== key))}
        />
      )}
      {(isLost || problem) && (
        <p class="problem" role="alert">
          {isLost ? t('lost') : problem}
        </p>
      )}
      <div class="line">
        <button type="button" class="round" aria-label={t('attach')} onClick={() => picker.current?.click()}>
          <Icon name="attach" />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept={config?.uploadTypes.join(',')}
          onChange={({ currentTarget }) => {
            void add([...(currentTarget.files ?? [])])
            currentTarget.value = ''
          }}
        />
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          value={text}
          maxLength={maxLength}
          placeholder={t(isOver ? 'drop' : 'write')}
          aria-label={t('write')}
          enterkeyhint="send"
          onInput={({ currentTarget }) => type(currentTarget.value)}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])]
            if (files.length === 0) return
            event.preventDefault()
            void add(files)
          }}
          onKeyDown={(event) => {
            // While an input method composes, Enter chooses a word. Safari tells it by the key code alone.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
            event.preventDefault()
            void send()
          }}
        />
        <button type="submit" class="round go" aria-label={t('send')} aria-disabled={!canSend}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}
