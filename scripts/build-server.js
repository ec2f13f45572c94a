// The server as plain JavaScript: dist/server/main.js and engine-thread.js. `npm start` runs these, since loading some
// eight hundred TypeScript files one by one takes longer than everything else a start does. Packages stay outside.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Another folder of this one may be named, from which `npm start` does not run it. */
const out = join(root, process.env.SERVER_BUNDLE ?? 'dist/server');

/** A file finds its templates, messages and drawings beside its source, wherever its code is bundled to. */
const ownPlace = {
  name: 'own-place',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

await build({
  entryPoints: [
    { in: join(root, 'main.ts'), out: 'main' },
    { in: join(root, 'engine/thread-main.ts'), out: 'engine-thread' },
  ],
  absWorkingDir: root,
  outdir: out,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  supported: { 'import-attributes': true },
  format: 'esm',
  sourcemap: 'linked',
  chunkNames: 'chunk-[hash]',
  plugins: [ownPlace],
  logLevel: 'warning',
});
// absolute paths are in the bundle: in another folder it is built anew
writeFileSync(join(out, 'root.txt'), root);
