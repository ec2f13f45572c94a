import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import { registerTemplateFunctions } from './template-functions.ts';

const ROOT = join(import.meta.dirname, '..');
const NO_TEMPLATES = new Set(['browser', 'messages', 'node_modules']);

export interface Views {
  render(name: string, data: Record<string, unknown>): string;
  names(): string[];
}

/** Every `*.hbs` below web/, by its path without the ending; each is a partial of the others under the same name. */
export function loadViews(): Views {
  const handlebars = Handlebars.create();
  registerTemplateFunctions(handlebars);
  const templates = new Map<string, Handlebars.TemplateDelegate>();
  for (const file of templateFiles(ROOT)) {
    const name = relative(ROOT, file)
      .replace(/\.hbs$/, '')
      .replaceAll('\\', '/');
    const source = readFileSync(file, 'utf8');
    // `preventIndent` keeps <textarea> and <pre> in partials as they were typed.
    templates.set(name, handlebars.compile(source, { preventIndent: true }));
    handlebars.registerPartial(name, source);
  }
  return {
    render: (name, data) => {
      const template = templates.get(name);
      if (!template) throw new Error(`no template ${name}`);
      return template(data);
    },
    names: () => [...templates.keys()],
  };
}

export function templateFiles(folder: string = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return NO_TEMPLATES.has(entry.name) ? [] : templateFiles(join(folder, entry.name));
    return entry.name.endsWith('.hbs') ? [join(folder, entry.name)] : [];
  });
}
