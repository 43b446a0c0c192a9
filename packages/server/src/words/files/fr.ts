import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'Un fichier pour vous',
  'file-page-for': '{site} vous transmet ce fichier.',
  'file-page-until': 'Ce lien fonctionne jusqu’au {date}.',
  'file-page-open': 'Télécharger',
  'file-page-expired-title': 'Ce lien est trop ancien',
  'file-page-expired':
    'Il était valable un certain temps, qui est écoulé. Demandez à nouveau le fichier dans votre conversation.',
  'file-page-unknown-title': 'Il n’y a pas de fichier ici',
  'file-page-unknown': 'Vérifiez que le lien a été copié en entier. Le fichier a peut-être aussi été supprimé.',
  'refused-file-infected': 'Ce fichier n’a pas été transmis : l’antivirus y a trouvé quelque chose.',
  'left-out-virus': 'un virus y a été trouvé.',
  'file-page-unchecked': 'Ce fichier n’a pas été vérifié par l’antivirus.',
}
