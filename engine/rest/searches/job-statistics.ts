import type { ReadStatements, Row } from '../read-statements.ts';
import { Where, type Column } from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';

export interface JobWindow {
  /** Epoch milliseconds, both included. */
  from: number;
  to: number;
  jobType?: unknown;
}

/** A job counts where its creation, completion or last failure falls into the window. */
const kinds = {
  created: { at: 'created_at', is: '1' },
  completed: { at: 'ended_at', is: "state = 'COMPLETED'" },
  failed: { at: 'updated_at', is: "state = 'FAILED'" },
} as const;

const text = (sql: string): Column => ({ sql, type: 'string', nullable: true, hidden: true });

/** The window stands beside each job, so that the statement's text is the same for every window. */
const windowed = '(SELECT ? AS since, ? AS until) w, job';
const within = (at: string) => `${at} BETWEEN w.since AND w.until`;

const sums = Object.entries(kinds)
  .flatMap(([name, { at, is }]) => [
    `SUM(CASE WHEN ${is} AND ${within(at)} THEN 1 ELSE 0 END) AS ${name}`,
    `MAX(CASE WHEN ${is} AND ${within(at)} THEN ${at} END) AS ${name}_at`,
  ])
  .join(', ');
const inWindow = `(${Object.values(kinds)
  .map(({ at, is }) => `(${is} AND ${within(at)})`)
  .join(' OR ')})`;

function whereOf({ from, to, jobType }: JobWindow) {
  const where = new Where();
  where.parameters.push(from, to);
  if (jobType !== undefined && jobType !== null) compileProperty(text('type'), jobType, where);
  return where;
}

function sumUp(read: ReadStatements, window: JobWindow, columns = '', more = '', groupBy = '') {
  const where = whereOf(window);
  where.and(inWindow);
  if (more) where.and(more);
  return read.all<Row>(`SELECT ${columns}${sums} FROM ${windowed}${where.toSql()}${groupBy}`, ...where.parameters);
}

function metrics(row: Row) {
  return Object.fromEntries(
    Object.keys(kinds).map((name) => {
      const at = (row[`${name}_at`] ?? null) as number | null;
      const lastUpdatedAt = at === null ? null : new Date(at).toISOString();
      return [name, { count: (row[name] ?? 0) as number, lastUpdatedAt }];
    }),
  );
}

export function globalJobs(read: ReadStatements, window: JobWindow) {
  return { ...metrics(sumUp(read, window)[0]!), isIncomplete: false };
}

export function jobsByType(read: ReadStatements, window: JobWindow) {
  const rows = sumUp(read, window, 'type, COUNT(DISTINCT worker) AS workers, ', '', ' GROUP BY type ORDER BY type');
  return rows.map((row) => ({ jobType: row.type, ...metrics(row), workers: row.workers }));
}

export function jobsByWorker(read: ReadStatements, window: JobWindow) {
  const rows = sumUp(read, window, 'worker, ', "COALESCE(worker, '') <> ''", ' GROUP BY worker ORDER BY worker');
  return rows.map((row) => ({ worker: row.worker, ...metrics(row) }));
}

/** @param stepMs how long each part of the window is */
export function jobsOverTime(read: ReadStatements, window: JobWindow, stepMs: number) {
  const found = new Map<number, Row>();
  for (const [kind, { at, is }] of Object.entries(kinds)) {
    const where = whereOf(window);
    where.and(`${is} AND ${within(at)}`);
    const sql = `SELECT (${at} - w.since) / CAST(? AS INTEGER) AS part, COUNT(*) AS n, MAX(${at}) AS at
      FROM ${windowed}${where.toSql()} GROUP BY part`;
    for (const row of read.all<{ part: number; n: number; at: number }>(sql, stepMs, ...where.parameters)) {
      found.set(row.part, { ...found.get(row.part), [kind]: row.n, [`${kind}_at`]: row.at });
    }
  }
  return [...found.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([part, row]) => ({ time: new Date(window.from + part * stepMs).toISOString(), ...metrics(row) }));
}

export function jobErrors(read: ReadStatements, window: JobWindow & { errorCode?: unknown; errorMessage?: unknown }) {
  const where = whereOf(window);
  const code = "COALESCE(error_code, '')";
  const message = "COALESCE(error_message, '')";
  if (window.errorCode) compileProperty(text(code), window.errorCode, where);
  if (window.errorMessage) compileProperty(text(message), window.errorMessage, where);
  where.and(`state IN ('FAILED', 'ERROR_THROWN') AND ${within('COALESCE(updated_at, ended_at)')}`);
  const sql = `SELECT ${code} AS errorCode, ${message} AS errorMessage, COUNT(DISTINCT worker) AS workers
    FROM ${windowed}${where.toSql()} GROUP BY 1, 2 ORDER BY 1, 2`;
  return read.all<Row>(sql, ...where.parameters);
}
