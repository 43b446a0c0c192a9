import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: '/desk/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // A data: address for a font or picture would need a hole in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
  },
})
