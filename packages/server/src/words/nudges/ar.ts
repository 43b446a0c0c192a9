import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'رسالة جديدة',
  'nudge-question': 'سؤال جديد',
  'nudge-backchannel': 'رسالة خلف الكواليس',
  'nudge-whisper': 'همسة',
  'nudge-invitation': 'شخص ما يدعوك إلى محادثة',
}
