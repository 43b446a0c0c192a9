/** What the server says about the concierge: `...concierge` in each catalogue. */
export const concierge = {
  assistant: 'Assistant',
  'your-answer': 'Your answer',
  'email-address': 'Email address',
  'mobile-number': 'Mobile number',
  'messenger-address': 'Messenger address (XMPP)',
  'phone-address': 'Phone address (SIP)',
  'refused-script-refused': 'This script cannot be saved as it is. Look at what is marked.',
  'refused-changed-meanwhile': 'Somebody else saved this script in the meantime. Look at their version first.',
} as const
