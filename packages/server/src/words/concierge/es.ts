import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Asistente',
  'your-answer': 'Su respuesta',
  'email-address': 'Dirección de correo',
  'mobile-number': 'Número de móvil',
  'messenger-address': 'Dirección de mensajería (XMPP)',
  'phone-address': 'Dirección del teléfono (SIP)',
  'refused-script-refused': 'Este guion no se puede guardar así. Mire lo que está marcado.',
  'refused-changed-meanwhile': 'Otra persona ha guardado este guion mientras tanto. Mire primero su versión.',
}
