import type { ReadStatements, Row } from '../read-statements.ts';
import { Where, type Column } from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';

export interface JobWindow {
  /** Epoch milliseconds, both included: counts of a minute belong to it when all of them fall between. */
  from: number;
  to: number;
  jobType?: unknown;
}

const statuses = ['created', 'completed', 'failed'] as const;

const text = (sql: string): Column => ({ sql, type: 'string', nullable: true, hidden: true });

const sums = statuses.map((name) => `COALESCE(SUM(${name}), 0) AS ${name}, MAX(${name}_at) AS ${name}_at`).join(', ');

function sumUp(read: ReadStatements, { from, to, jobType }: JobWindow, columns = '', more = '', groupBy = '') {
  const where = new Where();
  // nothing that begins in the window stands in a minute before it
  where.and('bucket > ? AND first_at >= ? AND last_at <= ?', from - 60_000, from, to);
  if (jobType !== undefined && jobType !== null) compileProperty(text('type'), jobType, where);
  if (more) where.and(more);
  return read.all<Row>(`SELECT ${columns}${sums} FROM job_statistic${where.toSql()}${groupBy}`, ...where.parameters);
}

function metrics(row: Row) {
  return Object.fromEntries(
    statuses.map((name) => {
      const at = row[`${name}_at`] as number | null;
      return [name, { count: row[name] as number, lastUpdatedAt: at === null ? null : new Date(at).toISOString() }];
    }),
  );
}

export function globalJobs(read: ReadStatements, window: JobWindow) {
  return { ...metrics(sumUp(read, window)[0]!), isIncomplete: false };
}

export function jobsByType(read: ReadStatements, window: JobWindow) {
  const columns = "type, COUNT(DISTINCT NULLIF(worker, '')) AS workers, ";
  const rows = sumUp(read, window, columns, '', ' GROUP BY type ORDER BY type');
  return rows.map((row) => ({ jobType: row.type, ...metrics(row), workers: row.workers }));
}

/** A job has no worker when it is created: creations are nobody's. */
export function jobsByWorker(read: ReadStatements, window: JobWindow) {
  const rows = sumUp(read, window, 'worker, ', "worker <> ''", ' GROUP BY worker ORDER BY worker');
  return rows.map((row) => ({ worker: row.worker, ...metrics(row) }));
}

/** @param stepMs how long a part is; parts begin at its multiples, as those of Camunda's store do */
export function jobsOverTime(read: ReadStatements, window: JobWindow, stepMs: number) {
  const columns = `first_at - first_at % ${stepMs} AS part, `;
  const rows = sumUp(read, window, columns, '', ' GROUP BY part ORDER BY part');
  return rows.map((row) => ({ time: new Date(row.part as number).toISOString(), ...metrics(row) }));
}

/** Jobs created in the window that have an error: the last one that they had, whatever became of them, as in Camunda. */
export function jobErrors(
  read: ReadStatements,
  { from, to, jobType, errorCode, errorMessage }: JobWindow & { errorCode?: unknown; errorMessage?: unknown },
) {
  const code = "COALESCE(error_code, '')";
  const message = "COALESCE(error_message, '')";
  const where = new Where();
  where.and('created_at BETWEEN ? AND ?', from, to);
  where.and("(error_code IS NOT NULL OR error_message IS NOT NULL OR state IN ('FAILED', 'ERROR_THROWN'))");
  compileProperty(text('type'), jobType, where);
  if (errorCode) compileProperty(text(code), errorCode, where);
  if (errorMessage) compileProperty(text(message), errorMessage, where);
  const sql = `SELECT ${code} AS errorCode, ${message} AS errorMessage, COUNT(DISTINCT NULLIF(worker, '')) AS workers
    FROM job${where.toSql()} GROUP BY 1, 2 ORDER BY 1, 2`;
  return read.all<Row>(sql, ...where.parameters);
}
