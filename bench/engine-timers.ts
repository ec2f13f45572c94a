import path from 'node:path';
import Database from 'better-sqlite3';
import { EngineClock } from '../engine/clock.ts';
import { openEngine } from '../engine/open-engine.ts';
import { deploy, fill } from './parts/deploy.ts';
import { count, figure, percentile, round, type Figure } from './parts/figure.ts';
import { inFolder } from './parts/folder.ts';
import { oneServiceTask, oneTimer } from './parts/models.ts';

const timers = count('BENCH_TIMERS', 1_000_000);
const windowMs = 60_000;
const betweenCommandsMs = 5;

/** So many timers become due within one minute, while somebody goes on creating instances. */
export function run(): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'engine.sqlite');
    const clock = new EngineClock();
    const base = Math.ceil(Date.now() / 1000) * 1000;
    clock.pin(base);
    const engine = openEngine({ file, clock });
    await deploy(engine, oneTimer('timers'));
    await deploy(engine, oneServiceTask('work', 'work'));
    const filledFrom = performance.now();
    // spread over the minute in no order: what is created last may be due first
    await fill(engine, 'timers', timers, (index) => ({
      at: new Date(base + 1 + ((index * 7919) % (windowMs - 1))).toISOString(),
    }));
    const fillSeconds = (performance.now() - filledFrom) / 1000;
    const read = new Database(file, { readonly: true });
    const waiting = read.prepare('SELECT count(*) FROM timer').pluck();
    const startedAt = performance.now();
    await engine.execute({ type: 'clock.pin', timestampMs: base + windowMs });
    const latenciesMs: number[] = [];
    for (let command = 0; ; command++) {
      const sentAt = performance.now();
      await engine.execute({ type: 'process-instance.create', processDefinitionId: 'work', variables: {} });
      latenciesMs.push(performance.now() - sentAt);
      // counting a million rows is not free: seldom
      if (command % 100 === 0 && (waiting.get() as number) === 0) break;
      await new Promise((resolve) => setTimeout(resolve, betweenCommandsMs));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const outOfOrder = countOutOfOrder(read);
    read.close();
    await engine.close();
    const details = { timers, filledPerSecond: round(timers / fillSeconds) };
    return [
      figure('engine-timers: fired', 'timers/s', { ours: timers / seconds, least: 3000 }, details),
      figure('engine-timers: fired out of order', 'timers', { ours: outOfOrder, most: 0 }),
      figure(
        'engine-timers: a command meanwhile',
        'ms (p99)',
        { ours: percentile(latenciesMs, 0.99), most: 100 },
        {
          commands: latenciesMs.length,
          medianMs: round(percentile(latenciesMs, 0.5)),
        },
      ),
    ];
  });
}

/** End events are made in the order in which timers fire: their instances' due instants must never go down. */
function countOutOfOrder(read: Database.Database): number {
  const inOrder = read.prepare(
    `SELECT v.value FROM element_instance e JOIN element m ON m.ref = e.element_ref
       JOIN variable v ON v.process_instance_key = e.process_instance_key AND v.scope_key = e.process_instance_key
     WHERE m.type = 'END_EVENT' AND v.name = 'at' ORDER BY e.key`,
  );
  let [before, wrong] = ['', 0];
  for (const at of inOrder.pluck().iterate() as Iterable<string>) {
    if (at < before) wrong++;
    before = at;
  }
  return wrong;
}
