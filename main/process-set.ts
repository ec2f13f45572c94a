import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../workflows/', import.meta.url);

/** The processes, decisions and forms that this version ships. */
export function shippedProcessSet(): { name: string; content: string }[] {
  return readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(bpmn|dmn|form)$/.test(name) && !/test|node_modules/.test(name))
    .map((name) => ({
      name: name.replace(/^.*[/\\]/, ''),
      content: readFileSync(fileURLToPath(new URL(name, folder)), 'utf8'),
    }));
}
