import path from 'node:path';
import Database from 'better-sqlite3';
import { Engine as PeerEngine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import { concurrently } from './deploy.ts';
import { inFolder } from './folder.ts';
import { peersTwoTasks } from './models.ts';

/**
 * bpmn-engine 25, the JavaScript engine nearest to ours, as durable as ours: its whole state is written to SQLite at
 * every wait (WAL, synchronous=FULL).
 * @returns instances per second
 */
export function measurePeer(instances: number): Promise<number> {
  return inFolder(async (folder) => {
    const db = new Database(path.join(folder, 'peer.sqlite'));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec('CREATE TABLE state (key INTEGER PRIMARY KEY, state TEXT NOT NULL)');
    const save = db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)');
    // read once for all instances, as ours
    const moddleContext = await new BpmnModdle().fromXML(peersTwoTasks('bench'));
    const runOne = async (key: number) => {
      const engine = new PeerEngine({ name: `bench ${key}`, moddleContext, variables: { large: true } });
      const execution = await engine.execute();
      for (const id of ['first', 'second']) {
        save.run(key, JSON.stringify(execution.getState()));
        execution.signal({ id });
      }
      save.run(key, JSON.stringify(execution.getState()));
      if (execution.state !== 'idle') throw new Error('the peer has not come to its end');
    };
    let next = 0;
    // its first instances find cold code, as ours do not
    for (; next < Math.ceil(instances / 10); next++) await runOne(-next - 1);
    next = 0;
    const startedAt = performance.now();
    await concurrently(32, () => (next < instances ? runOne(next++) : undefined));
    const seconds = (performance.now() - startedAt) / 1000;
    db.close();
    return instances / seconds;
  });
}
