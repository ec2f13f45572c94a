import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { openTestWeb, type TestWeb } from '../testing/test-web.ts';

let web: TestWeb;
let server: Server;
test.before(async () => {
  web = await openTestWeb();
  await web.addAccount({ accountId: 'agent-01', roles: ['agent'] });
  // Whoever asks for events is gone before anything looks at what was asked.
  server = createServer((req, res) => {
    if (req.url !== '/events') return web.express(req, res);
    req.socket.once('close', () => web.express(req, res));
    req.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.after.always(async () => {
  server.closeAllConnections();
  server.close();
  await web.close();
});

const runningTimers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

test('a page that is left before it listens leaves nothing behind that runs for it', async (t) => {
  const { agent } = await web.signIn('agent-01');
  const cookie = (await agent.get('/account')).request.cookies;
  const before = runningTimers();
  const { port } = server.address() as AddressInfo;
  for (let time = 0; time < 5; time++) {
    await new Promise((resolve) =>
      get({ host: '127.0.0.1', port, path: '/events', headers: { cookie } }).on('error', resolve),
    );
    // By now the room has looked up who asked, and has begun or let it be.
    await agent.get('/account').expect(200);
  }
  t.is(runningTimers(), before);
});
