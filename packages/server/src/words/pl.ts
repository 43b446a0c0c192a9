import { concierge } from './concierge/pl.ts'
import { criteria } from './criteria/pl.ts'
import type { Words } from './en.ts'
import { files } from './files/pl.ts'
import { nudges } from './nudges/pl.ts'
import { operations } from './operations/pl.ts'
import { people } from './people/pl.ts'
import { reading } from './reading/pl.ts'
import { starting } from './starting/pl.ts'

export const pl: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Gość',
  responder: 'Konsultant',
  greeting: 'Dzień dobry! W czym możemy pomóc?',
  'asker-from': '{asker} ({region})',

  'because-topic': 'Wybrany przez Ciebie temat pytań: {topic}.',
  'because-all': 'Przyjmujesz pytania na każdy temat.',
  'because-named': 'Poproszono imiennie o Panią, Pana lub zespół.',
  'because-acquainted': 'Ta osoba korzystała już z Pani lub Pana pomocy.',
  'because-moved': 'Ta rozmowa potrzebuje kogoś nowego.',
  'because-wishes': 'Pasuje to do podanych życzeń: {wishes}.',
  'offer-news': '{asker} coś dodaje. Pytanie brzmi teraz:',
  'offer-no-words': 'Nic jeszcze nie napisano. Można odezwać się jako pierwsza osoba.',
  'offer-prefers-another-medium':
    'Dziękujemy za odpowiedź. Przy tym pytaniu czekamy jeszcze chwilę na odpowiedź inną, preferowaną drogą. Jeśli nie nadejdzie, przekażemy tę; jeśli nadejdzie, damy znać.',
  'offer-not-invited':
    'Dziękujemy za odpowiedź. Na to pytanie mogą odpowiadać tylko osoby, o które poproszono imiennie, więc odpowiedź nie została przekazana. Została zachowana.',
  'question-changed': 'Okazało się, że to pytanie dotyczy czegoś innego. Nie trzeba nic robić.',
  'question-expired': 'Czas na to pytanie minął. Nie trzeba nic robić.',
  'moved-on': 'Dziękujemy! Tę rozmowę prowadzi dalej ktoś inny i jej wiadomości już nie będą przychodzić. {reason}',
  'left-topic': 'Pytanie dotyczy teraz czegoś innego.',
  'left-language': 'Rozmowa toczy się dalej w innym języku.',
  'left-wish': 'Poproszono o kogoś innego.',
  'left-silence': 'Przez pewien czas nie było odpowiedzi.',
  'left-left': 'Osoba, która odpowiadała, nie jest już dostępna.',
  'left-by-hand': 'Rozmowę przekazano dalej.',

  'offer-subject': 'Pytanie na temat: {topic}',
  'offer-subject-plain': 'Pytanie do Ciebie',
  'offer-intro': '{asker} pyta:',
  'offer-how':
    'Aby odpowiedzieć, po prostu odpisz na tę wiadomość. Twój adres pozostaje ukryty. Rozmowę przejmuje ten, kto odpowie pierwszy.',
  'offer-how-many': 'Aby odpowiedzieć, po prostu odpisz na tę wiadomość. Twój adres pozostaje ukryty.',
  'offer-decline':
    'To nie dla Ciebie? Odpisz „odmawiam”. Jeśli przez jakiś czas nie chcesz pytań, odpisz „pauza”, a jeśli nie chcesz ich już wcale, odpisz „stop”.',
  'offer-lines': 'Po prostu odpisz. To nie dla Ciebie? "odmawiam". Koniec pytań: "stop".',

  'message-subject': 'Twoja rozmowa: {site}',
  'message-how': 'Aby odpowiedzieć, po prostu odpisz na tę wiadomość. Twój adres pozostaje ukryty.',
  'earlier-title': 'Co powiedziano wcześniej',
  'reply-all-how': 'Tę odpowiedź otrzyma tylko {alias}. Aby odpowiedzieć wszystkim, napisz na {address}.',

  'question-taken': 'Dziękujemy! W międzyczasie na to pytanie odpowiedział ktoś inny. Nie musisz nic robić.',
  'question-withdrawn': 'To pytanie zostało wycofane. Nie musisz nic robić.',
  'offer-slots-taken':
    'Dziękujemy za odpowiedź. Tym razem ktoś inny był odrobinę szybszy, więc nie została przekazana. Zachowaliśmy ją i chętnie zapytamy Cię ponownie.',
  'offer-too-late':
    'Dziękujemy za odpowiedź. Czas na to pytanie już minął, więc nie została przekazana. Zachowaliśmy ją.',
  'offer-offer-withdrawn':
    'Dziękujemy za odpowiedź. To pytanie zostało wycofane, więc nie została przekazana. Zachowaliśmy ją.',
  'offer-ticket-closed':
    'Dziękujemy za odpowiedź. Ta rozmowa już się zakończyła, więc nie została przekazana. Zachowaliśmy ją.',
  'offer-declined': 'Dobrze. W sprawie tego pytania nie będziemy już pisać.',
  'offer-paused':
    'Dobrze. Nie otrzymasz więcej pytań, dopóki na któreś z nich nie odpiszesz „wznów” albo nie włączysz ich przy swoim biurku.',
  'offer-stopped': 'Dobrze. Nie otrzymasz więcej pytań. Jeśli to pomyłka, odpisz na tę wiadomość „wznów”.',
  'offer-resumed': 'Miło, że wracasz! Znów będziesz otrzymywać pytania.',

  'held-subject': 'Czy to Twoja wiadomość?',
  'held-unknown-sender':
    'Do Twojej rozmowy przyszła wiadomość z adresu, którego nie znamy jako Twojego. Nie przekazaliśmy jej. Jeśli jest od Ciebie, otwórz link i przekaż ją. Jeśli nie, nie musisz nic robić.',
  'held-contradicted':
    'Do Twojej rozmowy przyszła wiadomość w Twoim imieniu, ale wygląda na to, że nie pochodzi od Twojego dostawcy poczty. Nie przekazaliśmy jej. Jeśli jest od Ciebie, otwórz link i przekaż ją. Jeśli nie, nie musisz nic robić.',
  'held-link': 'Zobacz wiadomość',
  'conversation-closed': 'Ta rozmowa się zakończyła, więc Twoja wiadomość nie została przekazana.',
  'place-left': 'Nie bierzesz już udziału w tej rozmowie, więc Twoja wiadomość nie została przekazana.',
  'attachment-left-out': 'Twoja wiadomość została przekazana, ale bez pliku {name}: {reason}',
  'left-out-damaged': 'jest uszkodzony lub niepełny.',
  'left-out-encrypted': 'jest chroniony hasłem.',
  'left-out-too-expansive': 'zawiera znacznie więcej, niż wskazuje jego rozmiar.',
  'left-out-active-content': 'zawiera programy lub makra.',
  'left-out-executable': 'jest programem.',
  'left-out-dangerous-name': 'pliki tego rodzaju mogą wyrządzić szkody.',
  'left-out-holds-other-files': 'zawiera inne pliki.',
  'left-out-carries-addresses': 'zawiera adresy.',
  'left-out-metadata-not-removable': 'zawiera ukryte dane o Tobie, których nie da się usunąć.',
  'left-out-unknown-type': 'nie znamy tego rodzaju plików.',
  'left-out-too-large': 'jest za duży.',
  'left-out-empty': 'jest pusty.',

  'code-subject': 'Twój kod to {code}',
  'code-text': 'Ktoś, prawdopodobnie Ty, chce używać tego adresu w rozmowie. Wpisz tam ten kod w ciągu 15 minut:',
  'code-ignore': 'Jeśli to nie Ty, zignoruj tę wiadomość. Nic więcej na ten adres nie wyślemy.',
  'code-label': 'Kod',
  'code-lines': '{site}: Twój kod, ważny 15 minut',
  'code-lines-ignore': 'To nie Ty? Zignoruj.',

  'sign-in-subject': 'Twój link do logowania',
  'sign-in-text': 'Otwórz ten link, aby się zalogować. Działa jeden raz, przez 15 minut.',
  'sign-in-link': 'Zaloguj się',

  'transcript-subject': 'Twoja rozmowa: {site}',
  'transcript-intro': 'Oto co powiedziano:',
  'recovery-link': 'Przeczytaj ponownie i kontynuuj',
  're-read-link': 'Przeczytaj całą rozmowę',

  'delivery-failed-subject': 'Nie udało się dostarczyć wiadomości',
  'delivery-failed':
    'Nie udało się dostarczyć Twojej ostatniej wiadomości, bo z drugą stroną nie można się teraz skontaktować. Wiadomość pozostaje w rozmowie.',

  'link-read-title': 'Twoja rozmowa',
  'link-read-intro': 'Tutaj możesz ponownie przeczytać, co powiedziano w rozmowie, w której bierzesz udział.',
  'link-read-open': 'Otwórz rozmowę',
  'link-read-how': 'Aby odpowiedzieć, odpisz na wiadomość, z której pochodzi ten link.',
  'link-read-empty': 'Nie ma tu jeszcze nic do przeczytania.',
  'link-read-earlier': 'Pokaż wcześniejsze wiadomości',
  'link-read-whole': 'Pokaż całą wiadomość',
  'link-read-masked': 'Ukryto dane prywatne.',
  'link-read-unproven': 'Nie udało się potwierdzić nadawcy.',
  'link-you': 'Ty',
  'link-held-title': 'Czy to Twoja wiadomość?',
  'link-held-intro':
    'Przyszła wiadomość w Twoim imieniu, ale nie mieliśmy pewności, że jest od Ciebie. Nikt jej nie widział. Zobacz ją i zdecyduj.',
  'link-held-open': 'Zobacz wiadomość',
  'link-held-from': 'Jako nadawca podany jest adres {claims}.',
  'link-held-until': 'Jeśli nic nie zrobisz, zostanie usunięta {date}.',
  'link-held-release': 'To ode mnie: przekaż',
  'link-held-discard': 'To nie ode mnie: usuń',
  'link-held-released': 'Dziękujemy. Twoja wiadomość została przekazana.',
  'link-held-discarded': 'Dziękujemy. Wiadomość została usunięta. Nikt jej nie widział.',
  'link-held-late': 'Dziękujemy. Wiadomości nie można już było przekazać, bo rozmowa potoczyła się dalej.',
  'link-held-decided': 'Ta decyzja już zapadła. Nie trzeba nic więcej robić.',
  'link-opening': 'Chwileczkę…',
  'link-gone': 'Ten link już nie działa. Może jest zbyt stary albo to, do czego prowadził, już nie istnieje.',
  'link-broken': 'Ten link jest niepełny. Otwórz go ponownie z wiadomości, w której przyszedł.',
  'link-failed': 'Nie udało się. Spróbuj ponownie za chwilę.',
  'link-script': 'Włącz JavaScript dla tej strony.',

  'refused-not-there': 'Tego tu nie ma albo już nie ma.',
  'refused-conversation-closed': 'Ta rozmowa się zakończyła.',
  'refused-interaction-closed': 'Ta wymiana wiadomości się zakończyła.',
  'refused-text-empty': 'Ta wiadomość jest jeszcze pusta.',
  'refused-text-too-long': 'Ta wiadomość jest za długa. Wyślij ją w dwóch częściach.',
  'refused-too-fast': 'To było bardzo szybkie. Odczekaj chwilę i wyślij ponownie.',
  'refused-bad-endpoint': 'Punkt docelowy to adres https bez użytkownika, hasła i fragmentu (#).',
  'refused-endpoint-not-proven':
    'Punkt docelowy nie odpowiedział na ping tak, jak powinien ({reason}). Niczego nie zmieniono.',
  'refused-too-many': 'Za dużo naraz. Spróbuj ponownie później.',
  'refused-attachment-not-there': 'Tego pliku już tu nie ma. Załącz go ponownie.',
  'refused-attachment-refused': 'Tego pliku nie można przekazać.',
  'refused-unknown-choice': 'Tego nie można tu wybrać.',
  'refused-form-incomplete': 'Wypełnij wszystkie wymagane pola.',
  'refused-form-answered': 'Ten formularz został już wypełniony.',
  'refused-not-allowed': 'Tutaj nie możesz tego zrobić.',
  'refused-under-way': 'To już jest w drodze.',
  'refused-malformed': 'Nie możemy nic wysłać na ten adres. Proszę go sprawdzić.',
  'address-test': 'To jest test od {site}. To, co stamtąd wysyłamy, dociera tutaj.',
  'refused-not-reachable': 'Nie możemy wysyłać wiadomości na ten numer. Proszę podać inny.',
  'refused-no-such-medium': 'Ten sposób kontaktu nie jest tu dostępny.',
  'refused-own-domain': 'To jeden z naszych adresów. Podaj swój.',
  'refused-wrong-code': 'Ten kod nie jest prawidłowy. Sprawdź go.',
  'refused-unauthorised': 'Sesja wygasła. Otwórz stronę ponownie.',
  'refused-wrong-origin': 'To żądanie nie pochodzi z naszej strony.',
  'refused-too-large': 'To jest za duże.',
  'refused-malformed-request': 'Nie udało się zrozumieć tego żądania.',
  'refused-try-again': 'Nie udało się teraz tego zapisać. Spróbuj ponownie.',
}
