import type { Language } from '@parley/model'

/** What the concierge says by itself: when an answer was not understood, about an address that is to be confirmed, and the two answers that everyone has. */
interface KindWords {
  readonly yes: string
  readonly no: string
  readonly againText: string
  readonly againChoice: string
  readonly againYesNo: string
  readonly againDate: string
  readonly againNumber: string
  readonly againEmail: string
  readonly codeSent: string
  readonly codeWrong: string
  readonly codeRight: string
}

export const kindWords: Readonly<Record<Language, KindWords>> = {
  en: {
    yes: 'Yes',
    no: 'No',
    againText: 'Sorry, I did not quite get that.',
    againChoice: 'Sorry, I did not quite get that. Which of these is it?',
    againYesNo: 'Sorry, I did not quite get that. Is it yes or no?',
    againDate: 'Sorry, I did not quite get that. Which day is it? For example: 2026-12-24.',
    againNumber: 'Sorry, I did not quite get that. Which number is it?',
    againEmail: 'Sorry, I did not find an email address in that.',
    codeSent: 'I have sent a code of six digits there. Write it here, and answers will reach you at that address too.',
    codeWrong: 'That is not the code that I sent. Would you look again?',
    codeRight: 'Thank you! Answers will reach you there too.',
  },
  de: {
    yes: 'Ja',
    no: 'Nein',
    againText: 'Das habe ich leider nicht ganz verstanden.',
    againChoice: 'Das habe ich leider nicht ganz verstanden. Was davon ist es?',
    againYesNo: 'Das habe ich leider nicht ganz verstanden. Ja oder nein?',
    againDate: 'Das habe ich leider nicht ganz verstanden. Welcher Tag ist es? Zum Beispiel: 24.12.2026.',
    againNumber: 'Das habe ich leider nicht ganz verstanden. Welche Zahl ist es?',
    againEmail: 'Darin habe ich leider keine E-Mail-Adresse gefunden.',
    codeSent:
      'Ich habe einen sechsstelligen Code dorthin geschickt. Schreiben Sie ihn hier hinein, dann erreichen Antworten Sie auch dort.',
    codeWrong: 'Das ist nicht der Code, den ich geschickt habe. Sehen Sie noch einmal nach?',
    codeRight: 'Vielen Dank! Antworten erreichen Sie nun auch dort.',
  },
  fr: {
    yes: 'Oui',
    no: 'Non',
    againText: 'Désolé, je n’ai pas bien compris.',
    againChoice: 'Désolé, je n’ai pas bien compris. Lequel de ces choix ?',
    againYesNo: 'Désolé, je n’ai pas bien compris. Oui ou non ?',
    againDate: 'Désolé, je n’ai pas bien compris. Quel jour ? Par exemple : 24/12/2026.',
    againNumber: 'Désolé, je n’ai pas bien compris. Quel nombre ?',
    againEmail: 'Désolé, je n’y trouve pas d’adresse e-mail.',
    codeSent:
      'J’y ai envoyé un code à six chiffres. Écrivez-le ici et les réponses vous parviendront aussi à cette adresse.',
    codeWrong: 'Ce n’est pas le code que j’ai envoyé. Pouvez-vous vérifier ?',
    codeRight: 'Merci ! Les réponses vous parviendront aussi à cette adresse.',
  },
  es: {
    yes: 'Sí',
    no: 'No',
    againText: 'Perdón, no lo he entendido bien.',
    againChoice: 'Perdón, no lo he entendido bien. ¿Cuál de estas opciones es?',
    againYesNo: 'Perdón, no lo he entendido bien. ¿Sí o no?',
    againDate: 'Perdón, no lo he entendido bien. ¿Qué día es? Por ejemplo: 24/12/2026.',
    againNumber: 'Perdón, no lo he entendido bien. ¿Qué número es?',
    againEmail: 'Perdón, no encuentro ahí ninguna dirección de correo.',
    codeSent:
      'He enviado allí un código de seis cifras. Escríbalo aquí y las respuestas le llegarán también a esa dirección.',
    codeWrong: 'Ese no es el código que he enviado. ¿Puede mirarlo otra vez?',
    codeRight: '¡Gracias! Las respuestas le llegarán también allí.',
  },
  it: {
    yes: 'Sì',
    no: 'No',
    againText: 'Mi dispiace, non ho capito bene.',
    againChoice: 'Mi dispiace, non ho capito bene. Quale di queste?',
    againYesNo: 'Mi dispiace, non ho capito bene. Sì o no?',
    againDate: 'Mi dispiace, non ho capito bene. Che giorno è? Per esempio: 24/12/2026.',
    againNumber: 'Mi dispiace, non ho capito bene. Che numero è?',
    againEmail: 'Mi dispiace, non vi trovo un indirizzo e-mail.',
    codeSent: 'Ho inviato lì un codice di sei cifre. Lo scriva qui e le risposte arriveranno anche a quell’indirizzo.',
    codeWrong: 'Non è il codice che ho inviato. Può guardare di nuovo?',
    codeRight: 'Grazie! Le risposte arriveranno anche lì.',
  },
  nl: {
    yes: 'Ja',
    no: 'Nee',
    againText: 'Sorry, dat heb ik niet helemaal begrepen.',
    againChoice: 'Sorry, dat heb ik niet helemaal begrepen. Welke van deze is het?',
    againYesNo: 'Sorry, dat heb ik niet helemaal begrepen. Is het ja of nee?',
    againDate: 'Sorry, dat heb ik niet helemaal begrepen. Welke dag is het? Bijvoorbeeld: 24-12-2026.',
    againNumber: 'Sorry, dat heb ik niet helemaal begrepen. Welk getal is het?',
    againEmail: 'Sorry, ik vind daarin geen e-mailadres.',
    codeSent:
      'Ik heb daar een code van zes cijfers naartoe gestuurd. Schrijf die hier, dan bereiken antwoorden u ook op dat adres.',
    codeWrong: 'Dat is niet de code die ik heb gestuurd. Wilt u nog eens kijken?',
    codeRight: 'Dank u wel! Antwoorden bereiken u nu ook daar.',
  },
  pl: {
    yes: 'Tak',
    no: 'Nie',
    againText: 'Przepraszam, nie do końca rozumiem.',
    againChoice: 'Przepraszam, nie do końca rozumiem. Która to z tych możliwości?',
    againYesNo: 'Przepraszam, nie do końca rozumiem. Tak czy nie?',
    againDate: 'Przepraszam, nie do końca rozumiem. Jaki to dzień? Na przykład: 24.12.2026.',
    againNumber: 'Przepraszam, nie do końca rozumiem. Jaka to liczba?',
    againEmail: 'Przepraszam, nie widzę tu adresu e-mail.',
    codeSent: 'Na ten adres wysłałem sześciocyfrowy kod. Proszę wpisać go tutaj, a odpowiedzi dotrą także tam.',
    codeWrong: 'To nie jest kod, który wysłałem. Proszę sprawdzić jeszcze raz.',
    codeRight: 'Dziękuję! Odpowiedzi dotrą także tam.',
  },
  pt: {
    yes: 'Sim',
    no: 'Não',
    againText: 'Desculpe, não entendi bem.',
    againChoice: 'Desculpe, não entendi bem. Qual destas opções é?',
    againYesNo: 'Desculpe, não entendi bem. Sim ou não?',
    againDate: 'Desculpe, não entendi bem. Que dia é? Por exemplo: 24/12/2026.',
    againNumber: 'Desculpe, não entendi bem. Que número é?',
    againEmail: 'Desculpe, não encontro aí um endereço de e-mail.',
    codeSent:
      'Enviei para lá um código de seis dígitos. Escreva-o aqui e as respostas chegarão também a esse endereço.',
    codeWrong: 'Esse não é o código que enviei. Pode ver outra vez?',
    codeRight: 'Obrigado! As respostas chegarão também aí.',
  },
  ru: {
    yes: 'Да',
    no: 'Нет',
    againText: 'Извините, я не совсем понял.',
    againChoice: 'Извините, я не совсем понял. Что из этого?',
    againYesNo: 'Извините, я не совсем понял. Да или нет?',
    againDate: 'Извините, я не совсем понял. Какой это день? Например: 24.12.2026.',
    againNumber: 'Извините, я не совсем понял. Какое это число?',
    againEmail: 'Извините, я не нашёл здесь адреса электронной почты.',
    codeSent: 'Я отправил туда код из шести цифр. Напишите его здесь, и ответы будут приходить и на этот адрес.',
    codeWrong: 'Это не тот код, который я отправил. Посмотрите ещё раз?',
    codeRight: 'Спасибо! Ответы будут приходить и туда.',
  },
  ar: {
    yes: 'نعم',
    no: 'لا',
    againText: 'عذرًا، لم أفهم ذلك تمامًا.',
    againChoice: 'عذرًا، لم أفهم ذلك تمامًا. أي من هذه الخيارات؟',
    againYesNo: 'عذرًا، لم أفهم ذلك تمامًا. نعم أم لا؟',
    againDate: 'عذرًا، لم أفهم ذلك تمامًا. أي يوم هو؟ مثلًا: 24/12/2026.',
    againNumber: 'عذرًا، لم أفهم ذلك تمامًا. ما هو الرقم؟',
    againEmail: 'عذرًا، لم أجد فيه عنوان بريد إلكتروني.',
    codeSent: 'أرسلت إلى هناك رمزًا من ستة أرقام. اكتبه هنا لتصلك الإجابات على هذا العنوان أيضًا.',
    codeWrong: 'هذا ليس الرمز الذي أرسلته. هل يمكنك التحقق مرة أخرى؟',
    codeRight: 'شكرًا! ستصلك الإجابات هناك أيضًا.',
  },
  ja: {
    yes: 'はい',
    no: 'いいえ',
    againText: '申し訳ありません、うまく理解できませんでした。',
    againChoice: '申し訳ありません、うまく理解できませんでした。次のうちどれでしょうか。',
    againYesNo: '申し訳ありません、うまく理解できませんでした。「はい」か「いいえ」でお答えください。',
    againDate: '申し訳ありません、うまく理解できませんでした。何日でしょうか。例：2026年12月24日',
    againNumber: '申し訳ありません、うまく理解できませんでした。いくつでしょうか。',
    againEmail: '申し訳ありません、メールアドレスが見つかりませんでした。',
    codeSent: 'そのアドレスに6桁のコードをお送りしました。ここに入力していただくと、回答がそちらにも届きます。',
    codeWrong: 'お送りしたコードと異なるようです。もう一度ご確認いただけますか。',
    codeRight: 'ありがとうございます。回答はそちらにも届きます。',
  },
}
