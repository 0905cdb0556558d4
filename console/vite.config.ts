import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const baton = process.env['BATON_URL'] ?? 'http://localhost:4400'

// `npm start` builds with this, into a folder of its own; `npm run dev:console` serves it with Baton's API behind it.
export default defineConfig({
  root: here,
  plugins: [react()],
  // Two of them at once must not share what they prepared.
  cacheDir: path.join(here, '..', '.cache', 'vite', new URL(baton).port),
  build: {
    outDir: path.join(here, '..', '.cache', 'console', 'by-hand'),
    emptyOutDir: true,
    // The content security policy allows no data: addresses for fonts and scripts, and no inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    proxy: {
      '/v1': {
        target: baton,
        headers: { 'sec-fetch-site': 'same-origin' },
      },
    },
  },
})
