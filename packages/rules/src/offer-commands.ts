/** What a candidate can say about an offer, or about offers altogether, by replying with one word. */
export type OfferCommand = { readonly kind: 'decline' | 'pause' | 'stop' | 'resume' }

/**
 * Reads a command in the visible text of a reply to an offer: only when the whole reply is nothing else, so that an answer which
 * begins with "stop" or "no thanks, but …" stays an answer. A bare "no" is an answer too ("Are you open on Sunday?"), and so is
 * whatever a participant writes in a conversation: ask only about replies to offers.
 */
export function readCommand(text: string): OfferCommand | null {
  if (text.length > LONGEST) return null
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’ʼ`´]/g, "'")
    .replaceAll(/[^\p{L}\p{M}\p{N}' ]+/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
  return COMMANDS.get(words) ?? null
}

// Room for a few marks and blank lines around the longest phrase.
const LONGEST = 64

const PHRASES: Record<OfferCommand['kind'], string> = {
  decline: `
    decline, i decline, no thanks, no thank you, not me, not for me, pass, i pass, can't, i can't, not now, not available
    nein danke, ablehnen, ich lehne ab, nicht ich, passe, nichts für mich, keine zeit, jetzt nicht
    non merci, refuser, je refuse, pas moi, je passe, pas pour moi, pas maintenant
    no gracias, rechazar, rechazo, yo no, paso, no puedo, ahora no
    no grazie, rifiuto, rifiuta, passo, non posso, non io
    não obrigado, não obrigada, nao obrigado, nao obrigada, recusar, recuso, eu não, não posso
    nee bedankt, nee dank je, afwijzen, ik niet, ik pas, nu niet
    nie dziękuję, nie dziekuje, odmawiam, odrzuć, nie ja, nie mogę
    нет спасибо, отказ, отказываюсь, отказаться, не я, не могу
    ні дякую, відмова, відмовляюся, не можу
    hayır teşekkürler, reddet, ben değil, istemiyorum, yapamam
    لا شكرا, لا شكراً, رفض, أرفض, لست أنا
    לא תודה, דחה, לדחות, לא אני
    不用了谢谢, 不用了, 拒绝, 拒絕, 不是我, 谢绝
    結構です, 辞退, 辞退します, 辞退いたします, 見送ります
    아니요 괜찮습니다, 거절, 거절합니다`,
  pause: `
    pause, pause offers, snooze, away, take a break
    pausieren, abwesend, pause bitte
    pausa, pausar, en pausa, in pausa, ausente, assente
    absent, en pause
    pauze, pauzeren, afwezig
    pauza, wstrzymaj, nieobecny, nieobecna
    пауза, приостановить, отсутствую
    призупинити
    duraklat, ara ver, ara
    إيقاف مؤقت, استراحة
    השהה, הפסקה
    暂停, 暫停, 一時停止, 休止
    일시정지, 일시 중지`,
  stop: `
    stop, stop all, stopall, stop offers, unsubscribe, opt out, optout, leave me alone
    stopp, abmelden, abbestellen
    arrêt, arret, arrêter, arretez, arrêtez, désabonner, me désabonner
    parar, alto, basta, baja, darse de baja, cancelar suscripción
    ferma, fermare, disiscrivi, disiscrivimi, annulla iscrizione
    pare, sair, cancelar inscrição
    stoppen, afmelden, uitschrijven
    wypisz, wypisz mnie, zatrzymaj
    стоп, отписаться, отписка
    відписатися
    dur, durdur, iptal et, aboneliği iptal et
    توقف, إلغاء الاشتراك, قف
    עצור, הסר, הסירו אותי
    停止, 退订, 退訂, 取消订阅, 配信停止, 解除
    중지, 수신거부, 수신 거부`,
  resume: `
    resume, start, unstop, unpause, continue, i'm back, im back, back
    fortsetzen, weiter, wieder da, starten
    reprendre, de retour, démarrer
    reanudar, continuar, empezar, de vuelta
    riprendi, riprendere, continua
    retomar, voltei, iniciar
    hervatten, doorgaan
    wznów, wznow, wróciłem, wróciłam
    возобновить, продолжить, старт
    відновити, продовжити
    devam, devam et, başlat
    استئناف, متابعة, ابدأ
    המשך, התחל, חזרתי
    继续, 繼續, 恢复, 恢復, 再開, 再開する
    다시 시작, 재개`,
}

const COMMANDS = new Map<string, OfferCommand>(
  (['decline', 'pause', 'stop', 'resume'] as const).flatMap((kind) =>
    PHRASES[kind].split(/[,\n]/).flatMap((phrase) => {
      const words = phrase.trim()
      return words === '' ? [] : [[words.normalize('NFKC'), { kind }] as const]
    }),
  ),
)
