// Browser bundles: web/browser/*.ts and *.css → dist/public/<name>-<hash>.*, and manifest.json (name → file).
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const browser = join(root, 'web/browser');
const out = join(root, 'dist/public');
const startedAt = performance.now();

/** Quality 11 would take longer than the bundling itself. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };
const KEPT_MS = 3_600_000;
const COMPRESSIBLE = /\.(js|css|svg|json)$/;

const ownEntries = readdirSync(browser)
  .filter((name) => /\.(ts|css)$/.test(name) && !name.endsWith('.d.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ in: join(browser, name), out: name.replace(/\.(ts|css)$/, '') }));
const entries = [
  ...ownEntries,
  { in: join(root, 'node_modules/@tabler/core/dist/css/tabler.min.css'), out: 'tabler' },
  { in: join(root, 'node_modules/@tabler/icons-webfont/dist/tabler-icons.min.css'), out: 'tabler-icons' },
];

const { metafile } = await build({
  entryPoints: entries,
  absWorkingDir: root,
  outdir: out,
  write: true,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
  minify: true,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: '/assets',
  // Old font formats only repeat woff2, which every browser that runs these modules reads.
  loader: { '.woff2': 'file', '.woff': 'file', '.ttf': 'empty', '.eot': 'empty', '.svg': 'empty' },
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});

const manifest = {};
for (const [file, { entryPoint, cssBundle }] of Object.entries(metafile.outputs)) {
  if (!entryPoint) continue;
  const source = entries.find((entry) => entry.in === join(root, entryPoint));
  if (!source) continue;
  manifest[`${source.out}.${file.endsWith('.css') ? 'css' : 'js'}`] = basename(file);
  if (cssBundle) manifest[`${source.out}.css`] = basename(cssBundle);
}
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'icon.svg'), readFileSync(join(browser, 'icon.svg')));
manifest['icon.svg'] = 'icon.svg';

const written = new Set([...Object.keys(metafile.outputs).map((file) => basename(file)), 'icon.svg']);
// A server that runs still names the files of the build before: they go an hour later.
for (const name of readdirSync(out)) {
  const isOld = Date.now() - statSync(join(out, name)).mtimeMs > KEPT_MS;
  if (isOld && !written.has(name.replace(/\.(br|gz)$/, ''))) rmSync(join(out, name), { recursive: true });
}
for (const name of written) {
  if (!COMPRESSIBLE.test(name)) continue;
  const content = readFileSync(join(out, name));
  writeFileSync(join(out, `${name}.gz`), gzipSync(content));
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(content, BROTLI));
}
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 1));
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(`built ${Object.keys(manifest).length} entries into dist/public in ${seconds} s\n`);
