import { defineConfig } from 'vite'

// One file without imports, under a name that stays: browsers look it up again by it. After the pages, whose build empties the folder.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    rollupOptions: {
      input: 'src/push/service-worker.ts',
      output: { format: 'iife', entryFileNames: 'service-worker.js' },
    },
  },
})
