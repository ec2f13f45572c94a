import test from 'ava';
import { databases } from '../../store/testing/databases.ts';
import { openTestWeb } from '../testing/test-web.ts';

for (const database of databases) {
  test(`a session is kept in the database, lives on, and ends with signing out (${database.name})`, async (t) => {
    const web = await openTestWeb({}, database);
    t.teardown(() => web.close());
    await web.addAccount({ accountId: 'agent-01', roles: ['agent'] });
    const { agent, csrf } = await web.signIn('agent-01');
    const sessions = () => web.store.sessionsKnex('sessions').select('sid');
    t.is((await sessions()).length, 1);
    await agent.get('/account').expect(200);
    await agent.post('/logout').type('form').send({ _csrf: csrf }).expect(303);
    t.is((await agent.get('/account').set('accept', 'text/html')).status, 303);
  });

  test(`a session that cannot be prolonged costs neither the page nor the server (${database.name})`, async (t) => {
    const web = await openTestWeb({}, database);
    t.teardown(() => web.close());
    await web.addAccount({ accountId: 'agent-01', roles: ['agent'] });
    const { agent } = await web.signIn('agent-01');
    await web.store.sessionsKnex.raw(
      database.name === 'SQLite'
        ? `create trigger full_disk before update on sessions begin select raise(abort, 'the disk is full'); end`
        : `create trigger full_disk before update on sessions for each row signal sqlstate '45000'`,
    );
    // It is answered, and no rejection is left that nobody handles: that would end the process.
    t.is((await agent.get('/account').timeout(30_000)).status, 200);
  });
}
