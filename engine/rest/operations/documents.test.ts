import { existsSync, readdirSync } from 'node:fs';
import test from 'ava';
import { Scene } from '../../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());
const { client, engine } = scene;

async function upload(where: string, parts: [name: string, content: string | Blob, fileName?: string][]) {
  const form = new FormData();
  for (const [name, content, fileName] of parts) {
    if (typeof content === 'string') form.append(name, content);
    else form.append(name, content, fileName);
  }
  const response = await fetch(`${engine.address}/v2/documents${where}`, { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as any };
}

const file = (text: string, type = 'text/plain') => new Blob([text], { type });

test.serial('a document is stored, read by its hash, and deleted', async (t) => {
  const created = (await client.createDocument({
    file: new File(['hello'], 'hello.txt', { type: 'text/plain' }),
    metadata: { customProperties: { colour: 'red' }, processInstanceKey: '7' },
  } as never)) as any;
  t.like(created, {
    'camunda.document.type': 'camunda',
    storeId: 'local',
    metadata: { fileName: 'hello.txt', contentType: 'text/plain', size: 5, processInstanceKey: '7' },
  });
  t.deepEqual(created.metadata.customProperties, { colour: 'red' });
  const { documentId, contentHash } = created;
  const read = await fetch(`${engine.address}/v2/documents/${documentId}?contentHash=${contentHash}`);
  t.is(read.headers.get('content-type'), 'text/plain');
  t.is(await read.text(), 'hello');
  await client.deleteDocument({ documentId } as never);
  t.is((await engine.request('GET', `/v2/documents/${documentId}?contentHash=${contentHash}`)).status, 404);
  await t.notThrowsAsync(() => client.deleteDocument({ documentId } as never) as Promise<unknown>);
});

test.serial('bytes come back as they went in', async (t) => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
  const { body } = await upload('', [['file', new Blob([bytes]), 'noise.bin']]);
  t.is(body.metadata.contentType, 'application/octet-stream');
  const read = await fetch(`${engine.address}/v2/documents/${body.documentId}?contentHash=${body.contentHash}`);
  t.true(Buffer.from(await read.arrayBuffer()).equals(bytes));
});

test.serial('a batch takes metadata by position and tells which file has failed', async (t) => {
  const made = (await client.createDocuments({
    files: [new File(['a'], 'a.txt'), new File(['b'], 'b.txt')],
    metadataList: [{ fileName: 'first.txt' }, { contentType: 'text/css' }],
  } as never)) as any;
  t.deepEqual(made.failedDocuments, []);
  t.deepEqual(
    made.createdDocuments.map((document: any) => document.metadata.fileName),
    ['first.txt', 'b.txt'],
  );
  t.is(made.createdDocuments[1].metadata.contentType, 'text/css');
  const asArray = await upload('/batch', [
    ['files', file('a'), 'a'],
    ['metadataList', file('[{"fileName":"z"}]', 'application/json'), 'blob'],
  ]);
  t.is(asArray.status, 201);
  t.is(asArray.body.createdDocuments[0].metadata.fileName, 'z');
  const uneven = await upload('/batch', [
    ['files', file('a'), 'a'],
    ['metadataList', '[{},{}]'],
  ]);
  t.is(uneven.status, 400);
  t.regex(uneven.body.detail, /metadataList length \(2\) does not match files length \(1\)/);
});

test.serial('an id of one’s own is taken once, whatever it looks like', async (t) => {
  for (const id of ['invoice-1', '../../escape', '文件']) {
    const where = `?documentId=${encodeURIComponent(id)}`;
    const first = await upload(where, [['file', file('x'), 'x']]);
    t.is(first.body.documentId, id);
    const second = await upload(where, [['file', file('y'), 'y']]);
    t.is(second.status, 409);
    t.is(second.body.detail, `Document with id '${id}' already exists`);
    const read = await engine.request('GET', `/v2/documents/${encodeURIComponent(id)}`);
    t.regex(read.body.detail, /^No document hash provided for document /);
  }
});

test.serial('after its time a document is not there and leaves the disk', async (t) => {
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const { body } = await upload('', [
    ['file', file('soon gone'), 'x'],
    ['metadata', JSON.stringify({ expiresAt })],
  ]);
  const where = `/v2/documents/${body.documentId}?contentHash=${body.contentHash}`;
  t.is((await fetch(`${engine.address}${where}`)).status, 200);
  await engine.request('PUT', '/v2/clock', { timestamp: Date.now() + 3_600_000 });
  t.is((await engine.request('GET', where)).status, 404);
  const folder = `${engine.dataDir}/documents`;
  const name = Buffer.from(body.documentId).toString('base64url');
  t.true(existsSync(`${folder}/${name}`));
  await upload('', [['file', file('next'), 'x']]);
  t.false(readdirSync(folder).some((found) => found.startsWith(name)));
  await engine.request('POST', '/v2/clock/reset');
});

test.serial('what makes no sense is refused in Camunda’s words', async (t) => {
  const { body } = await upload('', [['file', file('x'), 'x']]);
  const one = `/v2/documents/${body.documentId}`;
  const wrongHash = await engine.request('GET', `${one}?contentHash=abc`);
  t.is(wrongHash.status, 400);
  t.regex(wrongHash.body.detail, /doesn't match the provided hash abc/);
  t.regex(
    (await engine.request('GET', `${one}?storeId=aws`)).body.detail,
    /Document store with id 'aws' does not exist/,
  );
  const link = await engine.request('POST', `${one}/links?contentHash=${body.contentHash}`, {});
  t.is(link.status, 403);
  t.regex(link.body.detail, /does not support creating links/);
  t.is((await engine.request('POST', `${one}/links`, { timeToLive: 0 })).status, 400);
  t.is((await upload('', [['other', file('x'), 'x']])).body.detail, "Required part 'file' is not present.");
  t.is((await upload('/batch', [['file', file('x'), 'x']])).status, 400);
  const odd = async (metadata: unknown) =>
    upload('', [
      ['file', file('x'), 'x'],
      ['metadata', JSON.stringify(metadata)],
    ]);
  t.regex((await odd({ fileName: ' ' })).body.detail, /The file name must not be empty, if present/);
  t.regex((await odd({ expiresAt: 'tomorrow' })).body.detail, /expiresAt 'tomorrow' cannot be parsed as a date/);
  t.regex((await odd({ colour: 'red' })).body.detail, /\[colour\]/);
  t.is(
    (
      await upload('', [
        ['file', file('x'), 'x'],
        ['metadata', '{'],
      ])
    ).status,
    400,
  );
  const large = await upload('', [['file', new Blob([Buffer.alloc(11 * 1024 * 1024)]), 'x']]);
  t.is(large.status, 413);
  const json = await engine.request('POST', '/v2/documents', { file: 'x' });
  t.is(json.status, 415);
});
