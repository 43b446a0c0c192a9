/** What the server says to who writes without a window: `...starting` in each catalogue. */
export const starting = {
  'started-how': 'You are talking to {site}. Just reply here to go on.',
  'started-confirm':
    'Someone, probably you, has written to {site} from this address. If it was you, reply to this message, and the answers will come here. If not, ignore it: nothing more will come.',
  'which-one': 'Which conversation is this for? Reply with the letters in front of it:\n{list}',
  'which-one-again': 'These letters belong to none of your conversations. Which one do you mean?\n{list}',
  'which-person': 'Who is this for? Reply with the letters in front of them, or ALL for everyone:\n{list}',
  'which-nothing': 'Write what you would like to say behind these letters: {tag}',
  'opted-out': '{site}: You will get no more messages here. Reply START to get them again.',
  'opted-in': '{site}: Welcome back! You will get messages here again. Reply STOP to end them, HELP for help.',
  'who-this-is':
    '{site}: Messages from people here reach you at this address, and your replies reach them. Just reply to answer. Reply STOP to get no more messages.',
  'refused-address-taken': 'This address is in use already. Give it up where it is used first.',
  'refused-site-needed': 'Say for which site: whoever writes there begins a conversation of it.',
  'refused-keyword-empty': 'A keyword needs at least one letter or digit.',
} as const
