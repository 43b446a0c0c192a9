import { defineConfig, type Plugin } from 'vite'

/** Vite's own loads the styles and neighbours of a chunk, of which a catalogue has none; it is a kilobyte of the budget. */
const plainDynamicImports: Plugin = {
  name: 'plain-dynamic-imports',
  enforce: 'pre',
  load: (id) => (id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load()' : null),
}

// The window: served as `/w/:siteKey` (index.html), its hashed assets below `/window/`.
export default defineConfig({
  root: import.meta.dirname,
  base: '/window/',
  plugins: [plainDynamicImports],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/window',
    emptyOutDir: true,
    target: ['chrome119', 'firefox128', 'safari16.4'],
    // An inlined asset would be a data: address, which the window's content security policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      output: {
        // The two catalogues of a language are told apart by their names: one is part of the window's weight, the other is not.
        chunkFileNames: ({ facadeModuleId, name }) =>
          `assets/${facadeModuleId?.includes('/catalogues/more/') ? 'further-' : ''}${name}-[hash].js`,
      },
    },
  },
})
