import { concierge } from './concierge/de.ts'
import { criteria } from './criteria/de.ts'
import type { Words } from './en.ts'
import { files } from './files/de.ts'
import { nudges } from './nudges/de.ts'
import { operations } from './operations/de.ts'
import { people } from './people/de.ts'
import { reading } from './reading/de.ts'
import { starting } from './starting/de.ts'

export const de: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Besucher',
  responder: 'Team',
  greeting: 'Hallo! Wie können wir helfen?',
  'asker-from': '{asker} aus {region}',

  'because-topic': 'Sie haben Fragen zu {topic} gewählt.',
  'because-all': 'Sie nehmen Fragen zu allen Themen an.',
  'because-named': 'Nach Ihnen oder Ihrem Team wurde namentlich gefragt.',
  'because-acquainted': 'Sie haben dieser Person schon einmal geholfen.',
  'because-moved': 'Für dieses Gespräch wird jemand Neues gesucht.',
  'because-wishes': 'Es passt zu dem, was Sie sich wünschen: {wishes}.',
  'offer-news': '{asker} hat etwas ergänzt. So lautet die Frage jetzt:',
  'offer-no-words': 'Es wurde noch nichts geschrieben. Sie können das Gespräch eröffnen.',
  'offer-prefers-another-medium':
    'Vielen Dank für Ihre Antwort. Bei dieser Frage warten wir noch kurz auf eine Antwort über einen bevorzugten anderen Weg. Kommt keine, geben wir Ihre weiter; kommt eine, sagen wir Ihnen Bescheid.',
  'offer-not-invited':
    'Vielen Dank für Ihre Antwort. Diese Frage können nur Personen beantworten, nach denen namentlich gefragt wurde; Ihre Antwort wurde deshalb nicht weitergegeben. Sie ist aufbewahrt.',
  'question-changed': 'Bei dieser Frage geht es, wie sich gezeigt hat, um etwas anderes. Sie brauchen nichts zu tun.',
  'question-expired': 'Die Zeit für diese Frage ist abgelaufen. Sie brauchen nichts zu tun.',
  'moved-on':
    'Vielen Dank! Jemand anderes führt dieses Gespräch weiter, und Sie erhalten keine weiteren Nachrichten daraus. {reason}',
  'left-topic': 'Es geht jetzt um etwas anderes.',
  'left-language': 'Das Gespräch geht in einer anderen Sprache weiter.',
  'left-wish': 'Es wurde nach jemand anderem gefragt.',
  'left-silence': 'Es kam eine Weile keine Antwort.',
  'left-left': 'Die Person, die geantwortet hat, ist nicht mehr verfügbar.',
  'left-by-hand': 'Das Gespräch wurde weitergegeben.',

  'offer-subject': 'Eine Frage zu {topic}',
  'offer-subject-plain': 'Eine Frage an Sie',
  'offer-intro': '{asker} fragt:',
  'offer-how':
    'Antworten Sie einfach auf diese Nachricht. Ihre Adresse bleibt verborgen. Wer zuerst antwortet, übernimmt das Gespräch.',
  'offer-how-many': 'Antworten Sie einfach auf diese Nachricht. Ihre Adresse bleibt verborgen.',
  'offer-decline':
    'Nichts für Sie? Antworten Sie „ablehnen“. Wenn Sie eine Zeit lang keine Fragen möchten, antworten Sie „pausieren“, und wenn Sie gar keine mehr möchten, „abmelden“.',
  'offer-lines': 'Antworten Sie einfach. Nichts für Sie? "ablehnen". Keine Fragen mehr: "stop".',

  'message-subject': 'Ihr Gespräch bei {site}',
  'message-how': 'Antworten Sie einfach auf diese Nachricht. Ihre Adresse bleibt verborgen.',
  'earlier-title': 'Was vorher gesagt wurde',
  'reply-all-how': 'Ihre Antwort geht nur an {alias}. Um allen zu antworten, schreiben Sie an {address}.',

  'question-taken': 'Vielen Dank! Diese Frage hat inzwischen jemand anderes beantwortet. Sie brauchen nichts zu tun.',
  'question-withdrawn': 'Diese Frage wurde zurückgezogen. Sie brauchen nichts zu tun.',
  'offer-slots-taken':
    'Vielen Dank für Ihre Antwort. Diesmal war jemand anderes etwas schneller, deshalb wurde sie nicht weitergegeben. Sie ist aufbewahrt, und wir fragen Sie gern wieder.',
  'offer-too-late':
    'Vielen Dank für Ihre Antwort. Die Zeit für diese Frage war abgelaufen, deshalb wurde sie nicht weitergegeben. Sie ist aufbewahrt.',
  'offer-offer-withdrawn':
    'Vielen Dank für Ihre Antwort. Die Frage war zurückgezogen worden, deshalb wurde sie nicht weitergegeben. Sie ist aufbewahrt.',
  'offer-ticket-closed':
    'Vielen Dank für Ihre Antwort. Das Gespräch ist beendet, deshalb wurde sie nicht weitergegeben. Sie ist aufbewahrt.',
  'offer-declined': 'In Ordnung. Zu dieser Frage hören Sie nichts mehr.',
  'offer-paused':
    'In Ordnung. Sie bekommen keine Fragen mehr, bis Sie auf eine davon „fortsetzen“ antworten oder sie an Ihrem Arbeitsplatz wieder einschalten.',
  'offer-stopped':
    'In Ordnung. Sie bekommen keine Fragen mehr. Wenn das ein Versehen war, antworten Sie auf diese Nachricht „fortsetzen“.',
  'offer-resumed': 'Schön, dass Sie wieder da sind! Sie bekommen wieder Fragen.',

  'held-subject': 'Haben Sie das geschrieben?',
  'held-unknown-sender':
    'In Ihr Gespräch kam eine Nachricht von einer Adresse, die wir nicht als Ihre kennen. Wir haben sie nicht weitergegeben. Wenn sie von Ihnen ist, öffnen Sie den Link und geben Sie sie frei. Wenn nicht, brauchen Sie nichts zu tun.',
  'held-contradicted':
    'In Ihr Gespräch kam eine Nachricht unter Ihrem Namen, die aber nicht von Ihrem Mailanbieter zu stammen scheint. Wir haben sie nicht weitergegeben. Wenn sie von Ihnen ist, öffnen Sie den Link und geben Sie sie frei. Wenn nicht, brauchen Sie nichts zu tun.',
  'held-link': 'Nachricht ansehen',
  'conversation-closed': 'Dieses Gespräch ist beendet, deshalb wurde Ihre Nachricht nicht weitergegeben.',
  'place-left': 'Sie nehmen an diesem Gespräch nicht mehr teil, deshalb wurde Ihre Nachricht nicht weitergegeben.',
  'attachment-left-out': 'Ihre Nachricht wurde weitergegeben, aber ohne die Datei {name}: {reason}',
  'left-out-damaged': 'Sie ist beschädigt oder unvollständig.',
  'left-out-encrypted': 'Sie ist mit einem Passwort geschützt.',
  'left-out-too-expansive': 'Sie enthält weit mehr, als ihre Größe erwarten lässt.',
  'left-out-active-content': 'Sie enthält Programme oder Makros.',
  'left-out-executable': 'Sie ist ein Programm.',
  'left-out-dangerous-name': 'Dateien dieser Art können Schaden anrichten.',
  'left-out-holds-other-files': 'Sie enthält weitere Dateien.',
  'left-out-carries-addresses': 'Sie enthält Adressen.',
  'left-out-metadata-not-removable': 'Sie enthält verborgene Angaben über Sie, die sich nicht entfernen lassen.',
  'left-out-unknown-type': 'Wir kennen diese Art von Datei nicht.',
  'left-out-too-large': 'Sie ist zu groß.',
  'left-out-empty': 'Sie ist leer.',

  'code-subject': 'Ihr Code ist {code}',
  'code-text':
    'Jemand, vermutlich Sie, möchte diese Adresse in einem Gespräch verwenden. Geben Sie dort innerhalb von 15 Minuten diesen Code ein:',
  'code-ignore':
    'Wenn Sie das nicht waren, beachten Sie diese Nachricht nicht. Wir senden nichts weiter an diese Adresse.',
  'code-label': 'Code',
  'code-lines': '{site}: Ihr Code, 15 Minuten gültig',
  'code-lines-ignore': 'Nicht Sie? Dann ignorieren.',

  'sign-in-subject': 'Ihr Link zum Anmelden',
  'sign-in-text': 'Öffnen Sie diesen Link, um sich anzumelden. Er gilt einmal und 15 Minuten lang.',
  'sign-in-link': 'Anmelden',

  'transcript-subject': 'Ihr Gespräch bei {site}',
  'transcript-intro': 'Das wurde gesagt:',
  'recovery-link': 'Noch einmal lesen und fortsetzen',
  're-read-link': 'Das ganze Gespräch lesen',

  'delivery-failed-subject': 'Eine Nachricht konnte nicht zugestellt werden',
  'delivery-failed':
    'Ihre letzte Nachricht konnte nicht zugestellt werden, weil die andere Seite gerade nicht zu erreichen ist. Sie bleibt im Gespräch erhalten.',

  'link-read-title': 'Ihr Gespräch',
  'link-read-intro': 'Hier können Sie noch einmal lesen, was in einem Gespräch gesagt wurde, an dem Sie teilnehmen.',
  'link-read-open': 'Gespräch öffnen',
  'link-read-how': 'Um zu antworten, antworten Sie auf die Nachricht, die Sie hierher geführt hat.',
  'link-read-empty': 'Hier gibt es noch nichts zu lesen.',
  'link-read-earlier': 'Frühere Nachrichten zeigen',
  'link-read-whole': 'Ganze Nachricht zeigen',
  'link-read-masked': 'Private Angaben wurden verborgen.',
  'link-read-unproven': 'Der Absender konnte nicht bestätigt werden.',
  'link-you': 'Sie',
  'link-held-title': 'Haben Sie das geschrieben?',
  'link-held-intro':
    'Unter Ihrem Namen kam eine Nachricht an, bei der wir nicht sicher sein konnten, dass sie von Ihnen ist. Niemand hat sie gesehen. Bitte sehen Sie sie an und entscheiden Sie.',
  'link-held-open': 'Nachricht ansehen',
  'link-held-from': 'Als Absender ist {claims} angegeben.',
  'link-held-until': 'Wenn Sie nichts tun, wird sie am {date} gelöscht.',
  'link-held-release': 'Von mir: weitergeben',
  'link-held-discard': 'Nicht von mir: löschen',
  'link-held-released': 'Vielen Dank. Ihre Nachricht wurde weitergegeben.',
  'link-held-discarded': 'Vielen Dank. Die Nachricht wurde gelöscht. Niemand hat sie gesehen.',
  'link-held-late':
    'Vielen Dank. Die Nachricht konnte nicht mehr weitergegeben werden, weil das Gespräch inzwischen weitergegangen ist.',
  'link-held-decided': 'Darüber wurde schon entschieden. Es ist nichts mehr zu tun.',
  'link-opening': 'Einen Moment …',
  'link-gone': 'Dieser Link gilt nicht mehr. Vielleicht ist er zu alt, oder das, wohin er führte, gibt es nicht mehr.',
  'link-broken': 'Dieser Link ist unvollständig. Bitte öffnen Sie ihn noch einmal aus der Nachricht, in der er stand.',
  'link-failed': 'Das hat nicht geklappt. Bitte versuchen Sie es gleich noch einmal.',
  'link-script': 'Bitte schalten Sie für diese Seite JavaScript ein.',

  'refused-not-there': 'Das gibt es hier nicht oder nicht mehr.',
  'refused-conversation-closed': 'Dieses Gespräch ist beendet.',
  'refused-interaction-closed': 'Dieser Austausch ist beendet.',
  'refused-text-empty': 'In dieser Nachricht steht noch nichts.',
  'refused-text-too-long': 'Diese Nachricht ist zu lang. Bitte senden Sie sie in zwei Teilen.',
  'refused-too-fast': 'Das ging sehr schnell. Bitte warten Sie einen Moment und senden Sie es noch einmal.',
  'refused-bad-endpoint': 'Ein Endpunkt ist eine https-Adresse ohne Benutzer, Passwort und Fragment (#).',
  'refused-endpoint-not-proven':
    'Der Endpunkt hat den Ping nicht beantwortet, wie er soll ({reason}). Nichts wurde geändert.',
  'refused-too-many': 'Das war zu viel auf einmal. Bitte versuchen Sie es später noch einmal.',
  'refused-attachment-not-there': 'Die Datei ist nicht mehr da. Bitte hängen Sie sie noch einmal an.',
  'refused-attachment-refused': 'Diese Datei kann nicht weitergegeben werden.',
  'refused-unknown-choice': 'Das steht hier nicht zur Auswahl.',
  'refused-form-incomplete': 'Bitte füllen Sie alle Pflichtfelder aus.',
  'refused-form-answered': 'Dieses Formular ist schon ausgefüllt worden.',
  'refused-not-allowed': 'Das ist Ihnen hier nicht möglich.',
  'refused-under-way': 'Das ist schon unterwegs.',
  'refused-malformed': 'An diese Adresse können wir nichts senden. Bitte prüfen Sie sie.',
  'address-test': 'Das ist ein Test von {site}. Was von dort an Sie geht, erreicht Sie hier.',
  'refused-not-reachable': 'An diese Nummer können wir keine Nachrichten senden. Bitte geben Sie eine andere an.',
  'refused-no-such-medium': 'Dieser Weg, Sie zu erreichen, ist hier nicht verfügbar.',
  'refused-own-domain': 'Das ist eine unserer eigenen Adressen. Bitte geben Sie Ihre an.',
  'refused-wrong-code': 'Dieser Code stimmt nicht. Bitte prüfen Sie ihn.',
  'refused-unauthorised': 'Sie sind hier nicht mehr angemeldet. Bitte öffnen Sie die Seite noch einmal.',
  'refused-wrong-origin': 'Diese Anfrage kam nicht von unserer eigenen Seite.',
  'refused-too-large': 'Das ist zu groß.',
  'refused-malformed-request': 'Diese Anfrage war nicht zu verstehen.',
  'refused-try-again': 'Das konnte gerade nicht gespeichert werden. Bitte versuchen Sie es noch einmal.',
}
