import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'Ten link donikąd nie prowadzi',
  'link-unknown': 'Sprawdź, czy skopiowano go w całości, albo poproś o nowy osobę, która go dała.',
  'refused-link-expired': 'Ten link był ważny tylko przez pewien czas, który minął. Poproś o nowy.',
  'refused-link-used-up': 'Tego linku użyto już tyle razy, ile wolno. Poproś o nowy.',
  'refused-link-code-malformed':
    'Użyj od 3 do 40 małych liter, cyfr i łączników; na początku i końcu litera lub cyfra.',
  'refused-link-code-taken': 'To słowo jest już zajęte. Wybierz inne.',
  'refused-last-administrator': 'Ktoś musi administrować tym kontem. Najpierw wyznacz innego administratora.',
  'refused-joining-closed': 'Na razie nikt nie może tu dołączyć.',
  'refused-invitation-needed': 'Dołączyć można tu tylko z zaproszeniem. Poproś o nie.',
  'refused-invitation-ended': 'To zaproszenie zostało już użyte lub jest za stare. Poproś o nowe.',
  'refused-removed': 'Administracja zakończyła Twój udział. Zapytaj, jeśli uważasz, że to pomyłka.',
  'refused-alias-reveals': 'Adres lub numer zdradziłby Cię tutaj. Wybierz nazwę.',
  'join-welcome':
    'Jesteś teraz w {account}. Pytania pasujące do Twoich wyborów będą przychodzić na ten adres. Aby odpowiedzieć, wystarczy odpisać.',
  'join-waits':
    'Dziękujemy za chęć dołączenia do {account}. Ktoś to rozpatrzy i damy Ci tutaj znać. Do tego czasu pytania nie przychodzą.',
  'join-approved':
    'Dobra wiadomość: jesteś już w {account}. Pasujące pytania będą przychodzić na ten adres. Aby odpowiedzieć, wystarczy odpisać.',
  'join-declined':
    'Dziękujemy za chęć dołączenia do {account}. Postanowiono na razie nikogo nie przyjmować. Pytania nie będą przychodzić.',
  'join-subject': 'Dołączanie do {account}',
  'membership-link': 'Wstrzymaj lub odejdź',
  'someone-waits-subject': '{name} chce dołączyć',
  'someone-waits': '{name} chce dołączyć do {account} i czeka na Twoje tak lub nie.',
  'someone-waits-link': 'Zobacz',
  'invitation-subject': 'Zaproszenie od {account}',
  'invitation-text':
    '{account} zaprasza Cię do odpowiadania na pytania nieznajomych, pocztą lub przy biurku w sieci, bez ujawniania Twojego adresu. Otwórz link, aby dołączyć. Jeśli nie chcesz, zignoruj tę wiadomość.',
  'invitation-link': 'Dołącz',
}
