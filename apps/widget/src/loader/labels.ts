/** The loader's only word, before the window with its catalogue is there. Whether it opens or closes, `aria-expanded` tells. */
const labels: Record<string, string> = { pl: 'Czat', ru: 'Чат', ar: 'دردشة', ja: 'チャット' }

export const labelIn = (language: string): string => labels[language] ?? 'Chat'
