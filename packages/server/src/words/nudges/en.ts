/** What a lock screen shows of what waits, where it may not show the words themselves: `...nudges` in each catalogue. */
export const nudges = {
  'nudge-message': 'A new message',
  'nudge-question': 'A new question',
  'nudge-backchannel': 'A message behind the scenes',
  'nudge-whisper': 'A whisper',
  'nudge-invitation': 'Somebody asks you to join a conversation',
}
