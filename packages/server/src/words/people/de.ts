import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'Dieser Link führt nirgendwohin',
  'link-unknown': 'Bitte prüfen Sie, ob er vollständig kopiert wurde, oder bitten Sie um einen neuen.',
  'refused-link-expired':
    'Dieser Link galt nur eine bestimmte Zeit, und die ist vorbei. Bitte fragen Sie nach einem neuen.',
  'refused-link-used-up': 'Dieser Link wurde so oft benutzt, wie er darf. Bitte fragen Sie nach einem neuen.',
  'refused-link-code-malformed':
    'Verwenden Sie 3 bis 40 Kleinbuchstaben, Ziffern und Bindestriche, am Anfang und Ende Buchstabe oder Ziffer.',
  'refused-link-code-taken': 'Dieses Wort wird schon verwendet. Wählen Sie ein anderes.',
  'refused-last-administrator':
    'Jemand muss dieses Konto verwalten. Machen Sie zuerst jemand anderen zum Administrator.',
  'refused-joining-closed': 'Zurzeit kann hier niemand beitreten.',
  'refused-invitation-needed': 'Hier können Sie nur mit einer Einladung beitreten. Bitte fragen Sie nach einer.',
  'refused-invitation-ended': 'Diese Einladung wurde schon benutzt oder ist zu alt. Bitte fragen Sie nach einer neuen.',
  'refused-removed':
    'Die Verwaltung hat Ihre Mitwirkung hier beendet. Bitte fragen Sie dort nach, wenn Sie das für ein Versehen halten.',
  'refused-alias-reveals': 'Eine Adresse oder Nummer würde Sie hier verraten. Wählen Sie einen Namen.',
  'join-welcome':
    'Sie sind jetzt bei {account} dabei. Fragen, die zu Ihrer Auswahl passen, kommen an diese Adresse. Zum Antworten genügt es, zurückzuschreiben.',
  'join-waits':
    'Danke, dass Sie bei {account} mitmachen möchten. Jemand sieht es sich dort an, und Sie hören hier von uns. Bis dahin kommen keine Fragen.',
  'join-approved':
    'Gute Nachricht: Sie sind jetzt bei {account} dabei. Passende Fragen kommen an diese Adresse. Zum Antworten genügt es, zurückzuschreiben.',
  'join-declined':
    'Danke, dass Sie bei {account} mitmachen wollten. Zurzeit wird niemand aufgenommen. Es kommen keine Fragen zu Ihnen.',
  'join-subject': 'Mitmachen bei {account}',
  'membership-link': 'Pausieren oder austreten',
  'someone-waits-subject': '{name} möchte mitmachen',
  'someone-waits': '{name} möchte bei {account} mitmachen und wartet auf Ihr Ja oder Nein.',
  'someone-waits-link': 'Ansehen',
  'invitation-subject': 'Eine Einladung von {account}',
  'invitation-text':
    '{account} lädt Sie ein, Fragen von Fremden zu beantworten, per Mail oder an einem Schreibtisch im Netz, ohne Ihre Adresse preiszugeben. Öffnen Sie den Link, um mitzumachen. Wenn Sie nicht möchten, lassen Sie diese Nachricht unbeachtet.',
  'invitation-link': 'Mitmachen',
}
