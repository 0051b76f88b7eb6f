import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const entries = Object.fromEntries(Object.entries({
  main: 'src-main/main.ts', practice: 'src-main/practice/process.ts', cli: 'src-main/cli/main.ts', import: 'src-main/ipc/import/process.ts',
}).map(([name, path]) => [name, resolve(path)] as const).filter(([, path]) => existsSync(path)));

// Native code and the practice provider's server stay packages; everything else is in the bundle, so that what runs is what was built.
const external = ['electron', 'keytar', 'oidc-provider'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main', sourcemap: false, externalizeDeps: false,
      rollupOptions: { input: entries, external, output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload', sourcemap: false, externalizeDeps: false,
      // A sandboxed preload script is CommonJS and one file.
      rollupOptions: { input: resolve('src-main/preload.ts'), external: ['electron'], output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [svelte()],
    build: {
      outDir: 'out/renderer', sourcemap: false, minify: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0,
      rollupOptions: { input: resolve('src-renderer/index.html') },
    },
  },
});
