import type Database from 'better-sqlite3';
import type { Reference } from './interpreter.ts';
import { jobOf } from './listeners.ts';
import type { Part } from './plan.ts';

/** What is there between two steps; everything by the path of names that leads to it. */
export interface Picture {
  elements: string[];
  joins: string[];
  jobs: string[];
  tasks: string[];
  timers: string[];
  messages: string[];
  signals: string[];
  conditions: string[];
  incidents: string[];
  variables: string[];
}

export function pictureOf({ lives, armed }: Reference): Picture {
  const names = (what: { name: string }[]) => what.map(({ name }) => name).toSorted();
  const waiting = (on: Part['on']) =>
    armed
      .filter(({ part }) => part.on === on)
      .map(({ live, part }) => `${live.name} ${part.id}`)
      .toSorted();
  return {
    elements: names(lives),
    joins: lives.flatMap(({ name, waiting: flows }) => flows.map(({ to }) => `${name} ${to.id}`)).toSorted(),
    jobs: lives.flatMap((live) => (jobOf(live) === null ? [] : `${live.name} ${jobOf(live)}`)).toSorted(),
    tasks: lives
      .flatMap(({ name, task }) =>
        task ? `${name} ${task.transition?.event.toUpperCase() ?? 'CREATED'} ${task.assignee}` : [],
      )
      .toSorted(),
    timers: waiting('timer'),
    messages: waiting('message'),
    signals: waiting('signal'),
    conditions: waiting('condition'),
    incidents: names(lives.filter(({ hasIncident }) => hasIncident)),
    variables: lives
      .flatMap((live) => [...live.locals].map(([name, value]) => `${live.name} ${name} ${JSON.stringify(value)}`))
      .toSorted(),
  };
}

/** The instance and those that it has called: written so that both halves find them by an index. */
const instances = `(SELECT key, parent_element_key, element_ref, state FROM process_instance WHERE key = @rootKey
  UNION ALL SELECT key, parent_element_key, element_ref, state FROM process_instance
  WHERE root_key = @rootKey AND root_key <> key)`;

interface Row {
  key: number;
  around: number | null;
  id: string;
  isBody: number;
  round: number | null;
}

/** Reads the same from the engine's tables. */
export class EnginePicture {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  #rows<T>(sql: string, rootKey: number): T[] {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement.all({ rootKey }) as T[];
  }

  /** Names of all that is active, by key, in the order of their keys. */
  names(rootKey: number): Map<number, string> {
    const rows = this.#rows<Row>(
      `SELECT e.key, e.scope_key AS around, m.element_id AS id, e.is_body AS isBody, e.data ->> 'loopCounter' AS round
       FROM ${instances} p JOIN element_instance e ON e.process_instance_key = p.key
         JOIN element m ON m.ref = e.element_ref
       WHERE e.state = 'ACTIVE'
       UNION ALL
       SELECT p.key, p.parent_element_key, m.element_id, 0, NULL
       FROM ${instances} p JOIN element m ON m.ref = p.element_ref
       WHERE p.state = 'ACTIVE' ORDER BY 1`,
      rootKey,
    );
    const byKey = new Map(rows.map((row) => [row.key, row]));
    const nameOf = ({ around, id, isBody, round }: Row): string => {
      const outer = around === null ? undefined : byKey.get(around);
      return `${outer ? `${nameOf(outer)}/` : ''}${id}${isBody ? '*' : round === null ? '' : `#${round}`}`;
    };
    return new Map(rows.map((row) => [row.key, nameOf(row)]));
  }

  of(rootKey: number): Picture {
    const names = this.names(rootKey);
    const list = (table: string, where: string, column = 'element_instance_key', what = `''`) =>
      this.#rows<{ key: number; id: string; said: string }>(
        `SELECT x.${column} AS key, m.element_id AS id, ${what} AS said FROM ${instances} p
         JOIN ${table} x ON x.process_instance_key = p.key
         JOIN element m ON m.ref = x.${column === 'scope_key' ? 'gateway_ref' : 'element_ref'}
         WHERE ${where}`,
        rootKey,
      ).map(({ key, id, said }) => ({ name: names.get(key) ?? 'nothing active', id, said }));
    /** `what` is said of each beside the name of its element. */
    const own = (table: string, where: string, what: string) =>
      list(table, where, 'element_instance_key', what)
        .map(({ name, said }) => (said === '' ? name : `${name} ${said}`))
        .toSorted();
    const events = (table: string, where: string, column?: string) =>
      list(table, where, column)
        .map(({ name, id }) => `${name} ${id}`)
        .toSorted();
    return {
      elements: [...names.values()].toSorted(),
      joins: events('join_token', 'x.waiting = 1', 'scope_key'),
      jobs: own('job', 'x.phase < 4', 'x.type'),
      tasks: own(
        'user_task',
        `x.state NOT IN ('COMPLETED', 'CANCELED')`,
        `x.state || ' ' || coalesce(x.assignee, 'null')`,
      ),
      timers: events('timer', 'true'),
      messages: events('message_subscription', `x.state = 'CREATED'`),
      signals: events('signal_subscription', 'true'),
      conditions: events('conditional_subscription', 'true'),
      incidents: own('incident', `x.state = 'ACTIVE'`, `''`),
      variables: this.#variables(rootKey, names),
    };
  }

  /** The list of what can be begun in an ad-hoc sub-process is left out: it is as long as the model says. */
  #variables(rootKey: number, names: Map<number, string>): string[] {
    const rows = this.#rows<{ scope: number; name: string; value: string }>(
      `SELECT v.scope_key AS scope, v.name, v.value FROM ${instances} p
       JOIN variable v ON v.process_instance_key = p.key
       WHERE v.name <> 'adHocSubProcessElements'`,
      rootKey,
    );
    return rows
      .filter(({ scope }) => names.has(scope))
      .map(({ scope, name, value }) => `${names.get(scope)} ${name} ${JSON.stringify(JSON.parse(value))}`)
      .toSorted();
  }
}
