import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Assistentie',
  'your-answer': 'Uw antwoord',
  'email-address': 'E-mailadres',
  'mobile-number': 'Mobiel nummer',
  'messenger-address': 'Messenger-adres (XMPP)',
  'phone-address': 'Telefoonadres (SIP)',
  'refused-script-refused': 'Dit script kan zo niet worden opgeslagen. Bekijk wat is gemarkeerd.',
  'refused-changed-meanwhile': 'Iemand anders heeft dit script intussen opgeslagen. Bekijk eerst die versie.',
}
