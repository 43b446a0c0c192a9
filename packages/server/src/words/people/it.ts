import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'Questo link non porta da nessuna parte',
  'link-unknown': 'Controlli che sia stato copiato per intero, oppure ne chieda uno nuovo a chi glielo ha dato.',
  'refused-link-expired': 'Questo link valeva solo per un certo tempo, ormai passato. Ne chieda uno nuovo.',
  'refused-link-used-up': 'Questo link è stato usato quante volte era possibile. Ne chieda uno nuovo.',
  'refused-link-code-malformed':
    'Usi da 3 a 40 lettere minuscole, cifre e trattini, con lettera o cifra all’inizio e alla fine.',
  'refused-link-code-taken': 'Questa parola è già in uso. Ne scelga un’altra.',
  'refused-last-administrator': 'Qualcuno deve amministrare questo account. Nomini prima un altro amministratore.',
  'refused-joining-closed': 'Al momento qui non ci si può iscrivere.',
  'refused-invitation-needed': 'Qui ci si iscrive solo su invito. Ne chieda uno.',
  'refused-invitation-ended': 'Questo invito è già stato usato o è troppo vecchio. Ne chieda uno nuovo.',
  'refused-removed': 'L’amministrazione ha chiuso la sua partecipazione qui. La contatti se pensa che sia un errore.',
  'refused-alias-reveals': 'Un indirizzo o un numero qui la tradirebbe. Scelga un nome.',
  'join-welcome':
    'Ora fa parte di {account}. Le domande adatte alle sue scelte arriveranno a questo indirizzo. Per rispondere basta rispondere al messaggio.',
  'join-waits':
    'Grazie di voler entrare in {account}. Qualcuno esaminerà la richiesta e riceverà qui la risposta. Fino ad allora non arrivano domande.',
  'join-approved':
    'Buone notizie: ora fa parte di {account}. Le domande adatte arriveranno a questo indirizzo. Per rispondere basta rispondere al messaggio.',
  'join-declined':
    'Grazie di aver voluto entrare in {account}. Si è deciso di non aggiungere nessuno per ora. Non le arriveranno domande.',
  'join-subject': 'Entrare in {account}',
  'membership-link': 'Mettersi in pausa o uscire',
  'someone-waits-subject': '{name} vorrebbe partecipare',
  'someone-waits': '{name} vorrebbe entrare in {account} e attende il suo sì o no.',
  'someone-waits-link': 'Guardare',
  'invitation-subject': 'Un invito da {account}',
  'invitation-text':
    '{account} la invita a rispondere alle domande di sconosciuti, per posta o a una scrivania in rete, senza rivelare il suo indirizzo. Apra il link per partecipare. Se non le interessa, ignori questo messaggio.',
  'invitation-link': 'Partecipare',
}
