import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Notificações neste navegador',
  'push.how':
    'Uma mensagem ou pergunta nova aparece neste dispositivo enquanto a mesa está fechada aqui. Um clique abre-a.',
  'push.on': 'Avisar-me neste navegador',
  'push.words': 'Mostrar quem escreve e o quê, também no ecrã bloqueado',
  'push.wordsHow': 'Desligado: diz apenas que há algo novo.',
  'push.denied': 'Este navegador não permite notificações desta página. Permita-as nas definições, junto ao endereço.',
  'push.none':
    'Este navegador não oferece notificações aqui. Num iPhone ou iPad, adicione primeiro esta página ao ecrã principal.',
}
