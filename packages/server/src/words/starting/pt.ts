import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': 'Está a falar com {site}. Para continuar, basta responder aqui.',
  'started-confirm':
    'Alguém, provavelmente você, escreveu para {site} a partir deste endereço. Se foi você, responda a esta mensagem e as respostas chegarão aqui. Se não, ignore-a: nada mais chegará.',
  'which-one': 'A que conversa se refere? Responda com as letras que estão à frente:\n{list}',
  'which-one-again': 'Estas letras não pertencem a nenhuma das suas conversas. A qual se refere?\n{list}',
  'which-person': 'Para quem é isto? Responda com as letras que estão à frente, ou ALL para todos:\n{list}',
  'which-nothing': 'Escreva o que quer dizer depois destas letras: {tag}',
  'opted-out': '{site}: não receberá mais mensagens aqui. Responda START para voltar a recebê-las.',
  'opted-in':
    '{site}: bem-vindo de volta! Voltará a receber mensagens aqui. Responda STOP para as terminar, HELP para obter ajuda.',
  'who-this-is':
    '{site}: aqui chegam-lhe mensagens de pessoas, e as suas respostas chegam até elas. Basta responder. Responda STOP para não receber mais mensagens.',
  'refused-address-taken': 'Este endereço já está em uso. Liberte-o primeiro onde é usado.',
  'refused-site-needed': 'Indique o site: quem escrever para lá inicia uma conversa desse site.',
  'refused-keyword-empty': 'Uma palavra-chave precisa de pelo menos uma letra ou um algarismo.',
}
