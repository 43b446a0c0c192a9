import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Assistente',
  'your-answer': 'La sua risposta',
  'email-address': 'Indirizzo e-mail',
  'mobile-number': 'Numero di cellulare',
  'messenger-address': 'Indirizzo del messenger (XMPP)',
  'phone-address': 'Indirizzo del telefono (SIP)',
  'refused-script-refused': 'Questo script non può essere salvato così. Guardi ciò che è segnalato.',
  'refused-changed-meanwhile': 'Qualcun altro ha salvato questo script nel frattempo. Guardi prima quella versione.',
}
