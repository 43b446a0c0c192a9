import { concierge } from './concierge/nl.ts'
import { criteria } from './criteria/nl.ts'
import type { Words } from './en.ts'
import { files } from './files/nl.ts'
import { nudges } from './nudges/nl.ts'
import { operations } from './operations/nl.ts'
import { people } from './people/nl.ts'
import { reading } from './reading/nl.ts'
import { starting } from './starting/nl.ts'

export const nl: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Bezoeker',
  responder: 'Medewerker',
  greeting: 'Hallo! Waarmee kunnen we u helpen?',
  'asker-from': '{asker} uit {region}',

  'because-topic': 'U hebt vragen over {topic} gekozen.',
  'because-all': 'U neemt vragen over elk onderwerp aan.',
  'because-named': 'Er is naar u of uw team bij naam gevraagd.',
  'because-acquainted': 'U hebt deze persoon al eens geholpen.',
  'because-moved': 'Voor dit gesprek is iemand anders nodig.',
  'because-wishes': 'Het past bij wat u wenst: {wishes}.',
  'offer-news': '{asker} heeft iets toegevoegd. Zo luidt de vraag nu:',
  'offer-no-words': 'Er is nog niets geschreven. U kunt als eerste iets zeggen.',
  'offer-prefers-another-medium':
    'Bedankt voor uw antwoord. Bij deze vraag wachten we nog even op een antwoord via een ander medium, dat hier de voorkeur heeft. Komt dat niet, dan geven we het uwe door; komt het wel, dan laten we het u weten.',
  'offer-not-invited':
    'Bedankt voor uw antwoord. Alleen mensen naar wie bij naam is gevraagd kunnen deze vraag beantwoorden, dus uw antwoord is niet doorgegeven. Het is bewaard.',
  'question-changed': 'Deze vraag blijkt over iets anders te gaan. U hoeft niets te doen.',
  'question-expired': 'De tijd voor deze vraag is verstreken. U hoeft niets te doen.',
  'moved-on': 'Bedankt! Iemand anders gaat verder met dit gesprek en u krijgt er geen berichten meer van. {reason}',
  'left-topic': 'De vraag gaat nu over iets anders.',
  'left-language': 'Het gesprek gaat verder in een andere taal.',
  'left-wish': 'Er is naar iemand anders gevraagd.',
  'left-silence': 'Er kwam een tijdje geen antwoord.',
  'left-left': 'Degene die antwoordde is niet meer beschikbaar.',
  'left-by-hand': 'Het gesprek is doorgegeven.',

  'offer-subject': 'Een vraag over {topic}',
  'offer-subject-plain': 'Een vraag voor u',
  'offer-intro': '{asker} vraagt:',
  'offer-how':
    'Om te antwoorden, beantwoordt u gewoon dit bericht. Uw adres blijft verborgen. Wie het eerst antwoordt, krijgt het gesprek.',
  'offer-how-many': 'Om te antwoorden, beantwoordt u gewoon dit bericht. Uw adres blijft verborgen.',
  'offer-decline':
    'Niets voor u? Antwoord “afwijzen”. Wilt u een tijdje geen vragen, antwoord dan “pauze”; wilt u er geen meer, antwoord dan “stop”.',
  'offer-lines': 'Antwoord gewoon hierop. Niets voor u? "afwijzen". Geen vragen meer: "stop".',

  'message-subject': 'Uw gesprek bij {site}',
  'message-how': 'Om te antwoorden, beantwoordt u gewoon dit bericht. Uw adres blijft verborgen.',
  'earlier-title': 'Wat eerder is gezegd',
  'reply-all-how': 'Uw antwoord gaat alleen naar {alias}. Om iedereen te antwoorden, schrijft u naar {address}.',

  'question-taken': 'Bedankt! Iemand anders heeft deze vraag intussen beantwoord. U hoeft niets te doen.',
  'question-withdrawn': 'Deze vraag is ingetrokken. U hoeft niets te doen.',
  'offer-slots-taken':
    'Bedankt voor uw antwoord. Iemand anders was deze keer net iets sneller, daarom is het niet doorgegeven. Het is bewaard, en we vragen u graag weer.',
  'offer-too-late':
    'Bedankt voor uw antwoord. De tijd voor deze vraag was om, daarom is het niet doorgegeven. Het is bewaard.',
  'offer-offer-withdrawn':
    'Bedankt voor uw antwoord. Deze vraag was ingetrokken, daarom is het niet doorgegeven. Het is bewaard.',
  'offer-ticket-closed':
    'Bedankt voor uw antwoord. Dit gesprek is beëindigd, daarom is het niet doorgegeven. Het is bewaard.',
  'offer-declined': 'Goed. U hoort niets meer over deze vraag.',
  'offer-paused':
    'Goed. U krijgt geen vragen meer tot u op een ervan “hervatten” antwoordt of ze op uw werkplek weer aanzet.',
  'offer-stopped':
    'Goed. U krijgt geen vragen meer. Was dat een vergissing, beantwoord dit bericht dan met “hervatten”.',
  'offer-resumed': 'Fijn dat u er weer bent! U krijgt weer vragen.',

  'held-subject': 'Hebt u dit geschreven?',
  'held-unknown-sender':
    'In uw gesprek kwam een bericht binnen van een adres dat we niet als het uwe kennen. We hebben het niet doorgegeven. Is het van u, open dan de link en geef het door. Zo niet, dan hoeft u niets te doen.',
  'held-contradicted':
    'In uw gesprek kwam een bericht binnen op uw naam, maar het lijkt niet van uw mailprovider te komen. We hebben het niet doorgegeven. Is het van u, open dan de link en geef het door. Zo niet, dan hoeft u niets te doen.',
  'held-link': 'Bericht bekijken',
  'conversation-closed': 'Dit gesprek is beëindigd, daarom is uw bericht niet doorgegeven.',
  'place-left': 'U neemt niet meer deel aan dit gesprek, daarom is uw bericht niet doorgegeven.',
  'attachment-left-out': 'Uw bericht is doorgegeven, maar zonder het bestand {name}: {reason}',
  'left-out-damaged': 'het is beschadigd of onvolledig.',
  'left-out-encrypted': 'het is met een wachtwoord beveiligd.',
  'left-out-too-expansive': 'het bevat veel meer dan de grootte doet vermoeden.',
  'left-out-active-content': 'het bevat programma’s of macro’s.',
  'left-out-executable': 'het is een programma.',
  'left-out-dangerous-name': 'bestanden van deze soort kunnen schade aanrichten.',
  'left-out-holds-other-files': 'het bevat andere bestanden.',
  'left-out-carries-addresses': 'het bevat adressen.',
  'left-out-metadata-not-removable': 'het bevat verborgen gegevens over u die niet te verwijderen zijn.',
  'left-out-unknown-type': 'we kennen deze soort bestand niet.',
  'left-out-too-large': 'het is te groot.',
  'left-out-empty': 'het is leeg.',

  'code-subject': 'Uw code is {code}',
  'code-text':
    'Iemand, waarschijnlijk u, wil dit adres in een gesprek gebruiken. Voer daar binnen 15 minuten deze code in:',
  'code-ignore': 'Was u het niet, negeer dit bericht dan. We sturen verder niets naar dit adres.',
  'code-label': 'Code',
  'code-lines': '{site}: uw code, 15 minuten geldig',
  'code-lines-ignore': 'Niet u? Negeer dit.',

  'sign-in-subject': 'Uw link om in te loggen',
  'sign-in-text': 'Open deze link om in te loggen. Hij werkt één keer, de komende 15 minuten.',
  'sign-in-link': 'Inloggen',

  'transcript-subject': 'Uw gesprek bij {site}',
  'transcript-intro': 'Dit is wat er is gezegd:',
  'recovery-link': 'Opnieuw lezen en verdergaan',
  're-read-link': 'Het hele gesprek lezen',

  'delivery-failed-subject': 'Een bericht kon niet worden bezorgd',
  'delivery-failed':
    'Uw laatste bericht kon niet worden bezorgd, omdat de andere kant nu niet bereikbaar is. Het blijft in het gesprek bewaard.',

  'link-read-title': 'Uw gesprek',
  'link-read-intro': 'Hier kunt u teruglezen wat is gezegd in een gesprek waaraan u deelneemt.',
  'link-read-open': 'Gesprek openen',
  'link-read-how': 'Om te antwoorden, beantwoordt u het bericht dat u hier bracht.',
  'link-read-empty': 'Hier valt nog niets te lezen.',
  'link-read-earlier': 'Eerdere berichten tonen',
  'link-read-whole': 'Het hele bericht tonen',
  'link-read-masked': 'Privégegevens zijn verborgen.',
  'link-read-unproven': 'De afzender kon niet worden bevestigd.',
  'link-you': 'U',
  'link-held-title': 'Hebt u dit geschreven?',
  'link-held-intro':
    'Er kwam een bericht binnen op uw naam, maar we konden er niet zeker van zijn dat het van u is. Niemand heeft het gezien. Bekijk het en beslis.',
  'link-held-open': 'Bericht bekijken',
  'link-held-from': 'Als afzender is {claims} opgegeven.',
  'link-held-until': 'Als u niets doet, wordt het op {date} verwijderd.',
  'link-held-release': 'Van mij: doorgeven',
  'link-held-discard': 'Niet van mij: verwijderen',
  'link-held-released': 'Bedankt. Uw bericht is doorgegeven.',
  'link-held-discarded': 'Bedankt. Het bericht is verwijderd. Niemand heeft het gezien.',
  'link-held-late':
    'Bedankt. Het bericht kon niet meer worden doorgegeven, omdat het gesprek intussen verder is gegaan.',
  'link-held-decided': 'Hierover is al beslist. U hoeft niets meer te doen.',
  'link-opening': 'Een ogenblik …',
  'link-gone': 'Deze link werkt niet meer. Misschien is hij te oud, of is er niet meer waar hij naartoe leidde.',
  'link-broken': 'Deze link is onvolledig. Open hem opnieuw vanuit het bericht waarin hij stond.',
  'link-failed': 'Dat lukte niet. Probeer het zo meteen opnieuw.',
  'link-script': 'Zet JavaScript aan voor deze pagina.',

  'refused-not-there': 'Dit is hier niet, of niet meer.',
  'refused-conversation-closed': 'Dit gesprek is beëindigd.',
  'refused-interaction-closed': 'Deze uitwisseling is beëindigd.',
  'refused-text-empty': 'In dit bericht staat nog niets.',
  'refused-text-too-long': 'Dit bericht is te lang. Stuur het in twee delen.',
  'refused-too-fast': 'Dat ging erg snel. Wacht even en stuur het opnieuw.',
  'refused-bad-endpoint': 'Een eindpunt is een https-adres zonder gebruiker, wachtwoord of fragment (#).',
  'refused-endpoint-not-proven':
    'Het eindpunt heeft de ping niet beantwoord zoals het moet ({reason}). Er is niets gewijzigd.',
  'refused-too-many': 'Dat was te veel tegelijk. Probeer het later opnieuw.',
  'refused-attachment-not-there': 'Het bestand is er niet meer. Voeg het opnieuw toe.',
  'refused-attachment-refused': 'Dit bestand kan niet worden doorgegeven.',
  'refused-unknown-choice': 'Die keuze is hier niet mogelijk.',
  'refused-form-incomplete': 'Vul alles in wat verplicht is.',
  'refused-form-answered': 'Dit formulier is al ingevuld.',
  'refused-not-allowed': 'Dat kunt u hier niet doen.',
  'refused-under-way': 'Dit is al onderweg.',
  'refused-malformed': 'Naar dit adres kunnen we niets sturen. Controleer het alstublieft.',
  'address-test': 'Dit is een test van {site}. Wat u van daar wordt gestuurd, komt hier aan.',
  'refused-not-reachable': 'Naar dit nummer kunnen we geen berichten sturen. Geef alstublieft een ander nummer.',
  'refused-no-such-medium': 'Deze manier om u te bereiken is hier niet beschikbaar.',
  'refused-own-domain': 'Dit is een van onze eigen adressen. Geef het uwe op.',
  'refused-wrong-code': 'Deze code klopt niet. Controleer hem.',
  'refused-unauthorised': 'U bent hier niet meer ingelogd. Open de pagina opnieuw.',
  'refused-wrong-origin': 'Dit verzoek kwam niet van onze eigen pagina.',
  'refused-too-large': 'Dit is te groot.',
  'refused-malformed-request': 'Dit verzoek was niet te begrijpen.',
  'refused-try-again': 'Dit kon nu niet worden opgeslagen. Probeer het opnieuw.',
}
