import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Engine } from '../../engine.ts';
import { openEngine } from '../../open-engine.ts';
import { Actor } from './actor.ts';
import { draw } from './draw.ts';
import { Reference } from './interpreter.ts';
import { EnginePicture, pictureOf, type Picture } from './picture.ts';
import { calledId, planned } from './plan.ts';
import type { Action, Story } from './process-tree.ts';

/** Is told what each of them shows after something was done; throws where that is not the same. */
type Differ = (engine: Picture, reference: Picture, after: string) => void;

const mostTimes = 4;

/** Plays stories in an engine and in the reference interpreter, and gives what each of them shows after every step. */
export class SideBySide {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'engine-reference-'));
  readonly #engine: Engine;
  readonly #db: Database.Database;
  readonly #picture: EnginePicture;
  #now = Date.UTC(2030, 0, 1);

  constructor() {
    const file = path.join(this.#folder, 'engine.sqlite');
    this.#engine = openEngine({ file });
    this.#db = new Database(file, { readonly: true });
    this.#picture = new EnginePicture(this.#db);
  }

  async close(): Promise<void> {
    this.#db.close();
    await this.#engine.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @returns how many steps were compared; throws where the two part. */
  async play(story: Story, differ: Differ): Promise<number> {
    const main = planned('p', story.main, true);
    const called = planned(calledId, story.called, false);
    const calls = JSON.stringify(story.main).includes('"call"');
    const resources = (calls ? [main, called] : [main]).map((process) => ({
      name: `${process.id}.bpmn`,
      content: new TextEncoder().encode(draw(process)),
    }));
    await this.#engine.execute({ type: 'clock.pin', timestampMs: this.#now });
    await this.#engine.execute({ type: 'deployment.create', resources });
    const reference = () => new Reference(main, called, this.#now);
    let steps = 0;
    // what ends before its time is played again, with what would have been done to it
    for (let times = 0; times < mostTimes && steps < story.actions.length; times++) {
      const done = await this.#playOnce(reference(), story.actions.slice(steps), differ);
      if (done === 0) break;
      steps += done;
    }
    return steps;
  }

  async #playOnce(reference: Reference, actions: Action[], differ: Differ): Promise<number> {
    const { processInstanceKey } = await this.#engine.execute({
      type: 'process-instance.create',
      processDefinitionId: 'p',
      variables: { base: 1 },
    });
    const actor = new Actor(this.#engine, this.#db, this.#picture, processInstanceKey, reference);
    const compare = (after: string) => differ(this.#picture.of(processInstanceKey), pictureOf(reference), after);
    try {
      compare('the start');
      let steps = 0;
      for (const action of actions) {
        const done = await actor.act(action);
        if (done === undefined) break;
        compare(done);
        steps++;
      }
      // one that ends already, because all in it was taken away, can't be cancelled
      if (reference.lives.length > 0 && reference.root.state !== 'ending') {
        await this.#engine.execute({ type: 'process-instance.cancel', processInstanceKey });
        reference.cancel();
        compare('the cancellation');
      }
      // listeners of tasks hear of their end
      while (reference.lives.length > 0) {
        const done = await actor.act({ kind: 'job', pick: 0 });
        if (done === undefined) throw new Error('a cancelled instance waits for nothing and does not end');
        compare(done);
      }
      return steps;
    } finally {
      this.#now = reference.now;
      await this.#engine.execute({ type: 'process-instance.cancel', processInstanceKey }).catch(() => undefined);
    }
  }
}
