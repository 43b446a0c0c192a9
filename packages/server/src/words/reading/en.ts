/** What the server says about reading a question: `...reading` in each catalogue. */
export const reading = {
  'topic-which': 'Is your question about {first} or about {second}?',
  'topic-other': 'Something else',
  'refused-pattern-refused': 'This pattern cannot be used as it is.',
} as const
