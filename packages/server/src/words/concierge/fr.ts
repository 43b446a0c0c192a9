import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Assistance',
  'your-answer': 'Votre réponse',
  'email-address': 'Adresse e-mail',
  'mobile-number': 'Numéro de portable',
  'messenger-address': 'Adresse de messagerie (XMPP)',
  'phone-address': 'Adresse du téléphone (SIP)',
  'refused-script-refused': 'Ce script ne peut pas être enregistré tel quel. Regardez ce qui est signalé.',
  'refused-changed-meanwhile': 'Quelqu’un d’autre a enregistré ce script entre-temps. Regardez d’abord sa version.',
}
