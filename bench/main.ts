/** `npm run bench -- NAME`: runs bench/NAME.ts, which prints one line of JSON for each figure. */
const name = process.argv[2];
if (!name || !/^[a-z-]+$/.test(name)) {
  process.stderr.write('Which measure? npm run bench -- NAME, where bench/NAME.ts is one of the files here.\n');
  process.exit(1);
}
const measure = (await import(`./${name}.ts`)) as { run: () => Promise<object[]> };
for (const figure of await measure.run()) process.stdout.write(`${JSON.stringify(figure)}\n`);
