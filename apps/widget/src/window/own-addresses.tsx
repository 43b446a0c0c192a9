import type { AddressView, FormField, TypedMedium } from '@parley/protocol'
import { useEffect, useState } from 'preact/hooks'
import { Fields } from './fields.tsx'
import { type PanelPartProps, problemOf } from './panel-part.ts'
import { type TextKey, t } from './text.ts'

const ways: Record<TypedMedium, TextKey> = { email: 'byEmail', sms: 'bySms', xmpp: 'byXmpp', sip: 'bySip' }
const kinds: Record<TypedMedium, FormField['kind']> = { email: 'email', sms: 'phone', xmpp: 'text', sip: 'text' }

/** The visitor's own addresses; null while they are on their way. */
export function useAddresses(session: PanelPartProps['session']): readonly AddressView[] | null {
  const [all, setAll] = useState<readonly AddressView[] | null>(null)
  useEffect(() => {
    void session.api.addresses().then((answer) => setAll(answer.ok ? answer.value : []))
  }, [session])
  return all
}

/** Where else answers should go: a medium, an address on it, and the code that was sent there. */
export function Move({ session, onClose }: PanelPartProps) {
  const media = session.config?.media ?? []
  const known = useAddresses(session)
  const [done, setDone] = useState<AddressView | null>(null)
  const [medium, setMedium] = useState<TypedMedium | null>(null)
  const [isAnother, setAnother] = useState(false)
  const [isRemoved, setRemoved] = useState(false)
  if (known === null) return <p class="dots" role="status" aria-label={t('loading')} />
  const proven =
    done ??
    (isAnother
      ? null
      : (known.find(({ medium, state }) => state === 'proven' && media.some((one) => one === medium)) ?? null))

  async function remove({ id }: AddressView): Promise<void> {
    if ((await session.api.removeAddress(id)).ok) setRemoved(true)
  }

  if (isRemoved) return <p role="status">{t('removed')}</p>
  if (proven) {
    return (
      <>
        <p role="status">{t('moveDone', { address: proven.value })}</p>
        <p class="ways">
          <button
            type="button"
            onClick={() => {
              setDone(null)
              setMedium(null)
              setAnother(true)
            }}
          >
            {t('another')}
          </button>
          <button type="button" onClick={() => void remove(proven)}>
            {t('removeAddress')}
          </button>
        </p>
      </>
    )
  }
  const chosen = medium ?? (media.length === 1 ? media[0] : null)
  if (!chosen) {
    return (
      <>
        <p>{t('moveText')}</p>
        <p class="ways">
          {media.map((one) => (
            <button key={one} type="button" onClick={() => setMedium(one)}>
              {t(ways[one])}
            </button>
          ))}
        </p>
      </>
    )
  }
  return (
    <GiveAddress
      session={session}
      onClose={onClose}
      medium={chosen}
      text={t('moveText')}
      onProven={async (address) => {
        setDone(address)
        return null
      }}
    />
  )
}

/** An address, and the code that was sent there: nothing else goes to an address before it is confirmed. */
export function GiveAddress({
  session,
  medium,
  text,
  onProven,
}: PanelPartProps & {
  medium: TypedMedium
  text: string
  onProven: (address: AddressView) => Promise<string | null>
}) {
  const [address, setAddress] = useState<AddressView | null>(null)

  async function give(value: string): Promise<string | null> {
    const answer = await session.api.addAddress({ medium, value })
    if (!answer.ok) return problemOf(answer)
    if (answer.value.state === 'proven') return onProven(answer.value)
    setAddress(answer.value)
    return null
  }
  async function confirm(id: string, code: string): Promise<string | null> {
    const answer = await session.api.confirmAddress({ address: id, code })
    return answer.ok ? onProven(answer.value) : problemOf(answer)
  }

  if (address) {
    return (
      <>
        <p role="status">{t('codeText', { address: address.value })}</p>
        <Fields
          key="code"
          id="code"
          fields={[{ name: 'code', label: t('code'), kind: 'text', required: true }]}
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
        key={medium}
        id={medium}
        fields={[{ name: 'address', label: t(medium), kind: kinds[medium], required: true }]}
        submit={t('sendCode')}
        onSubmit={({ address: value = '' }) => give(value)}
      />
    </>
  )
}
