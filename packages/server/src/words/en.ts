/**
 * Everything that the server itself says to a person, in English: the model for the other languages. `{name}` is filled in.
 * Lines of a notice: `subject`, then the text; what a button or a link says.
 */
export const en = {
  visitor: 'Visitor',
  responder: 'Agent',
  greeting: 'Hello! What can we help you with?',
  'asker-from': '{asker} from {region}',

  'because-topic': 'You chose questions about {topic}.',
  'because-all': 'You take questions on every topic.',

  'offer-subject': 'A question about {topic}',
  'offer-subject-plain': 'A question for you',
  'offer-intro': '{asker} asks:',
  'offer-how':
    'Just reply to this message to answer. Your address stays hidden. The first to answer gets the conversation.',
  'offer-how-many': 'Just reply to this message to answer. Your address stays hidden.',
  'offer-decline':
    'Not for you? Reply “decline”. To get no questions for a while reply “pause”, to get none any more reply “stop”.',

  'message-subject': 'Your conversation at {site}',
  'message-how': 'Just reply to this message. Your address stays hidden.',
  'earlier-title': 'What was said before',
  'reply-all-how': 'This goes to {alias} only. To answer everyone, write to {address}.',

  'question-taken':
    'Thank you – this question has been answered by someone else in the meantime. You need not do anything.',
  'offer-slots-taken':
    'Thank you for answering. Someone else was a little faster this time, so your answer was not passed on. It is kept, and you will be asked again.',
  'offer-too-late':
    'Thank you for answering. The time for this question had run out, so your answer was not passed on. It is kept.',
  'offer-offer-withdrawn':
    'Thank you for answering. This question had been withdrawn, so your answer was not passed on. It is kept.',
  'offer-ticket-closed':
    'Thank you for answering. This conversation has ended, so your answer was not passed on. It is kept.',
  'offer-declined': 'Understood: you will not hear of this question again.',
  'offer-paused':
    'Understood: you get no more questions until you reply “resume” to any of them or switch them on at your desk.',
  'offer-stopped': 'Understood: you get no more questions. Reply “resume” to this message if that was a mistake.',
  'offer-resumed': 'Welcome back: you get questions again.',

  'held-subject': 'Did you write this?',
  'held-unknown-sender':
    'A message was sent into your conversation from an address that we do not know as yours. It was not passed on. If it was you, open the link and pass it on; otherwise you need not do anything.',
  'held-contradicted':
    'A message was sent into your conversation in your name, but it seems not to come from your mail provider. It was not passed on. If it was you, open the link and pass it on; otherwise you need not do anything.',
  'held-link': 'Look at it',
  'conversation-closed': 'This conversation has ended, so your message was not passed on.',
  'place-left': 'You are no longer part of this conversation, so your message was not passed on.',
  'attachment-left-out': 'Not passed on: {name} ({reason}).',

  'code-subject': 'Your code is {code}',
  'code-text':
    'Somebody, probably you, wants to use this address in a conversation. Type this code there within 15 minutes:',
  'code-ignore': 'If it was not you, ignore this message. Nothing more will be sent here.',
  'code-label': 'Code',

  'sign-in-subject': 'Your sign-in link',
  'sign-in-text': 'Open this link to sign in. It works once, for 15 minutes.',
  'sign-in-link': 'Sign in',

  'transcript-subject': 'Your conversation at {site}',
  'transcript-intro': 'This is what was said:',
  'recovery-link': 'Read it again and go on',
  're-read-link': 'Read the whole conversation',

  'delivery-failed-subject': 'A message could not be delivered',
  'delivery-failed':
    'Your last message could not be delivered: the other side cannot be reached at the moment. It is kept in the conversation.',

  'refused-not-there': 'This is not here (any more).',
  'refused-conversation-closed': 'This conversation has ended.',
  'refused-interaction-closed': 'This exchange has ended.',
  'refused-text-empty': 'There is nothing in this message.',
  'refused-text-too-long': 'This message is too long. Please send it in two parts.',
  'refused-too-fast': 'That was very fast. Please wait a moment and send it again.',
  'refused-too-many': 'Too many at once. Please try again later.',
  'refused-attachment-not-there': 'The file is not here any more. Please attach it again.',
  'refused-attachment-refused': 'This file cannot be passed on.',
  'refused-unknown-choice': 'This choice is not offered here.',
  'refused-form-incomplete': 'Please fill in everything that is marked as needed.',
  'refused-not-allowed': 'You cannot do this here.',
  'refused-malformed': 'This is not an address that mail can be sent to.',
  'refused-own-domain': 'This is one of our own addresses. Please give your own.',
  'refused-wrong-code': 'This code is not right. Please look at it again.',
  'refused-unauthorised': 'Please open the window again.',
  'refused-wrong-origin': 'This request did not come from our own page.',
  'refused-too-large': 'This is too large.',
  'refused-malformed-request': 'This request could not be understood.',
  'refused-try-again': 'This could not be stored just now. Please try again.',
} as const

export type Words = Record<keyof typeof en, string>
