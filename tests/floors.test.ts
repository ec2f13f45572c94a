import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which floors a floor may stand on, and which packages belong to it (design.md, "Floors"). */
const floors: Record<string, { below: string[]; packages: RegExp }> = {
  domain: { below: [], packages: /^$/ },
  engine: {
    below: [],
    packages:
      /^(better-sqlite3|bpmn-moddle|zeebe-bpmn-moddle|dmn-moddle|feelin|saxen|lezer-feel|@lezer\/.+|@bpmn-io\/lezer-feel|luxon|cron-parser|@camunda8\/orchestration-cluster-api|@camunda8\/sdk|busboy|tsx.*|@grpc\/.+|protobufjs|prom-client|zod|pino)$/,
  },
  workflows: { below: [], packages: /^(bpmnlint.*|bpmn-moddle|zeebe-bpmn-moddle|@bpmn-io\/.+|feelin)$/ },
  store: { below: ['domain'], packages: /^(knex|better-sqlite3|mysql2|tsx)$/ },
  migrations: { below: ['domain', 'store'], packages: /^knex$/ },
  camunda: {
    below: ['domain'],
    packages: /^(@camunda8\/sdk|@camunda8\/orchestration-cluster-api|bpmn-moddle|zeebe-bpmn-moddle|pino|zod)$/,
  },
  workers: { below: ['domain', 'workflows'], packages: /^(zod|pino)$/ },
  web: {
    below: ['domain', 'workflows'],
    packages:
      /^(express.*|handlebars|helmet|csrf-sync|connect-session-knex|knex|multer|exceljs|zod|@asteasolutions\/zod-to-openapi|pino|@node-rs\/argon2|htmx\.org|@tabler\/.+|bpmn-js.*|camunda-bpmn-js.*|dmn-js.*|@bpmn-io\/.+|bpmnlint.*|bpmn-moddle|zeebe-bpmn-moddle|feelin|compression|luxon|@camunda\/.+|bpmn-js-.*|diagram-js.*)$/,
  },
};
/** Tests may use test tools and reach for what they test, wherever it stands. */
const testPackages =
  /^(ava|supertest|fast-check|playwright-core|axe-core|@camunda8\/sdk|better-sqlite3|knex|bpmn-moddle|zeebe-bpmn-moddle|dmn-moddle|exceljs|express|mysql2|zod|luxon)$/;

interface SourceFile {
  name: string;
  floor: string | undefined;
  isTest: boolean;
  imports: { specifier: string; target: string | undefined; typeOnly: boolean }[];
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((entry) => {
    const file = path.join(folder, entry);
    if (statSync(file).isDirectory()) return ['node_modules', 'dist', 'data'].includes(entry) ? [] : sourceFiles(file);
    return file.endsWith('.ts') ? [file] : [];
  });
}

function read(file: string): SourceFile {
  const name = path.relative(root, file);
  const text = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|import\('([^']+)'\)/g;
  const imports = [...text.matchAll(pattern)].map((match) => {
    const specifier = (match[2] ?? match[3] ?? match[4])!;
    const target = specifier.startsWith('.')
      ? path.relative(root, path.resolve(path.dirname(file), specifier))
      : undefined;
    return { specifier, target, typeOnly: match[1] !== undefined };
  });
  const first = name.split(path.sep)[0]!;
  const isTest = /\.test\.ts$|(^|\/)testing\//.test(name) || first === 'tests';
  return { name, floor: first in floors ? first : undefined, isTest, imports };
}

const files = Object.keys(floors)
  .filter((floor) => readdirSync(root).includes(floor))
  .flatMap((floor) => sourceFiles(path.join(root, floor)))
  .map(read);

const packageOf = (specifier: string) =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]!;

test('imports go down the floors only: domain and engine never meet, web and workers never meet', (t) => {
  const climbs = files.flatMap((file) =>
    file.isTest
      ? []
      : file.imports
          .filter(({ target }) => target !== undefined)
          .filter(({ target }) => {
            const floor = target!.split(path.sep)[0]!;
            return floor !== file.floor && !floors[file.floor!]!.below.includes(floor);
          })
          .map(({ specifier }) => `${file.name} imports ${specifier}`),
  );
  t.deepEqual(climbs, []);
});

test('a package is used only on the floor that it belongs to', (t) => {
  const strangers = files.flatMap((file) =>
    file.imports
      .filter(({ target, specifier }) => target === undefined && !specifier.startsWith('node:'))
      .map(({ specifier }) => packageOf(specifier))
      .filter((name) => !floors[file.floor!]!.packages.test(name) && !(file.isTest && testPackages.test(name)))
      .map((name) => `${file.name} imports ${name}`),
  );
  t.deepEqual(strangers, []);
});

test('no file imports itself by a detour', (t) => {
  const known = new Map(files.map((file) => [file.name, file]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (name: string, trail: string[]) => {
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(name)), name].join(' → '));
      return;
    }
    state.set(name, 'open');
    for (const { target, typeOnly } of known.get(name)?.imports ?? []) {
      if (target && !typeOnly && known.has(target)) visit(target, [...trail, name]);
    }
    state.set(name, 'done');
  };
  for (const file of files) visit(file.name, []);
  t.deepEqual(cycles, []);
});

test('a source file stays under 400 lines', (t) => {
  const long = sourceFiles(root)
    .filter((file) => !/\/web\/browser\/vendor\//.test(file))
    .map((file) => ({ file: path.relative(root, file), lines: readFileSync(file, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 401);
  t.deepEqual(long, []);
});
