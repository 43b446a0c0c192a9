/** What the server says about reading a question: `...reading` in each catalogue. */
export const reading = {
  'topic-which': 'Is your question about {first} or about {second}?',
  'topic-other': 'Something else',
  'refused-pattern-unbounded': 'Nothing may repeat without an end. See character {at}.',
  'refused-pattern-groups': 'There are no groups or alternatives here; write two patterns. See character {at}.',
  'refused-pattern-loose':
    'This would find a number in nearly every text. At least three characters must be there, and one of them must be able to differ.',
  'refused-pattern-malformed': 'This pattern is not complete. See character {at}.',
} as const
