import { camundaVersion } from '../rest/version.ts';
import { elementTables } from './bpmn-elements.ts';
import { eventTables } from './bpmn-events.ts';
import { feelFunctions } from './feel-functions.ts';
import { identityOperations } from './rest-identity.ts';
import { processOperations } from './rest-operations.ts';
import type { Row } from './row.ts';
import { rpcs } from './rpcs.ts';

const introduction = `# Compatibility with Camunda ${camundaVersion}

What of Camunda the embedded engine does: **full**, **partial** (with what is missing) or **none** (with the reason). Written by \`npm run compatibility\` from the tables in \`engine/compatibility/\`; their tests run every element's model, call every operation, every rpc and every function, so that no line says more than is true.
`;

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(heads: string[], rows: string[][]) {
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${' --- |'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

function section(
  title: string,
  first: string,
  tables: [title: string, rows: Row[]][],
  firstCell: (row: Row) => string,
) {
  const parts = tables.map(([name, rows]) => {
    const lines = rows.map((row) => [firstCell(row), row.state, row.note ?? '']);
    return `### ${name}\n\n${table([first, 'state', 'remark'], lines)}\n`;
  });
  return `## ${title}\n\n${count(tables.flatMap(([, rows]) => rows))}\n\n${parts.join('\n')}`;
}

function count(rows: Row[]) {
  const of = (state: Row['state']) => rows.filter((row) => row.state === state).length;
  return `${rows.length}: ${of('full')} full, ${of('partial')} partial, ${of('none')} none.`;
}

/** docs/compatibility.md, whole. */
export function compatibilityDocument(): string {
  const bpmn = [...elementTables, ...eventTables].map(({ title, rows }) => [title, rows] as [string, Row[]]);
  const operations = Object.entries({ ...processOperations, ...identityOperations });
  const printOperation = (row: Row) => `\`${row.name}\``;
  return [
    introduction,
    section('BPMN', 'element', bpmn, (row) => row.name),
    section('REST API v2', 'method of the client', operations, printOperation),
    section('Zeebe gRPC', 'rpc', [['Gateway', rpcs]], printOperation),
    section('FEEL functions', 'function', Object.entries(feelFunctions), (row) => `${row.name}()`),
  ].join('\n');
}
