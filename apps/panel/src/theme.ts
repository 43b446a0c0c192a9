import { type CSSVariablesResolver, createTheme, Drawer, type MantineColorsTuple, Modal } from '@mantine/core'

/** A quiet green-blue, dark enough at 7 for white text on it (5.6 : 1). */
const sea: MantineColorsTuple = [
  '#eef7f6',
  '#dcecea',
  '#b5d9d5',
  '#8bc5bf',
  '#69b4ac',
  '#53a9a1',
  '#3f948c',
  '#2b6f69',
  '#225b56',
  '#164642',
]

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 7 },
  colors: { sea },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.35rem' }, h2: { fontSize: '1.1rem' }, h3: { fontSize: '1rem' } },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    // The lock adds a style without the nonce; nothing behind a dialog scrolls here anyway.
    Modal: Modal.extend({ defaultProps: { lockScroll: false } }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false } }),
  },
})

/** The nonce of this page's content security policy, or nothing where a server put none in. */
export function styleNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return nonce.startsWith('__') ? '' : nonce
}

/** The kit's own quiet text is too pale to be read by everyone (WCAG 1.4.3); ours is what the rest of the desk uses. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': 'var(--desk-quiet)', '--mantine-color-placeholder': '#667174' },
  dark: {
    '--mantine-color-dimmed': 'var(--desk-quiet)',
    '--mantine-color-placeholder': '#93a0a3',
    '--mantine-color-body': '#16191b',
    '--mantine-color-text': '#e6eaea',
  },
})
