import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'Esta ligação não leva a lado nenhum',
  'link-unknown': 'Verifique se foi copiada por inteiro ou peça uma nova a quem lha deu.',
  'refused-link-expired': 'Esta ligação só valia durante algum tempo, que já passou. Peça uma nova.',
  'refused-link-used-up': 'Esta ligação já foi usada tantas vezes quantas podia. Peça uma nova.',
  'refused-link-code-malformed':
    'Use 3 a 40 letras minúsculas, algarismos e hífenes, com letra ou algarismo no início e no fim.',
  'refused-link-code-taken': 'Esta palavra já está a ser usada. Escolha outra.',
  'refused-last-administrator': 'Alguém tem de administrar esta conta. Nomeie primeiro outro administrador.',
  'refused-joining-closed': 'De momento ninguém pode juntar-se aqui.',
  'refused-invitation-needed': 'Aqui só se entra por convite. Peça um.',
  'refused-invitation-ended': 'Este convite já foi usado ou é demasiado antigo. Peça um novo.',
  'refused-removed': 'A administração terminou a sua participação aqui. Pergunte-lhe se achar que é engano.',
  'refused-alias-reveals': 'Um endereço ou número denunciá-lo-ia aqui. Escolha um nome.',
  'join-welcome':
    'Juntou-se a {account}. As perguntas que correspondem às suas escolhas chegarão a este endereço. Para responder, basta responder à mensagem.',
  'join-waits':
    'Obrigado por querer juntar-se a {account}. Alguém vai ver o pedido e receberá aqui a resposta. Até lá não chegam perguntas.',
  'join-approved':
    'Boas notícias: já faz parte de {account}. As perguntas adequadas chegarão a este endereço. Para responder, basta responder à mensagem.',
  'join-declined':
    'Obrigado por ter querido juntar-se a {account}. Decidiu-se não acrescentar ninguém por agora. Não lhe chegarão perguntas.',
  'join-subject': 'Juntar-se a {account}',
  'membership-link': 'Fazer uma pausa ou sair',
  'someone-waits-subject': '{name} gostaria de participar',
  'someone-waits': '{name} gostaria de se juntar a {account} e espera o seu sim ou não.',
  'someone-waits-link': 'Ver o pedido',
  'invitation-subject': 'Um convite de {account}',
  'invitation-text':
    '{account} convida-o a responder a perguntas de desconhecidos, por correio ou numa secretária em linha, sem revelar o seu endereço. Abra a ligação para participar. Se não lhe interessa, ignore esta mensagem.',
  'invitation-link': 'Participar',
}
