import test from 'ava';
import supertest from 'supertest';
import { formToken, openTestWeb, PASSWORD, type TestWeb } from '../testing/test-web.ts';

let web: TestWeb;
test.before(async () => {
  web = await openTestWeb();
  await web.addAccount({ accountId: 'agent-01', roles: ['agent'] });
  await web.addAccount({ accountId: 'new-hire', roles: ['agent'], mustChangePassword: true });
});
test.after.always(() => web.close());

test('whoever is not signed in is sent to the login and comes back to where they wanted to go', async (t) => {
  const answer = await supertest(web.express).get('/tasks?queue=today').set('accept', 'text/html');
  t.is(answer.status, 303);
  t.is(answer.headers['location'], '/login?next=%2Ftasks%3Fqueue%3Dtoday');
});

test('a program that is not signed in gets 401 as problem details', async (t) => {
  const answer = await supertest(web.express).get('/account').set('accept', 'application/json');
  t.is(answer.status, 401);
  t.regex(answer.headers['content-type'] ?? '', /application\/problem\+json/);
  t.is((JSON.parse(answer.text) as { code: string }).code, 'signInNeeded');
});

test('a form without the token of its session changes nothing', async (t) => {
  const { agent } = await web.signIn('agent-01');
  const answer = await agent.post('/preferences').type('form').send({ theme: 'dark' });
  t.is(answer.status, 403);
  t.is((await web.app.stores.accounts.find('agent-01'))?.theme, 'auto');
});

test('a form sent after the session is over asks to sign in, and is not called too old', async (t) => {
  const answer = await supertest(web.express)
    .post('/tasks/1/complete')
    .set('hx-request', 'true')
    .type('form')
    .send({ _csrf: 'of a session that was' });
  t.is(answer.status, 401);
  t.is((JSON.parse(answer.text) as { code: string }).code, 'signInNeeded');
});

test('a form with the token changes language and colours, and stays on the page', async (t) => {
  await web.addAccount({ accountId: 'agent-02', roles: ['agent'] });
  const { agent, csrf } = await web.signIn('agent-02');
  const answer = await agent
    .post('/preferences')
    .type('form')
    .send({ _csrf: csrf, locale: 'en', theme: 'dark', next: '/account?saved=1' });
  t.is(answer.headers['location'], '/account?saved=1');
  const page = await agent.get('/account');
  t.regex(page.text, /<html lang="en"[^>]* data-bs-theme="dark"/);
});

test('a form leads to this server only', async (t) => {
  const { agent, csrf } = await web.signIn('agent-01');
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const answer = await agent.post('/preferences').type('form').send({ _csrf: csrf, next });
    t.is(answer.headers['location'], '/', next);
  }
});

test('pages carry a strict policy: no inline script, no frame, no foreign source', async (t) => {
  const { headers, text } = await supertest(web.express).get('/login');
  const policy = headers['content-security-policy'] ?? '';
  t.regex(policy, /script-src 'self';/);
  t.regex(policy, /script-src-attr 'none'/);
  t.regex(policy, /frame-ancestors 'none'/);
  t.is(headers['x-content-type-options'], 'nosniff');
  t.is(headers['x-powered-by'], undefined);
  t.notRegex(text, /<script(?![^>]*\ssrc=)/);
  t.notRegex(text, /\son\w+=/);
});

test('what people typed is shown as text, never as markup', async (t) => {
  const name = '<script>alert(1)</script>"><img src=x>';
  await web.addAccount({ accountId: 'agent-03', roles: ['agent'], displayName: name });
  const { agent } = await web.signIn('agent-03');
  const { text } = await agent.get('/account');
  t.notRegex(text, /<script>alert|<img src=x/);
  t.true(text.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
  const login = await supertest(web.express).get('/login?next=%22%3E%3Cscript%3Ealert(1)');
  t.notRegex(login.text, /<script>alert/);
});

test('the session is a new one after the sign-in, so that none can be planted before', async (t) => {
  const agent = supertest.agent(web.express);
  const before = await agent.get('/login');
  const planted = cookieOf(before.headers['set-cookie']);
  const after = await agent
    .post('/login')
    .type('form')
    .send({ _csrf: formToken(before.text), accountId: 'agent-01', password: PASSWORD });
  const given = cookieOf(after.headers['set-cookie']);
  t.is(after.status, 303);
  t.truthy(planted);
  t.not(given, planted);
  t.regex(String(after.headers['set-cookie']), /HttpOnly/);
  t.regex(String(after.headers['set-cookie']), /SameSite=Lax/);
});

test('a wrong password is refused in a sentence, keeps the name and no password', async (t) => {
  const agent = supertest.agent(web.express);
  const page = await agent.get('/login');
  const answer = await agent
    .post('/login')
    .type('form')
    .send({ _csrf: formToken(page.text), accountId: 'agent-01', password: 'wrong-secret' });
  t.is(answer.status, 403);
  t.regex(answer.text, /value="agent-01"/);
  t.notRegex(answer.text, /wrong-secret/);
  t.regex(answer.text, /role="alert"/);
});

test('a changed password ends the sessions opened with the old one', async (t) => {
  await web.addAccount({ accountId: 'agent-04', roles: ['agent'] });
  const office = await web.signIn('agent-04');
  const home = await web.signIn('agent-04');
  const changed = await office.agent.post('/account/password').type('form').send({
    _csrf: office.csrf,
    currentPassword: PASSWORD,
    newPassword: 'Another-Pass-2',
    repeatPassword: 'Another-Pass-2',
  });
  t.is(changed.headers['location'], '/account?saved=1');
  t.is((await office.agent.get('/account')).status, 200);
  t.is((await home.agent.get('/account').set('accept', 'text/html')).status, 303);
});

test('a password that somebody else has set is changed before anything else', async (t) => {
  const { agent } = await web.signIn('new-hire');
  const answer = await agent.get('/').set('accept', 'text/html');
  t.is(answer.headers['location'], '/account');
});

test('a body that is too large is refused before anybody reads it', async (t) => {
  const { agent, csrf } = await web.signIn('agent-01');
  const answer = await agent
    .post('/preferences')
    .type('form')
    .set('accept', 'application/json')
    .send(`_csrf=${csrf}&next=${'x'.repeat(300_000)}`);
  t.is(answer.status, 413);
  t.regex(answer.headers['content-type'] ?? '', /application\/problem\+json/);
});

test('an unknown page is a sentence, not a stack', async (t) => {
  const { agent } = await web.signIn('agent-01');
  const answer = await agent.get('/no-such-page').set('accept', 'text/html');
  t.is(answer.status, 404);
  t.notRegex(answer.text, /at .*\.ts:\d+|node_modules/);
});

test('tokens open the API without a cookie and without a form token, and nothing else', async (t) => {
  const { agent, csrf } = await web.signIn('agent-01');
  const made = await agent.post('/account/tokens').type('form').send({ _csrf: csrf, name: 'report', days: '30' });
  const token = /class="token">([^<]+)</.exec(made.text)?.[1] ?? '';
  t.regex(token, /^ldt_/);
  t.notRegex((await agent.get('/account')).text, new RegExp(token));
  const page = await supertest(web.express)
    .get('/account')
    .set('authorization', `Bearer ${token}`)
    .set('accept', 'text/html');
  t.is(page.status, 303);
  const wrong = await supertest(web.express).get('/api/tickets').set('authorization', 'Bearer ldt_wrong');
  t.is(wrong.status, 401);
});

test('whoever watches the machine asks without a login', async (t) => {
  t.is((await supertest(web.express).get('/healthz')).status, 200);
  const ready = await supertest(web.express).get('/readyz');
  t.deepEqual(ready.body, { status: 'ready', database: true, engine: true, migrations: true });
});

function cookieOf(header: unknown): string | undefined {
  return /ld-session=([^;]+)/.exec(String(header))?.[1];
}
