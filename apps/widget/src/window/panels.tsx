import type { AddressView, FormField } from '@parley/protocol'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Fields } from './fields.tsx'
import { Icon } from './icons.tsx'
import type { Session } from './session.ts'
import { t } from './text.ts'

export type PanelName = 'email' | 'transcript' | 'recovery' | 'end'

interface Props {
  session: Session
  onClose: () => void
}
export type PanelProps = Props & { name: PanelName }

/** A native dialog: the browser keeps the focus inside, closes on Escape and gives the focus back. */
export function Panel({ name, session, onClose }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const props = { session, onClose }
  return (
    <dialog ref={dialog} aria-labelledby="panel" onClose={onClose}>
      <div class="top">
        <h2 id="panel">{t(`${name}Title`)}</h2>
        <button type="button" class="round" aria-label={t('close')} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      {name === 'email' && <Email {...props} text={t('emailText')} onConfirmed={async () => null} done="emailDone" />}
      {name === 'transcript' && (
        <Email
          {...props}
          text={t('transcriptText')}
          onConfirmed={async ({ id }) => problemOf(await session.api.transcript({ address: id }))}
          done="transcriptDone"
        />
      )}
      {name === 'recovery' && <Recovery {...props} />}
      {name === 'end' && <End {...props} />}
    </dialog>
  )
}

type Outcome = { ok: true } | { ok: false; problem: { text: string; reason: string } }

const problemOf = (answer: Outcome): string | null =>
  answer.ok ? null : answer.problem.text || t(answer.problem.reason === 'offline' ? 'offline' : 'wrong')

const field = (name: string, label: string, kind: FormField['kind']): FormField[] => [
  { name, label, kind, required: true },
]

/** An address, and the code that was sent there: nothing else goes to an address before it is confirmed. */
function Email({
  session,
  text,
  onConfirmed,
  done,
}: Props & {
  text: string
  onConfirmed: (address: AddressView) => Promise<string | null>
  done: 'emailDone' | 'transcriptDone'
}) {
  const [address, setAddress] = useState<AddressView | null>(session.addresses[0] ?? null)
  const [isDone, setDone] = useState(done === 'emailDone' && address !== null)

  async function finish(proven: AddressView): Promise<string | null> {
    const problem = await onConfirmed(proven)
    setAddress(proven)
    setDone(problem === null)
    return problem
  }
  async function give(value: string): Promise<string | null> {
    const answer = await session.api.addAddress({ medium: 'email', value })
    if (!answer.ok) return problemOf(answer)
    if (answer.value.state === 'proven') return finish(answer.value)
    setAddress(answer.value)
    return null
  }
  async function confirm(id: string, code: string): Promise<string | null> {
    const answer = await session.api.confirmAddress({ address: id, code })
    if (!answer.ok) return problemOf(answer)
    session.addAddress(answer.value)
    return finish(answer.value)
  }

  if (address && isDone) return <p role="status">{t(done, { address: address.value })}</p>
  if (address?.state === 'proven') {
    return (
      <>
        <p>{text}</p>
        <Fields id="send" fields={[]} submit={t('send')} onSubmit={() => finish(address)} />
      </>
    )
  }
  if (address) {
    return (
      <>
        <p role="status">{t('codeText', { address: address.value })}</p>
        <Fields
          key="code"
          id="code"
          fields={field('code', t('code'), 'text')}
          submit={t('confirm')}
          onSubmit={({ code = '' }) => confirm(address.id, code)}
        />
      </>
    )
  }
  return (
    <>
      <p>{text}</p>
      <Fields
        key="email"
        id="email"
        fields={field('email', t('email'), 'email')}
        submit={t('sendCode')}
        onSubmit={({ email = '' }) => give(email)}
      />
    </>
  )
}

function Recovery({ session }: Props) {
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

function End({ session, onClose }: Props) {
  const end = async () => {
    const problem = await session.end()
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
