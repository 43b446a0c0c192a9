/** What the server says about people joining and leaving, and about direct links: `...people` in each catalogue. */
export const people = {
  'link-unknown-title': 'This link leads nowhere',
  'link-unknown': 'Please check whether it was copied in full, or ask whoever gave it to you for a new one.',
  'refused-link-expired': 'This link was meant for a certain time, and that time is over. Please ask for a new one.',
  'refused-link-used-up': 'This link has been used as often as it may be. Please ask for a new one.',
  'refused-link-code-malformed':
    'Use 3 to 40 small letters, digits and hyphens, beginning and ending with a letter or a digit.',
  'refused-link-code-taken': 'This word is already in use. Choose another.',
  'refused-last-administrator': 'Somebody has to administer this account. Make someone else an administrator first.',
  'refused-joining-closed': 'Nobody can join here at the moment.',
  'refused-invitation-needed': 'You can join here with an invitation only. Please ask for one.',
  'refused-invitation-ended': 'This invitation has been used or is too old. Please ask for a new one.',
  'refused-removed': 'An administrator has ended your part here. Please ask them if you think this is a mistake.',
  'refused-alias-reveals': 'An address or a number here would give you away. Choose a name.',
  'join-welcome':
    'You have joined {account}. Questions that fit what you chose will come to this address. To answer one, just reply.',
  'join-waits':
    'Thank you for wanting to join {account}. Somebody there will look at it, and you will hear from us here. Until then no questions come.',
  'join-approved':
    'Good news: you are now part of {account}. Questions that fit what you chose will come to this address. To answer one, just reply.',
  'join-declined':
    'Thank you for wanting to join {account}. It was decided not to add anyone at the moment. No questions will come to you.',
  'join-subject': 'Joining {account}',
  'membership-link': 'Pause or leave',
  'someone-waits-subject': '{name} would like to join',
  'someone-waits': '{name} would like to join {account} and waits for your yes or no.',
  'someone-waits-link': 'Look at it',
  'invitation-subject': 'An invitation from {account}',
  'invitation-text':
    '{account} invites you to answer questions that strangers ask, by mail or at a desk, without giving your address away. Open the link to join. If you are not interested, ignore this message.',
  'invitation-link': 'Join',
} as const
