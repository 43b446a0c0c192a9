import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Eine neue Nachricht',
  'nudge-question': 'Eine neue Frage',
  'nudge-backchannel': 'Eine Nachricht hinter den Kulissen',
  'nudge-whisper': 'Ein Flüstern',
  'nudge-invitation': 'Jemand bittet Sie in ein Gespräch',
}
