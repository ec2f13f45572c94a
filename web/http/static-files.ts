import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'public');
const YEAR_MS = 365 * 24 * 3_600_000;
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

export interface StaticFiles {
  handler: RequestHandler;
  /** `look.css` → `/assets/look-A1B2C3.css`; the name changes with the content, so it may be kept for a year. */
  address(name: string): string;
}

/** What `npm run build` wrote, compressed ahead. Without a build pages still answer, unstyled: tests need none. */
export function openStaticFiles(): StaticFiles {
  const manifestFile = join(BUILT, 'manifest.json');
  const built = existsSync(manifestFile);
  const manifest = built ? (JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, string>) : {};
  const files = new Set(built ? readdirSync(BUILT) : []);
  const router = express.Router();
  router.use((req, res, next) => {
    const encoding = ENCODINGS.find(
      ({ name, ending }) => files.has(req.path.slice(1) + ending) && req.acceptsEncodings(name),
    );
    if (encoding) {
      res.type(req.path.slice(req.path.lastIndexOf('.') + 1));
      res.setHeader('content-encoding', encoding.name);
      req.url = req.path + encoding.ending;
    }
    res.vary('accept-encoding');
    next();
  });
  router.use(
    express.static(BUILT, {
      index: false,
      immutable: true,
      maxAge: YEAR_MS,
      // The type was set from the name before compression.
      setHeaders: (res, path) => {
        if (/\.js\.(br|gz)$/.test(path)) res.setHeader('content-type', 'text/javascript; charset=utf-8');
        if (/\.css\.(br|gz)$/.test(path)) res.setHeader('content-type', 'text/css; charset=utf-8');
      },
    }),
  );
  router.use((_req, res) => {
    res.removeHeader('content-encoding');
    res.status(404).type('text').send('not found');
  });
  return { handler: router, address: (name) => `/assets/${manifest[name] ?? name}` };
}
