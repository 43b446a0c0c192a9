import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'موظف الاستقبال',
  'admin.links': 'الروابط',
  'admin.people': 'الأشخاص',
  'admin.preview': 'من سيصله هذا؟',
  'admin.reading': 'الفهم',
  'admin.sections': 'أقسام الإدارة',
  'admin.sites': 'المواقع والمواضيع',
  'admin.teams': 'الفرق',
  'admin.title': 'الإدارة',
}
