import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Un file per Lei',
  'file-page-for': '{site} Le inoltra questo file.',
  'file-page-until': 'Questo link funziona fino al {date}.',
  'file-page-open': 'Scarica',
  'file-page-expired-title': 'Questo link è troppo vecchio',
  'file-page-expired': 'Valeva per un certo tempo, che è passato. Chieda di nuovo il file nella conversazione.',
  'file-page-unknown-title': 'Qui non c’è nessun file',
  'file-page-unknown':
    'Verifichi che il link sia stato copiato per intero. Il file potrebbe anche essere stato rimosso.',
  'refused-file-infected': 'Questo file non è stato inoltrato: l’antivirus vi ha trovato qualcosa.',
  'left-out-virus': 'vi è stato trovato un virus.',
  'file-page-unchecked': 'Questo file non è stato controllato dall’antivirus.',
}
