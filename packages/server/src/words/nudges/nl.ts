import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Een nieuw bericht',
  'nudge-question': 'Een nieuwe vraag',
  'nudge-backchannel': 'Een bericht achter de schermen',
  'nudge-whisper': 'Een gefluister',
  'nudge-invitation': 'Iemand vraagt u bij een gesprek',
}
