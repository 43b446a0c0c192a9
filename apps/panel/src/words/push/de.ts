import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Benachrichtigungen in diesem Browser',
  'push.how':
    'Eine neue Nachricht oder Frage wird auf diesem Gerät gezeigt, während der Desk hier geschlossen ist. Ein Klick öffnet sie.',
  'push.on': 'In diesem Browser benachrichtigen',
  'push.words': 'Zeigen, wer schreibt und was, auch auf dem Sperrbildschirm',
  'push.wordsHow': 'Aus: Es steht nur da, dass es etwas Neues gibt.',
  'push.denied':
    'Dieser Browser lässt Benachrichtigungen dieser Seite nicht zu. Erlauben Sie sie in seinen Einstellungen neben der Adresse.',
  'push.none':
    'Dieser Browser bietet hier keine Benachrichtigungen. Auf iPhone oder iPad fügen Sie diese Seite zuerst zum Home-Bildschirm hinzu.',
}
