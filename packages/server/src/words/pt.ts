import { concierge } from './concierge/pt.ts'
import { criteria } from './criteria/pt.ts'
import type { Words } from './en.ts'
import { files } from './files/pt.ts'
import { nudges } from './nudges/pt.ts'
import { operations } from './operations/pt.ts'
import { people } from './people/pt.ts'
import { reading } from './reading/pt.ts'
import { starting } from './starting/pt.ts'

export const pt: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Visitante',
  responder: 'Agente',
  greeting: 'Olá! Em que podemos ajudar?',
  'asker-from': '{asker} de {region}',

  'because-topic': 'Escolheu perguntas sobre {topic}.',
  'because-all': 'Aceita perguntas sobre qualquer tema.',
  'because-named': 'Perguntaram por si ou pela sua equipa pelo nome.',
  'because-acquainted': 'Já ajudou esta pessoa antes.',
  'because-moved': 'Esta conversa precisa de outra pessoa.',
  'because-wishes': 'Corresponde ao que deseja: {wishes}.',
  'offer-news': '{asker} acrescentou algo. A pergunta agora é:',
  'offer-no-words': 'Ainda nada foi escrito. Pode falar primeiro.',
  'offer-prefers-another-medium':
    'Obrigado por responder. Nesta pergunta esperamos um pouco por uma resposta por outro meio, aqui preferido. Se não vier, passamos a sua; se vier, avisamos.',
  'offer-not-invited':
    'Obrigado por responder. Só as pessoas pedidas pelo nome podem responder a esta pergunta, por isso a sua resposta não foi passada. Fica guardada.',
  'question-changed': 'Afinal esta pergunta é sobre outra coisa. Não precisa de fazer nada.',
  'question-expired': 'O tempo para esta pergunta terminou. Não precisa de fazer nada.',
  'moved-on': 'Obrigado! Outra pessoa continua esta conversa e não receberá mais mensagens dela. {reason}',
  'left-topic': 'A pergunta é agora sobre outra coisa.',
  'left-language': 'A conversa continua noutra língua.',
  'left-wish': 'Pediram outra pessoa.',
  'left-silence': 'Não houve resposta durante algum tempo.',
  'left-left': 'A pessoa que respondia já não está disponível.',
  'left-by-hand': 'A conversa foi passada a outra pessoa.',

  'offer-subject': 'Uma pergunta sobre {topic}',
  'offer-subject-plain': 'Uma pergunta para si',
  'offer-intro': '{asker} pergunta:',
  'offer-how':
    'Para responder, basta responder a esta mensagem. O seu endereço fica oculto. Quem responder primeiro fica com a conversa.',
  'offer-how-many': 'Para responder, basta responder a esta mensagem. O seu endereço fica oculto.',
  'offer-decline':
    'Não é para si? Responda “recusar”. Se não quiser perguntas durante algum tempo, responda “pausa”; se não quiser mais nenhuma, responda “parar”.',
  'offer-lines': 'Para responder, escreva aqui. Não é para si? "recusar". Mais nenhuma pergunta: "stop".',

  'message-subject': 'A sua conversa com {site}',
  'message-how': 'Para responder, basta responder a esta mensagem. O seu endereço fica oculto.',
  'earlier-title': 'O que foi dito antes',
  'reply-all-how': 'A sua resposta vai só para {alias}. Para responder a todos, escreva para {address}.',

  'question-taken': 'Obrigado! Entretanto, outra pessoa respondeu a esta pergunta. Não precisa de fazer nada.',
  'question-withdrawn': 'Esta pergunta foi retirada. Não precisa de fazer nada.',
  'offer-slots-taken':
    'Obrigado pela sua resposta. Desta vez outra pessoa foi um pouco mais rápida, por isso não foi encaminhada. Ficou guardada, e voltaremos a perguntar-lhe.',
  'offer-too-late':
    'Obrigado pela sua resposta. O tempo para esta pergunta tinha terminado, por isso não foi encaminhada. Ficou guardada.',
  'offer-offer-withdrawn':
    'Obrigado pela sua resposta. Esta pergunta tinha sido retirada, por isso não foi encaminhada. Ficou guardada.',
  'offer-ticket-closed':
    'Obrigado pela sua resposta. Esta conversa terminou, por isso não foi encaminhada. Ficou guardada.',
  'offer-declined': 'Está bem. Não voltará a ouvir falar desta pergunta.',
  'offer-paused':
    'Está bem. Não receberá mais perguntas até responder “retomar” a alguma delas ou voltar a ativá-las na sua secretária.',
  'offer-stopped': 'Está bem. Não receberá mais perguntas. Se foi engano, responda “retomar” a esta mensagem.',
  'offer-resumed': 'Que bom que voltou! Volta a receber perguntas.',

  'held-subject': 'Foi você que escreveu isto?',
  'held-unknown-sender':
    'À sua conversa chegou uma mensagem de um endereço que não conhecemos como seu. Não a encaminhámos. Se foi você que a escreveu, abra a ligação e encaminhe-a. Se não, não precisa de fazer nada.',
  'held-contradicted':
    'À sua conversa chegou uma mensagem em seu nome, mas não parece vir do seu fornecedor de correio. Não a encaminhámos. Se foi você que a escreveu, abra a ligação e encaminhe-a. Se não, não precisa de fazer nada.',
  'held-link': 'Ver a mensagem',
  'conversation-closed': 'Esta conversa terminou, por isso a sua mensagem não foi encaminhada.',
  'place-left': 'Já não participa nesta conversa, por isso a sua mensagem não foi encaminhada.',
  'attachment-left-out': 'A sua mensagem foi encaminhada, mas sem o ficheiro {name}: {reason}',
  'left-out-damaged': 'está danificado ou incompleto.',
  'left-out-encrypted': 'está protegido por palavra-passe.',
  'left-out-too-expansive': 'contém muito mais do que o seu tamanho indica.',
  'left-out-active-content': 'contém programas ou macros.',
  'left-out-executable': 'é um programa.',
  'left-out-dangerous-name': 'os ficheiros deste tipo podem causar danos.',
  'left-out-holds-other-files': 'contém outros ficheiros.',
  'left-out-carries-addresses': 'contém endereços.',
  'left-out-metadata-not-removable': 'contém dados ocultos sobre si que não podem ser removidos.',
  'left-out-unknown-type': 'não conhecemos este tipo de ficheiro.',
  'left-out-too-large': 'é demasiado grande.',
  'left-out-empty': 'está vazio.',

  'code-subject': 'O seu código é {code}',
  'code-text':
    'Alguém, provavelmente você, quer usar este endereço numa conversa. Introduza lá este código nos próximos 15 minutos:',
  'code-ignore': 'Se não foi você, ignore esta mensagem. Não enviaremos mais nada para este endereço.',
  'code-label': 'Código',
  'code-lines': '{site}: o seu código, válido 15 minutos',
  'code-lines-ignore': 'Não é para si? Ignore.',

  'sign-in-subject': 'A sua ligação para entrar',
  'sign-in-text': 'Abra esta ligação para entrar. Funciona uma vez, durante os próximos 15 minutos.',
  'sign-in-link': 'Entrar',

  'transcript-subject': 'A sua conversa com {site}',
  'transcript-intro': 'Eis o que foi dito:',
  'recovery-link': 'Ler de novo e continuar',
  're-read-link': 'Ler toda a conversa',

  'delivery-failed-subject': 'Não foi possível entregar uma mensagem',
  'delivery-failed':
    'Não foi possível entregar a sua última mensagem, porque de momento não conseguimos contactar a outra pessoa. Fica guardada na conversa.',

  'link-read-title': 'A sua conversa',
  'link-read-intro': 'Aqui pode voltar a ler o que foi dito numa conversa em que participa.',
  'link-read-open': 'Abrir a conversa',
  'link-read-how': 'Para responder, responda à mensagem que o trouxe até aqui.',
  'link-read-empty': 'Aqui ainda não há nada para ler.',
  'link-read-earlier': 'Mostrar mensagens anteriores',
  'link-read-whole': 'Mostrar a mensagem completa',
  'link-read-masked': 'Dados privados foram ocultados.',
  'link-read-unproven': 'Não foi possível confirmar o remetente.',
  'link-you': 'Você',
  'link-held-title': 'Foi você que escreveu isto?',
  'link-held-intro':
    'Chegou uma mensagem em seu nome, mas não pudemos ter a certeza de que é sua. Ninguém a viu. Veja-a e decida.',
  'link-held-open': 'Ver a mensagem',
  'link-held-from': 'Diz vir de {claims}.',
  'link-held-until': 'Se não fizer nada, será eliminada em {date}.',
  'link-held-release': 'É minha: encaminhar',
  'link-held-discard': 'Não é minha: eliminar',
  'link-held-released': 'Obrigado. A sua mensagem foi encaminhada.',
  'link-held-discarded': 'Obrigado. A mensagem foi eliminada. Ninguém a viu.',
  'link-held-late': 'Obrigado. Já não foi possível encaminhar a mensagem, porque entretanto a conversa avançou.',
  'link-held-decided': 'Isto já foi decidido. Não há mais nada a fazer.',
  'link-opening': 'Um momento…',
  'link-gone': 'Esta ligação já não funciona. Talvez seja demasiado antiga, ou aquilo a que levava já não existe.',
  'link-broken': 'Esta ligação está incompleta. Abra-a de novo a partir da mensagem em que veio.',
  'link-failed': 'Não resultou. Tente de novo dentro de momentos.',
  'link-script': 'Ative o JavaScript para esta página.',

  'refused-not-there': 'Isto não está aqui, ou já não está.',
  'refused-conversation-closed': 'Esta conversa terminou.',
  'refused-interaction-closed': 'Esta troca de mensagens terminou.',
  'refused-text-empty': 'Esta mensagem ainda está vazia.',
  'refused-text-too-long': 'Esta mensagem é demasiado longa. Envie-a em duas partes.',
  'refused-too-fast': 'Foi muito rápido. Espere um momento e envie de novo.',
  'refused-bad-endpoint': 'Um ponto de entrega é um endereço https sem utilizador, palavra-passe nem fragmento (#).',
  'refused-endpoint-not-proven': 'O ponto de entrega não respondeu ao ping como deve ({reason}). Nada foi alterado.',
  'refused-too-many': 'Foi demasiado de uma vez. Tente de novo mais tarde.',
  'refused-attachment-not-there': 'O ficheiro já não está aqui. Anexe-o de novo.',
  'refused-attachment-refused': 'Este ficheiro não pode ser encaminhado.',
  'refused-unknown-choice': 'Essa opção não está disponível aqui.',
  'refused-form-incomplete': 'Preencha tudo o que está marcado como obrigatório.',
  'refused-form-answered': 'Este formulário já foi preenchido.',
  'refused-not-allowed': 'Não pode fazer isto aqui.',
  'refused-under-way': 'Isto já vai a caminho.',
  'refused-malformed': 'Não podemos enviar nada para este endereço. Verifique-o, por favor.',
  'address-test': 'Isto é um teste de {site}. O que lhe for enviado de lá chega aqui.',
  'refused-not-reachable': 'Não podemos enviar mensagens para este número. Indique outro, por favor.',
  'refused-no-such-medium': 'Esta forma de o contactar não está disponível aqui.',
  'refused-own-domain': 'Este é um dos nossos endereços. Indique o seu.',
  'refused-wrong-code': 'Este código não está certo. Verifique-o.',
  'refused-unauthorised': 'A sua sessão aqui terminou. Abra a página de novo.',
  'refused-wrong-origin': 'Este pedido não veio da nossa página.',
  'refused-too-large': 'Isto é demasiado grande.',
  'refused-malformed-request': 'Não foi possível compreender este pedido.',
  'refused-try-again': 'Não foi possível guardar agora. Tente de novo.',
}
