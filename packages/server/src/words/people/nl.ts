import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'Deze link leidt nergens heen',
  'link-unknown': 'Controleer of hij volledig is gekopieerd, of vraag een nieuwe aan wie hem gaf.',
  'refused-link-expired': 'Deze link gold voor een bepaalde tijd, en die is voorbij. Vraag om een nieuwe.',
  'refused-link-used-up': 'Deze link is zo vaak gebruikt als mag. Vraag om een nieuwe.',
  'refused-link-code-malformed':
    'Gebruik 3 tot 40 kleine letters, cijfers en koppeltekens, met een letter of cijfer aan begin en eind.',
  'refused-link-code-taken': 'Dit woord is al in gebruik. Kies een ander.',
  'refused-last-administrator': 'Iemand moet dit account beheren. Maak eerst iemand anders beheerder.',
  'refused-joining-closed': 'Op dit moment kan niemand zich hier aansluiten.',
  'refused-invitation-needed': 'Hier sluit je je alleen met een uitnodiging aan. Vraag erom.',
  'refused-invitation-ended': 'Deze uitnodiging is al gebruikt of te oud. Vraag om een nieuwe.',
  'refused-removed':
    'De beheerder heeft je deelname hier beëindigd. Vraag het na als je denkt dat dit een vergissing is.',
  'refused-alias-reveals': 'Een adres of nummer zou je hier verraden. Kies een naam.',
  'join-welcome':
    'Je hoort nu bij {account}. Vragen die bij je keuzes passen, komen op dit adres. Antwoorden doe je door gewoon terug te schrijven.',
  'join-waits':
    'Fijn dat je bij {account} wilt horen. Iemand bekijkt het, en je hoort hier van ons. Tot die tijd komen er geen vragen.',
  'join-approved':
    'Goed nieuws: je hoort nu bij {account}. Passende vragen komen op dit adres. Antwoorden doe je door terug te schrijven.',
  'join-declined':
    'Fijn dat je bij {account} wilde horen. Er wordt op dit moment niemand toegevoegd. Je krijgt geen vragen.',
  'join-subject': 'Aansluiten bij {account}',
  'membership-link': 'Pauzeren of weggaan',
  'someone-waits-subject': '{name} wil meedoen',
  'someone-waits': '{name} wil bij {account} horen en wacht op je ja of nee.',
  'someone-waits-link': 'Bekijken',
  'invitation-subject': 'Een uitnodiging van {account}',
  'invitation-text':
    '{account} nodigt je uit om vragen van onbekenden te beantwoorden, per mail of aan een bureau op het net, zonder je adres prijs te geven. Open de link om mee te doen. Geen zin? Negeer dit bericht.',
  'invitation-link': 'Meedoen',
}
