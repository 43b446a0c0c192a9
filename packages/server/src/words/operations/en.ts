/** What operations on a structure are refused for, and what they tell people: `...operations` in each catalogue. */
export const operations = {
  'refused-wrong-state': 'It is in that state already, or can no longer be.',
  'refused-not-together': 'These two cannot be made one.',
  'refused-no-such-person': 'There is nobody here by that name.',
  'refused-asks-here': 'Who asks here cannot be brought in behind their own back.',
  'refused-nothing-to-undo': 'There is nothing here that can be undone.',
  'refused-built-on': 'Something later builds on this. Undo that first.',
  'sealed-message': '{alias} has written to you. The message is protected and not shown here.',
  'sealed-question': '{asker} has a question. It is protected and not shown here.',
  'sealed-link': 'Read it on a protected page',
  'refused-sealed': 'This is sealed and cannot leave for a place that is not.',
}
