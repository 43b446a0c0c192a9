import { defineConfig } from 'vite'

// The loader: one classic script that a page of anybody's can carry.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: ['chrome119', 'firefox128', 'safari16.4'],
    lib: { entry: 'src/loader/main.ts', formats: ['iife'], name: 'parleyLoader', fileName: () => 'parley.js' },
  },
})
