import { concierge } from './concierge/it.ts'
import { criteria } from './criteria/it.ts'
import type { Words } from './en.ts'
import { files } from './files/it.ts'
import { nudges } from './nudges/it.ts'
import { operations } from './operations/it.ts'
import { people } from './people/it.ts'
import { reading } from './reading/it.ts'
import { starting } from './starting/it.ts'

export const it: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Visitatore',
  responder: 'Assistente',
  greeting: 'Buongiorno! Come possiamo aiutarLa?',
  'asker-from': '{asker} da {region}',

  'because-topic': 'Ha scelto le domande su questo tema: {topic}.',
  'because-all': 'Accetta domande su ogni tema.',
  'because-named': 'Hanno chiesto espressamente di lei o del suo gruppo.',
  'because-acquainted': 'Ha già aiutato questa persona.',
  'because-moved': 'Questa conversazione ha bisogno di qualcun altro.',
  'because-wishes': 'Corrisponde a ciò che desidera: {wishes}.',
  'offer-news': '{asker} ha aggiunto qualcosa. Ora la domanda è questa:',
  'offer-no-words': 'Non è ancora stato scritto nulla. Può parlare per primo.',
  'offer-prefers-another-medium':
    'Grazie della risposta. Per questa domanda attendiamo ancora un poco una risposta con un altro mezzo, qui preferito. Se non arriva, passeremo la sua; se arriva, glielo diremo.',
  'offer-not-invited':
    'Grazie della risposta. A questa domanda possono rispondere solo le persone richieste espressamente, quindi la sua risposta non è stata inoltrata. È stata conservata.',
  'question-changed': 'Questa domanda si è rivelata riguardare altro. Non deve fare nulla.',
  'question-expired': 'Il tempo per questa domanda è scaduto. Non deve fare nulla.',
  'moved-on': 'Grazie! Qualcun altro continua questa conversazione e lei non ne riceverà più i messaggi. {reason}',
  'left-topic': 'La domanda riguarda ora qualcos’altro.',
  'left-language': 'La conversazione continua in un’altra lingua.',
  'left-wish': 'È stato chiesto di qualcun altro.',
  'left-silence': 'Per un po’ non c’è stata risposta.',
  'left-left': 'La persona che rispondeva non è più disponibile.',
  'left-by-hand': 'La conversazione è stata passata ad altri.',

  'offer-subject': 'Una domanda: {topic}',
  'offer-subject-plain': 'Una domanda per Lei',
  'offer-intro': '{asker} chiede:',
  'offer-how':
    'Per rispondere basta rispondere a questo messaggio. Il Suo indirizzo resta nascosto. Chi risponde per primo prende la conversazione.',
  'offer-how-many': 'Per rispondere basta rispondere a questo messaggio. Il Suo indirizzo resta nascosto.',
  'offer-decline':
    'Non fa per Lei? Risponda «rifiuto». Se per un po’ non vuole domande, risponda «pausa»; se non ne vuole più, «ferma».',
  'offer-lines': 'Per rispondere, scriva qui. Non fa per Lei? "rifiuto". Nessuna altra domanda: "stop".',

  'message-subject': 'La Sua conversazione con {site}',
  'message-how': 'Per rispondere basta rispondere a questo messaggio. Il Suo indirizzo resta nascosto.',
  'earlier-title': 'Quello che è stato detto prima',
  'reply-all-how': 'La Sua risposta va solo a {alias}. Per rispondere a tutti, scriva a {address}.',

  'question-taken': 'Grazie! Nel frattempo qualcun altro ha risposto a questa domanda. Non deve fare nulla.',
  'question-withdrawn': 'Questa domanda è stata ritirata. Non deve fare nulla.',
  'offer-slots-taken':
    'Grazie per la risposta. Questa volta qualcun altro è stato un po’ più veloce, perciò non è stata inoltrata. È conservata, e La contatteremo ancora.',
  'offer-too-late':
    'Grazie per la risposta. Il tempo per questa domanda era scaduto, perciò non è stata inoltrata. È conservata.',
  'offer-offer-withdrawn':
    'Grazie per la risposta. Questa domanda era stata ritirata, perciò non è stata inoltrata. È conservata.',
  'offer-ticket-closed':
    'Grazie per la risposta. Questa conversazione è terminata, perciò non è stata inoltrata. È conservata.',
  'offer-declined': 'Va bene. Non sentirà più parlare di questa domanda.',
  'offer-paused':
    'Va bene. Non riceverà altre domande finché non risponderà «riprendi» a una di esse o non le riattiverà alla Sua scrivania.',
  'offer-stopped': 'Va bene. Non riceverà altre domande. Se è stato un errore, risponda «riprendi» a questo messaggio.',
  'offer-resumed': 'Che piacere ritrovarLa! Riceverà di nuovo domande.',

  'held-subject': 'Ha scritto Lei questo messaggio?',
  'held-unknown-sender':
    'Nella Sua conversazione è arrivato un messaggio da un indirizzo che non conosciamo come Suo. Non l’abbiamo inoltrato. Se è Suo, apra il link e lo inoltri. Altrimenti non deve fare nulla.',
  'held-contradicted':
    'Nella Sua conversazione è arrivato un messaggio a Suo nome, ma non sembra provenire dal Suo fornitore di posta. Non l’abbiamo inoltrato. Se è Suo, apra il link e lo inoltri. Altrimenti non deve fare nulla.',
  'held-link': 'Guarda il messaggio',
  'conversation-closed': 'Questa conversazione è terminata, perciò il Suo messaggio non è stato inoltrato.',
  'place-left': 'Non partecipa più a questa conversazione, perciò il Suo messaggio non è stato inoltrato.',
  'attachment-left-out': 'Il Suo messaggio è stato inoltrato, ma senza il file {name}: {reason}',
  'left-out-damaged': 'è danneggiato o incompleto.',
  'left-out-encrypted': 'è protetto da una password.',
  'left-out-too-expansive': 'contiene molto più di quanto la sua dimensione faccia pensare.',
  'left-out-active-content': 'contiene programmi o macro.',
  'left-out-executable': 'è un programma.',
  'left-out-dangerous-name': 'i file di questo tipo possono fare danni.',
  'left-out-holds-other-files': 'contiene altri file.',
  'left-out-carries-addresses': 'contiene indirizzi.',
  'left-out-metadata-not-removable': 'contiene dati nascosti su di Lei che non si possono togliere.',
  'left-out-unknown-type': 'non conosciamo questo tipo di file.',
  'left-out-too-large': 'è troppo grande.',
  'left-out-empty': 'è vuoto.',

  'code-subject': 'Il Suo codice è {code}',
  'code-text':
    'Qualcuno, probabilmente Lei, desidera usare questo indirizzo in una conversazione. Inserisca lì questo codice entro 15 minuti:',
  'code-ignore': 'Se non è stato Lei, ignori questo messaggio. Non invieremo altro a questo indirizzo.',
  'code-label': 'Codice',
  'code-lines': '{site}: il Suo codice, valido 15 minuti',
  'code-lines-ignore': 'Non è Lei? Lo ignori.',

  'sign-in-subject': 'Il Suo link per accedere',
  'sign-in-text': 'Apra questo link per accedere. Vale una sola volta, per 15 minuti.',
  'sign-in-link': 'Accedi',

  'transcript-subject': 'La Sua conversazione con {site}',
  'transcript-intro': 'Ecco quello che è stato detto:',
  'recovery-link': 'Rileggi e continua',
  're-read-link': 'Leggi tutta la conversazione',

  'delivery-failed-subject': 'Un messaggio non è stato recapitato',
  'delivery-failed':
    'Il Suo ultimo messaggio non è stato recapitato, perché al momento l’altra persona non è raggiungibile. È conservato nella conversazione.',

  'link-read-title': 'La Sua conversazione',
  'link-read-intro': 'Qui può rileggere quello che è stato detto in una conversazione a cui partecipa.',
  'link-read-open': 'Apri la conversazione',
  'link-read-how': 'Per rispondere, risponda al messaggio che L’ha portata qui.',
  'link-read-empty': 'Qui non c’è ancora niente da leggere.',
  'link-read-earlier': 'Mostra i messaggi precedenti',
  'link-read-whole': 'Mostra il messaggio intero',
  'link-read-masked': 'Alcuni dati privati sono stati nascosti.',
  'link-read-unproven': 'Non è stato possibile confermare il mittente.',
  'link-you': 'Lei',
  'link-held-title': 'Ha scritto Lei questo messaggio?',
  'link-held-intro':
    'È arrivato un messaggio a Suo nome, ma non abbiamo potuto essere certi che sia Suo. Nessuno l’ha visto. Lo guardi e decida.',
  'link-held-open': 'Guarda il messaggio',
  'link-held-from': 'Dice di venire da {claims}.',
  'link-held-until': 'Se non fa nulla, sarà eliminato il {date}.',
  'link-held-release': 'È mio: inoltralo',
  'link-held-discard': 'Non è mio: eliminalo',
  'link-held-released': 'Grazie. Il Suo messaggio è stato inoltrato.',
  'link-held-discarded': 'Grazie. Il messaggio è stato eliminato. Nessuno l’ha visto.',
  'link-held-late':
    'Grazie. Il messaggio non si è più potuto inoltrare, perché nel frattempo la conversazione è andata avanti.',
  'link-held-decided': 'La decisione è già stata presa. Non resta nulla da fare.',
  'link-opening': 'Un momento…',
  'link-gone': 'Questo link non funziona più. Forse è troppo vecchio, o ciò a cui portava non c’è più.',
  'link-broken': 'Questo link è incompleto. Lo apra di nuovo dal messaggio in cui è arrivato.',
  'link-failed': 'Non ha funzionato. Riprovi tra un momento.',
  'link-script': 'Attivi JavaScript per questa pagina.',

  'refused-not-there': 'Questo non è qui, o non c’è più.',
  'refused-conversation-closed': 'Questa conversazione è terminata.',
  'refused-interaction-closed': 'Questo scambio è terminato.',
  'refused-text-empty': 'Questo messaggio è ancora vuoto.',
  'refused-text-too-long': 'Questo messaggio è troppo lungo. Lo invii in due parti.',
  'refused-too-fast': 'È stato molto veloce. Attenda un momento e lo invii di nuovo.',
  'refused-bad-endpoint': 'Un punto di consegna è un indirizzo https senza utente, password né frammento (#).',
  'refused-endpoint-not-proven':
    'Il punto di consegna non ha risposto al ping come deve ({reason}). Non è stato cambiato nulla.',
  'refused-too-many': 'Troppo in una volta. Riprovi più tardi.',
  'refused-attachment-not-there': 'Il file non c’è più. Lo alleghi di nuovo.',
  'refused-attachment-refused': 'Questo file non può essere inoltrato.',
  'refused-unknown-choice': 'Questa scelta qui non è disponibile.',
  'refused-form-incomplete': 'Compili tutti i campi obbligatori.',
  'refused-form-answered': 'Questo modulo è già stato compilato.',
  'refused-not-allowed': 'Qui non può farlo.',
  'refused-under-way': 'È già in viaggio.',
  'refused-malformed': 'Non possiamo inviare nulla a questo indirizzo. Lo controlli, per favore.',
  'address-test': 'Questa è una prova di {site}. Ciò che Le viene inviato da lì arriva qui.',
  'refused-not-reachable': 'Non possiamo inviare messaggi a questo numero. Ne indichi un altro, per favore.',
  'refused-no-such-medium': 'Questo modo di raggiungerla non è disponibile qui.',
  'refused-own-domain': 'Questo è uno dei nostri indirizzi. Indichi il Suo.',
  'refused-wrong-code': 'Questo codice non è giusto. Lo controlli.',
  'refused-unauthorised': 'L’accesso qui è scaduto. Apra di nuovo la pagina.',
  'refused-wrong-origin': 'Questa richiesta non viene dalla nostra pagina.',
  'refused-too-large': 'È troppo grande.',
  'refused-malformed-request': 'Non è stato possibile capire questa richiesta.',
  'refused-try-again': 'In questo momento non è stato possibile salvare. Riprovi.',
}
