import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Asistente',
  'your-answer': 'Su respuesta',
  'email-address': 'Dirección de correo',
  'refused-script-refused': 'Este guion no se puede guardar así. Mire lo que está marcado.',
  'refused-changed-meanwhile': 'Otra persona ha guardado este guion mientras tanto. Mire primero su versión.',
}
