import { concierge } from './concierge/en.ts'
import { criteria } from './criteria/en.ts'
import { files } from './files/en.ts'
import { nudges } from './nudges/en.ts'
import { operations } from './operations/en.ts'
import { people } from './people/en.ts'
import { reading } from './reading/en.ts'
import { starting } from './starting/en.ts'

/**
 * Everything that the server itself says to a person, in English: the model for the other languages. `{name}` is filled in.
 * Words in quotation marks are what somebody may reply: `readCommand` of packages/rules understands each of them.
 */
export const en = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Visitor',
  responder: 'Agent',
  greeting: 'Hello! What can we help you with?',
  'asker-from': '{asker} from {region}',

  'because-topic': 'You chose questions about {topic}.',
  'because-all': 'You take questions on every topic.',
  'because-named': 'You, or your team, were asked for by name.',
  'because-acquainted': 'You have helped this visitor before.',
  'because-moved': 'This conversation needs someone new.',
  'because-wishes': 'It fits what you wished for: {wishes}.',
  'offer-news': '{asker} has added something. This is the question now:',
  'offer-no-words': 'Nothing has been written yet. You can speak first.',
  'offer-prefers-another-medium':
    'Thank you for answering. For a little while we wait for an answer over another medium, which is preferred for this question. If none comes, yours is passed on; if one does, we will tell you.',
  'offer-not-invited':
    'Thank you for answering. Only people who were asked for by name can answer this question, so your answer was not passed on. It has been kept.',
  'question-changed': 'This question has turned out to be about something else. There is nothing you need to do.',
  'question-expired': 'The time for this question has run out. There is nothing you need to do.',
  'moved-on':
    'Thank you! Someone else goes on with this conversation, and you will get no more of its messages. {reason}',
  'left-topic': 'The question is about something else now.',
  'left-language': 'The conversation goes on in another language.',
  'left-wish': 'Someone else was asked for.',
  'left-silence': 'There was no answer for a while.',
  'left-left': 'The person who answered is no longer available.',
  'left-by-hand': 'The conversation was passed on.',

  'offer-subject': 'A question about {topic}',
  'offer-subject-plain': 'A question for you',
  'offer-intro': '{asker} asks:',
  'offer-how':
    'To answer, just reply to this message. Your address stays hidden. Whoever answers first takes the conversation.',
  'offer-how-many': 'To answer, just reply to this message. Your address stays hidden.',
  'offer-decline':
    'Not for you? Reply “decline”. If you want no questions for a while, reply “pause”; if you want none any more, reply “stop”.',
  'offer-lines': 'To answer, just reply. Not for you? "decline". No more questions: "stop".',

  'message-subject': 'Your conversation at {site}',
  'message-how': 'To answer, just reply to this message. Your address stays hidden.',
  'earlier-title': 'What was said before',
  'reply-all-how': 'Your reply goes to {alias} only. To answer everyone, write to {address}.',

  'question-taken':
    'Thank you! This question has been answered by someone else in the meantime. There is nothing you need to do.',
  'question-withdrawn': 'This question has been withdrawn. There is nothing you need to do.',
  'offer-slots-taken':
    'Thank you for answering. Someone else was a little faster this time, so your answer was not passed on. It has been kept, and we will ask you again.',
  'offer-too-late':
    'Thank you for answering. The time for this question had run out, so your answer was not passed on. It has been kept.',
  'offer-offer-withdrawn':
    'Thank you for answering. This question had been withdrawn, so your answer was not passed on. It has been kept.',
  'offer-ticket-closed':
    'Thank you for answering. This conversation has ended, so your answer was not passed on. It has been kept.',
  'offer-declined': 'All right. You will hear no more of this question.',
  'offer-paused':
    'All right. You will get no more questions until you reply “resume” to any of them or switch them on again at your desk.',
  'offer-stopped': 'All right. You will get no more questions. If that was a mistake, reply “resume” to this message.',
  'offer-resumed': 'Welcome back! You will get questions again.',

  'held-subject': 'Did you write this?',
  'held-unknown-sender':
    'A message came into your conversation from an address that we do not know as yours. We have not passed it on. If you wrote it, open the link and pass it on. If not, you need not do anything.',
  'held-contradicted':
    'A message came into your conversation under your name, but it does not seem to come from your mail provider. We have not passed it on. If you wrote it, open the link and pass it on. If not, you need not do anything.',
  'held-link': 'Look at the message',
  'conversation-closed': 'This conversation has ended, so your message was not passed on.',
  'place-left': 'You are no longer part of this conversation, so your message was not passed on.',
  'attachment-left-out': 'Your message was passed on, but without the file {name}: {reason}',
  'left-out-damaged': 'it is damaged or incomplete.',
  'left-out-encrypted': 'it is locked with a password.',
  'left-out-too-expansive': 'it holds far more than its size suggests.',
  'left-out-active-content': 'it contains programs or macros.',
  'left-out-executable': 'it is a program.',
  'left-out-dangerous-name': 'files of this kind can do harm.',
  'left-out-holds-other-files': 'it contains other files.',
  'left-out-carries-addresses': 'it contains addresses.',
  'left-out-metadata-not-removable': 'it holds hidden details about you that cannot be removed.',
  'left-out-unknown-type': 'we do not know this kind of file.',
  'left-out-too-large': 'it is too large.',
  'left-out-empty': 'it is empty.',

  'code-subject': 'Your code is {code}',
  'code-text':
    'Someone, probably you, would like to use this address in a conversation. If so, enter this code there within 15 minutes:',
  'code-ignore': 'If it was not you, ignore this message. We will send nothing more to this address.',
  'code-label': 'Code',
  'code-lines': '{site}: your code, good for 15 minutes',
  'code-lines-ignore': 'Not you? Ignore this.',

  'sign-in-subject': 'Your sign-in link',
  'sign-in-text': 'Open this link to sign in. It works once, within the next 15 minutes.',
  'sign-in-link': 'Sign in',

  'transcript-subject': 'Your conversation at {site}',
  'transcript-intro': 'This is what was said:',
  'recovery-link': 'Read it again and go on',
  're-read-link': 'Read the whole conversation',

  'delivery-failed-subject': 'A message could not be delivered',
  'delivery-failed':
    'Your last message could not be delivered, because the other side cannot be reached at the moment. It is kept in the conversation.',

  'link-read-title': 'Your conversation',
  'link-read-intro': 'Here you can read again what was said in a conversation that you take part in.',
  'link-read-open': 'Open the conversation',
  'link-read-how': 'To answer, reply to the message that brought you here.',
  'link-read-empty': 'There is nothing to read here yet.',
  'link-read-earlier': 'Show earlier messages',
  'link-read-whole': 'Show the whole message',
  'link-read-masked': 'Private details were hidden.',
  'link-read-unproven': 'The sender could not be confirmed.',
  'link-you': 'You',
  'link-held-title': 'Did you write this?',
  'link-held-intro':
    'A message came in under your name, but we could not be sure that you wrote it. Nobody has seen it. Please look at it and decide.',
  'link-held-open': 'Look at the message',
  'link-held-from': 'It says it comes from {claims}.',
  'link-held-until': 'If you do nothing, it will be deleted on {date}.',
  'link-held-release': 'I wrote it: pass it on',
  'link-held-discard': 'Not from me: delete it',
  'link-held-released': 'Thank you. Your message has been passed on.',
  'link-held-discarded': 'Thank you. The message has been deleted. Nobody has seen it.',
  'link-held-late': 'Thank you. The message could not be passed on any more, because the conversation has moved on.',
  'link-held-decided': 'This has already been decided. There is nothing left to do.',
  'link-opening': 'One moment …',
  'link-gone': 'This link no longer works. It may be too old, or what it led to is no longer there.',
  'link-broken': 'This link is incomplete. Please open it again from the message it came in.',
  'link-failed': 'That did not work. Please try again in a moment.',
  'link-script': 'Please switch on JavaScript for this page.',

  'refused-not-there': 'This is not here, or no longer here.',
  'refused-conversation-closed': 'This conversation has ended.',
  'refused-interaction-closed': 'This exchange has ended.',
  'refused-text-empty': 'There is nothing in this message yet.',
  'refused-text-too-long': 'This message is too long. Please send it in two parts.',
  'refused-too-fast': 'That was very fast. Please wait a moment and send it again.',
  'refused-bad-endpoint': 'An endpoint is an https address without a user, a password or a fragment (#).',
  'refused-endpoint-not-proven': 'The endpoint did not answer the ping as it should ({reason}). Nothing was changed.',
  'refused-too-many': 'That was too much at once. Please try again later.',
  'refused-attachment-not-there': 'The file is no longer here. Please attach it again.',
  'refused-attachment-refused': 'This file cannot be passed on.',
  'refused-unknown-choice': 'That choice is not available here.',
  'refused-form-incomplete': 'Please fill in everything that is marked as required.',
  'refused-form-answered': 'This form has been answered already.',
  'refused-not-allowed': 'You cannot do this here.',
  'refused-under-way': 'This is already on its way.',
  'refused-malformed': 'We cannot send to this address. Please check it.',
  'address-test': 'This is a test from {site}. Whatever is sent to you from there reaches you here.',
  'refused-not-reachable': 'We cannot send messages to this number. Please give another one.',
  'refused-no-such-medium': 'This way of reaching you is not available here.',
  'refused-own-domain': 'This is one of our own addresses. Please give yours.',
  'refused-wrong-code': 'This code is not right. Please check it.',
  'refused-unauthorised': 'You are no longer signed in here. Please open the page again.',
  'refused-wrong-origin': 'This request did not come from our own page.',
  'refused-too-large': 'This is too large.',
  'refused-malformed-request': 'This request could not be understood.',
  'refused-try-again': 'This could not be saved just now. Please try again.',
} as const

export type Words = Record<keyof typeof en, string>
