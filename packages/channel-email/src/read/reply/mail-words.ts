/**
 * The few words of mail programs that structure alone does not give away. Reply cutting looks at structure first (our own
 * relay address, dates, addresses, quote marks); these lists only widen what it finds, so a missing language costs little.
 */

const any = (words: string[]) => `(?:${words.join('|')})`

const WROTE = any([
  'wrote',
  'writes',
  'said',
  'schrieb',
  'schrieben',
  'geschrieben',
  'a écrit',
  'écrit',
  'escribió',
  'escribio',
  'escribiste',
  'escreveu',
  'ha scritto',
  'scritto',
  'scrive',
  'schreef',
  'skrev',
  'skrifaði',
  'kirjoitti',
  'kirjutas',
  'napisał\\(a\\)',
  'napisał[ao]?',
  'pisze',
  'napsal\\(a\\)',
  'napsala?',
  'napísala?',
  'je napisala?o?',
  'је написао',
  'написал\\(а\\)',
  'написала?',
  'пишет',
  'пише',
  'написав',
  'написа',
  'írta',
  'ezt írta',
  'a scris',
  'έγραψε',
  'yazdı',
  'şunu yazdı',
  'rašė',
  'rakstīja',
  'đã viết',
  'viết',
  'menulis',
  'เขียนว่า',
  'เขียน',
  'כתב/ה',
  'כתבה?',
  'كتبت?',
  'نوشت',
  'ने लिखा',
  '写道',
  '寫道',
  '写信',
  'のメッセージ',
  'さんは書きました',
  'は書きました',
  '作成',
  '님이 작성',
  '작성',
  '씀',
])

/** "On … wrote:", "Am … schrieb …:", in the languages of the common mail programs. */
export const wroteWord = new RegExp(`(?<!\\p{L})${WROTE}(?!\\p{L})|写道|寫道|작성|メッセージ|書きました`, 'iu')
export const endsWithWrote = new RegExp(`${WROTE}\\s*[:：]?\\s*-*$`, 'iu')

const LABELS = {
  from: any([
    'from', 'von', 'de', 'da', 'van', 'fra', 'från', 'lähettäjä', 'od', 'от', 'від', 'отправитель', 'feladó', 'de la', 'από', 'kimden',
    'gönderen', 'nuo', 'no', 'saatja', 'từ', 'dari', 'จาก', 'מאת', 'من', 'از', '发件人', '寄件者', '寄件人', '差出人', '보낸 사람', '보낸사람',
    'expéditeur', 'remitente', 'mittente', 'afzender', 'absender', 'author', 'frá', 'prejšnje', 'šalje', 'šaltinis', 'odosielateľ', 'odesílatel', 'message du', 'message from',
  ]),
  date: any([
    'sent', 'date', 'gesendet', 'datum', 'envoyé', 'envoyé le', 'enviado', 'enviado el', 'enviada em', 'enviado em', 'fecha', 'data', 'inviato', 'verzonden',
    'sendt', 'dato', 'skickat', 'lähetetty', 'päivämäärä', 'wysłano', 'odesláno', 'odoslané', 'отправлено', 'дата', 'надіслано', 'küldve', 'dátum', 'trimis',
    'εστάλη', 'στάλθηκε', 'ημερομηνία', 'gönderildi', 'gönderme tarihi', 'tarih', 'išsiųsta', 'nosūtīts', 'saadetud', 'đã gửi', 'ngày', 'dikirim', 'tanggal', 'ส่ง', 'วันที่', 'נשלח', 'תאריך', 'תאריך',
    'تم الإرسال', 'أرسلت', 'التاريخ', 'تاریخ', '发送时间', '日期', '時間', '寄件日期', '傳送時間', '送信日時', '日時', '日付', '보낸 날짜', '날짜', 'poslano', 'kuupäev', 'sendt den', 'message du',
  ]),
  to: any([
    'to', 'an', 'à', 'a', 'para', 'aan', 'til', 'till', 'vastaanottaja', 'do', 'komu', 'кому', 'címzett', 'către', 'catre', 'προς', 'kime', 'alıcı', 'kam', 'kellele',
    'đến', 'tới', 'kepada', 'ถึง', 'אל', 'إلى', 'الى', 'به', '收件人', '收件者', '宛先', '받는 사람', '받는사람', 'destinataire', 'destinatario', 'empfänger', 'za', 'prima', 'saaja', 'recipient',
  ]),
  subject: any([
    'subject', 'betreff', 'objet', 'asunto', 'assunto', 'oggetto', 'onderwerp', 'emne', 'ämne', 'aihe', 'temat', 'předmět', 'predmet', 'тема', 'tárgy', 'subiect',
    'θέμα', 'konu', 'tema', 'temats', 'teema', 'chủ đề', 'tiêu đề', 'subjek', 'perihal', 'เรื่อง', 'נושא', 'الموضوع', 'موضوع', '主题', '主題', '主旨', '件名', '제목', 'sujet', 'efni', 'zadeva', 'naslov', 'sujeto',
  ]),
  copy: any(['cc', 'kopie', 'copie', 'copie à', 'copia', 'kopia', 'kopi', 'копия', 'копія', 'másolat', 'bcc', 'ccn', 'cci', '抄送', '副本', '참조', 'reply-to', 'importance', 'attachments?', 'please respond to', 'categories', 'sensitivity', 'organization', 'message-id', 'resent-\\w+']),
}

export type HeaderRole = keyof typeof LABELS

const ROLES: [HeaderRole, RegExp][] = (['from', 'date', 'to', 'subject', 'copy'] as const).map((role) => [
  role,
  // Bold markers (*From:*) come from HTML turned into text; French and Chinese put spaces or a wide colon.
  new RegExp(`^[*_\\s]{0,3}${LABELS[role]}[*_]{0,2}\\s{0,3}[:：][*_]{0,2}(?:\\s|$|[^/\\d\\s])`, 'iu'),
])

/** Which header a line such as `Gesendet: Montag …` stands for; undefined when it is no header line. */
export function headerRoles(line: string): HeaderRole[] {
  if (!/[:：]/.test(line.slice(0, 40))) return []
  return ROLES.filter(([, pattern]) => pattern.test(line)).map(([role]) => role)
}

const ORIGINAL = any([
  'original message', 'original appointment', 'original-nachricht', 'originalnachricht', 'ursprüngliche nachricht', 'ursprüngliche mail', "message d['’]origine", 'message original', 'mensaje original', 'mensagem original',
  'messaggio originale', 'oorspronkelijk bericht', 'oorspronkelijke bericht', 'oprindelig (?:besked|meddelelse)', 'opprinnelig melding', 'ursprungligt meddelande', 'originalmeddelande', 'alkuperäinen viesti', 'wiadomość oryginalna',
  'oryginalna wiadomość', 'původní (?:zpráva|e-mail)', 'pôvodná správa', 'исходное сообщение', 'пересылаемое сообщение', 'оригінальне повідомлення', 'eredeti üzenet', 'mesaj original', 'mesajul original', 'αρχικό μήνυμα', 'orijinal mesaj', 'özgün ileti',
  'הודעה מקורית', 'الرسالة الأصلية', 'رسالة أصلية', '原始邮件', '原始郵件', '原邮件', '元のメッセージ', 'オリジナルメッセージ', '원본 메시지', '원본 메일', 'reply separator', 'tin nhắn gốc', 'pesan asli',
])

const FORWARDED = any([
  'forwarded message', 'forwarded by', 'begin forwarded message', 'forwarded', 'weitergeleitete nachricht', 'anfang der weitergeleiteten (?:nachricht|e-mail)', 'message transféré', 'message transmis', 'début du message (?:réexpédié|transféré)', 'mensaje reenviado', 'inicio del mensaje reenviado', 'mensagem encaminhada', 'mensagem reencaminhada',
  'messaggio inoltrato', 'inizio messaggio inoltrato', 'doorgestuurd bericht', 'begin doorgestuurd bericht', 'videresendt (?:besked|meddelelse)', 'videresendt melding', 'vidarebefordrat (?:meddelande|mejl)', 'välitetty viesti', 'przekazana wiadomość', 'wiadomość przekazana', 'přeposlaná zpráva', 'preposlaná správa',
  'пересланное сообщение', 'переслане повідомлення', 'továbbított üzenet', 'mesaj redirecționat', 'προωθημένο μήνυμα', 'yönlendirilen (?:ileti|mesaj)', 'iletilen mesaj', 'הודעה שהועברה', 'رسالة معاد توجيهها', '转发邮件', '转发的邮件', '轉寄郵件', '転送されたメッセージ', '전달된 메시지', '전달된 메일',
])

export const originalMark = new RegExp(`^[-_=*\\s>]*${ORIGINAL}\\s*[:：]?[-_=*\\s]*$`, 'iu')
export const forwardMark = new RegExp(`^[-_=*\\s>]*${FORWARDED}(?:[^-_]{0,120})?\\s*[:：]?[-_=*\\s]*$`, 'iu')

/** Said by phones and programs at the end of a mail, not by the person. */
export const clientFooter =
  /^[-_\s]*(?:(?:sent|posted|written) (?:from|via|with|using|by) (?:my |the |an? )?[\p{L}\d]|get outlook for\b|download (?:outlook|spark|blue ?mail)\b|sent with (?:proton|spark|airmail)|(?:diese (?:nachricht|e-?mail) wurde )?(?:von|mit) .{1,40} gesendet\.?$|gesendet (?:von|mit|aus|über) |holen sie sich outlook|outlook für (?:android|ios)|envoyé (?:depuis|de|à partir de|avec) |télécharger outlook|obtenir outlook|obtenez outlook|enviado (?:desde|de|do|a partir|através|via|con|com) |enviada? (?:do|da|pelo) |obtener outlook|obter o outlook|obtenha o outlook|inviato (?:da|dal|con) |scarica outlook|ottieni outlook|verzonden (?:vanaf|vanuit|met|via) |verstuurd (?:vanaf|vanuit|met) |download outlook|outlook voor (?:android|ios)|(?:sendt|skickat|lähetetty) (?:fra|från|min|mit|med) |skickat från |lähetetty (?:iphone|puhelim|android|samsung|yahoo)|hent outlook|hämta outlook|hanki outlook|wysłano? (?:z|ze) |wysłane z |pobierz outlook|odesláno z |odoslané z |отправлено (?:с|из) |надіслано з |küldve |trimis de pe |στάλθηκε από |(?:iphone|android|samsung|ipad).{0,12}(?:gönderildi|kimden)|.{1,24}(?:'?(?:dan|den|mdan|mden|ımdan|imden)) gönderildi|gửi từ |dikirim dari |ส่งจาก|נשלח מ|أرسلت من|تم الإرسال من|ارسال شده از|发自我的|發自我的|从我的.{1,20}发送|從我的.{1,20}傳送|.{1,20}から送信|나의 .{1,20}에서 보냄|.{1,20}에서 보냄)/iu

export const closingFormula =
  /^(?:(?:with |my )?(?:(?:best|kind|kindest|warm|warmest|many|sincere)(?: (?:kind|warm))? )?(?:regards|wishes)|(?:yours|best) (?:sincerely|faithfully|truly)|(?:yours )?sincerely(?: yours)?|respectfully|cordially|cheers|best|mit (?:freundlich\p{L}*|best\p{L}*|herzlich\p{L}*|lieb\p{L}*) gr(?:ü|ue)(?:ß|ss)\p{L}*|(?:viele|beste|liebe|freundliche|herzliche|schöne) gr(?:ü|ue)(?:ß|ss)\p{L}*|gr(?:ü|ue)(?:ß|ss)e?|mfg|lg|vg|hochachtungsvoll|(?:bien |très )?cordialement|bien à (?:vous|toi)|meilleures salutations|(?:sincères )?salutations(?: distinguées)?|bonne (?:journée|soirée)|amicalement|(?:un )?(?:cordial |afectuoso )?saludos?(?: cordiales?)?|atentamente|(?:un )?abrazo|atenciosamente|(?:com os )?(?:melhores )?cumprimentos|abraços?|(?:cordiali|distinti) saluti|saluti|cordialmente|met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|(?:med )?(?:venlig(?:e)?|vennlig|vänlig(?:a)?) (?:hilsen(?:er)?|hälsning(?:ar)?)|mvh|hilsen|hälsningar|ystävällisin terveisin|terveisin|(?:z )?(?:poważaniem|pozdrowieniami)|pozdrawiam|s pozdravem|s pozdravom|с уважением|с наилучшими пожеланиями|з повагою|üdvözlettel|cu stimă|με εκτίμηση|saygılarımla|iyi çalışmalar|בברכה|בכבוד רב|مع (?:أطيب )?التحيات|تحياتي|مع التحية|此致|敬礼|祝好|よろしくお願い(?:いた)?します|よろしくお願い致します|敬具|감사합니다|trân trọng|salam|hormat kami)[\s,.!;–—-]*$/iu

export const disclaimer =
  /\b(?:confidential(?:ity)?|intended (?:only |solely )?(?:for|recipient)|intended recipient|legally privileged|disclaimer)\b|vertraulich\p{L}* (?:information|inhalt|e-?mail|nachricht)|nicht der (?:richtige|beabsichtigte|vorgesehene) (?:adressat|empfänger)|message (?:est|et .{0,60}sont) confidentiel|strictement confidentiel|(?:información|contiene).{0,40}confidencial|informa(?:ção|ções).{0,40}confidencia|(?:informazioni|contenuto).{0,40}(?:riservat|confidenzial)|vertrouwelijk\p{L}* (?:informatie|bestemd)|uitsluitend bestemd|конфиденциальн|poufn|bizalmas|gizli|機密|机密|保密/iu
