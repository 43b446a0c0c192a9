/** The words of the administration: `...admin` in each catalogue. */
export const admin = {
  'admin.concierge': 'Concierge',
  'admin.links': 'Links',
  'admin.people': 'People',
  'admin.preview': 'Who would get this?',
  'admin.reading': 'Reading',
  'admin.sections': 'Sections of the administration',
  'admin.sites': 'Sites and topics',
  'admin.teams': 'Teams',
  'admin.title': 'Administration',
}
