import test from 'ava';
import { RandomWorld } from '../testing/random-world.ts';

/** RANDOM_WORLDS=2000 looks longer, RANDOM_SEED=n begins elsewhere. */
const worlds = Number(process.env.RANDOM_WORLDS ?? 15);
const firstSeed = Number(process.env.RANDOM_SEED ?? 1);

test('whatever is drawn and whatever happens, the books are right after every step', async (t) => {
  for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
    const world = new RandomWorld(seed);
    for (const name of ['one', 'two', 'three']) {
      await world.begin(name);
      for (let turn = 1; turn <= 60; turn++) {
        await world.turn();
        t.deepEqual(world.broken(), [], `seed ${seed}, process ${name}, turn ${turn}`);
      }
    }
    t.is(await world.end(), 0, `seed ${seed}: everything ends when it is told to`);
    t.deepEqual(world.broken(), [], `seed ${seed}, at the end`);
    await world.close();
  }
});
