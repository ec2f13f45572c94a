import knex, { type Knex } from 'knex';
import type { Connection } from 'mysql2';

/** Strict: a value that does not fit is refused, not cut. ONLY_FULL_GROUP_BY keeps a query's meaning that of SQLite. */
const sqlMode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO';

/**
 * @param address `mysql://user:password@host:port/schema`, `?tls=true` for a verified TLS connection.
 * READ COMMITTED: a transaction that waited for a row sees what its holder committed, as on SQLite, and locks no gaps.
 */
export function connectMysql(address: string): Knex {
  const url = new URL(address);
  const pool = knex({
    client: 'mysql2',
    compileSqlOnError: false,
    connection: {
      host: url.hostname,
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
      charset: 'utf8mb4', // knex names it in CREATE TABLE; the tables bring their collation
      timezone: 'Z',
      decimalNumbers: true,
      ...(url.searchParams.get('tls') === 'true' ? { ssl: { rejectUnauthorized: true } } : {}),
    },
    acquireConnectionTimeout: 30_000,
    pool: {
      min: 2,
      max: 12,
      afterCreate(connection: Connection, done: (error: unknown, connection: Connection) => void) {
        connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', (failed) => {
          if (failed) done(failed, connection);
          else
            connection.query(`SET SESSION sql_mode = '${sqlMode}', SESSION innodb_lock_wait_timeout = 10`, (error) =>
              done(error, connection),
            );
        });
      },
    },
  });
  // The driver's error carries the statement with its values: what people wrote must not reach a log by a failure.
  pool.on('query-error', (error: { sql?: string }) => {
    delete error.sql;
  });
  return pool;
}
