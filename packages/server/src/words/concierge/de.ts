import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Assistenz',
  'your-answer': 'Ihre Antwort',
  'email-address': 'E-Mail-Adresse',
  'mobile-number': 'Mobilnummer',
  'messenger-address': 'Messenger-Adresse (XMPP)',
  'phone-address': 'Telefonadresse (SIP)',
  'refused-script-refused': 'So lässt sich dieses Skript nicht speichern. Sehen Sie sich an, was markiert ist.',
  'refused-changed-meanwhile':
    'Jemand anderes hat dieses Skript inzwischen gespeichert. Sehen Sie sich zuerst diese Fassung an.',
}
