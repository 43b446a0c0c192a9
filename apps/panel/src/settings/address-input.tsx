import { NativeSelect, TextInput } from '@mantine/core'
import type { TypedMedium } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'
import { useSay } from '../words/words.tsx'

/** What the media are called where one is chosen. */
export const mediumWays: Record<TypedMedium, Word> = {
  email: 'addresses.byEmail',
  sms: 'addresses.bySms',
  xmpp: 'addresses.byXmpp',
  sip: 'addresses.bySip',
}
const labels: Record<TypedMedium, Word> = {
  email: 'signIn.email',
  sms: 'addresses.newSms',
  xmpp: 'addresses.newXmpp',
  sip: 'addresses.newSip',
}

interface Props {
  media: readonly TypedMedium[]
  medium: TypedMedium
  value: string
  /** Instead of what the medium's addresses are called. */
  label?: Word
  required?: boolean
  onMedium(medium: TypedMedium): void
  onValue(value: string): void
}

/** An address of one's own on one of the media that are spoken here. */
export function AddressInput({ media, medium, value, label, required = false, onMedium, onValue }: Props) {
  const say = useSay()
  return (
    <>
      {media.length > 1 && (
        <NativeSelect
          label={say('addresses.medium')}
          value={medium}
          data={media.map((one) => ({ value: one, label: say(mediumWays[one]) }))}
          onChange={({ currentTarget }) => onMedium(media.find((one) => one === currentTarget.value) ?? medium)}
        />
      )}
      <TextInput
        required={required}
        label={say(label ?? labels[medium])}
        type={medium === 'email' ? 'email' : medium === 'sms' ? 'tel' : 'text'}
        autoComplete={medium === 'email' ? 'email' : medium === 'sms' ? 'tel' : 'off'}
        dir="ltr"
        value={value}
        maxLength={320}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    </>
  )
}
