import { defineConfig } from 'vite'

// One file without imports, under a name that stays: browsers look it up again by it.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    rolldownOptions: {
      input: 'src/service-worker.ts',
      output: { format: 'iife', entryFileNames: 'window-worker.js' },
    },
  },
})
