const messages = JSON.parse(document.body.dataset['messages'] ?? '{}') as Record<string, string>;

/** A message of the page's language; the server gives those that begin with `browser.`. */
export function say(key: string, parameters: Record<string, string | number> = {}): string {
  const text = messages[`browser.${key}`] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}
