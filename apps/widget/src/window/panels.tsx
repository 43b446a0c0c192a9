import { useEffect, useRef, useState } from 'preact/hooks'
import { Fields } from './fields.tsx'
import { Icon } from './icons.tsx'
import { Notify } from './notify.tsx'
import { GiveAddress, Move, useAddresses } from './own-addresses.tsx'
import { type PanelPartProps, problemOf } from './panel-part.ts'
import { t } from './text.ts'

export type PanelName = 'move' | 'notify' | 'transcript' | 'recovery' | 'end'

/** A native dialog: the browser keeps the focus inside, closes on Escape and gives the focus back. */
export function Panel({ name, session, onClose }: PanelPartProps & { name: PanelName }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const props = { session, onClose }
  return (
    <dialog ref={dialog} aria-labelledby="panel" onClose={onClose}>
      <div class="top">
        <h2 id="panel">{titleOf(name, session)}</h2>
        <button type="button" class="round" aria-label={t('close')} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      {name === 'move' && <Move {...props} />}
      {name === 'notify' && <Notify {...props} />}
      {name === 'transcript' && <Transcript {...props} />}
      {name === 'recovery' && <Recovery {...props} />}
      {name === 'end' && <End {...props} />}
    </dialog>
  )
}

/** What the menu and the panel itself are called. */
export function titleOf(name: PanelName, session: PanelPartProps['session']): string {
  const isMail = name === 'move' && session.config?.media.join() === 'email'
  return t(isMail ? 'emailTitle' : `${name}Title`)
}

/** Mailed, to an address of theirs: the first proven one, or one that they give now. */
function Transcript({ session, onClose }: PanelPartProps) {
  const known = useAddresses(session)
  const [to, setTo] = useState('')
  const send = async ({ id, value }: { id: string; value: string }) => {
    const problem = problemOf(await session.api.transcript({ address: id }))
    if (problem === null) setTo(value)
    return problem
  }
  if (known === null) return <p class="dots" role="status" aria-label={t('loading')} />
  if (to) return <p role="status">{t('transcriptDone', { address: to })}</p>
  const mail = known.find(({ medium, state }) => medium === 'email' && state === 'proven')
  const text = t('transcriptText')
  if (!mail) return <GiveAddress session={session} onClose={onClose} medium="email" text={text} onProven={send} />
  return (
    <>
      <p>{text}</p>
      <Fields id="send" fields={[]} submit={t('send')} onSubmit={() => send(mail)} />
    </>
  )
}

function Recovery({ session }: PanelPartProps) {
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isCopied, setCopied] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    void session.api.recovery().then((answer) => {
      if (answer.ok) setUrl(answer.value.url)
      else setProblem(problemOf(answer))
    })
  }, [session])
  async function copy(): Promise<void> {
    input.current?.select()
    await navigator.clipboard?.writeText(url)
    setCopied(true)
  }
  if (problem !== null) return <p role="alert">{problem}</p>
  return (
    <div class="fields">
      <p>{t('recoveryText')}</p>
      <input ref={input} readOnly value={url} dir="ltr" aria-label={t('recoveryTitle')} />
      <button type="button" class="main" disabled={!url} onClick={() => void copy()}>
        <span role="status">{t(isCopied ? 'copied' : 'copy')}</span>
      </button>
    </div>
  )
}

function End({ session, onClose }: PanelPartProps) {
  const end = async () => {
    const problem = problemOf(await session.api.leave({ close: true }))
    if (problem === null) onClose()
    return problem
  }
  return (
    <>
      <p>{t('endText')}</p>
      <Fields id="end" fields={[]} submit={t('endTitle')} onSubmit={end} />
    </>
  )
}
