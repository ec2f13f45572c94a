const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeXml(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x') || name.startsWith('#X')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

/**
 * Name and form id of one user task of a deployed drawing: a listener's job carries neither (processes.md 5). Looks only for that
 * element's tag; a drawing that cannot be read so answers nulls, and the task goes by its element id.
 */
export function elementOutline(xml: string, elementId: string): { name: string | null; formId: string | null } {
  for (const [whole, prefix = ''] of xml.matchAll(/<([\w-]+:)?userTask\b[^>]*>/g)) {
    if (!new RegExp(`\\sid=(["'])${elementId}\\1`).test(whole)) continue;
    const start = xml.indexOf(whole);
    const body = whole.endsWith('/>') ? '' : xml.slice(start, xml.indexOf(`</${prefix}userTask>`, start));
    const name = /\sname=(?:"([^"]*)"|'([^']*)')/.exec(whole);
    const form = /<[\w-]+:formDefinition\b[^>]*\sformId=["']([^"']+)["']/.exec(body);
    return {
      name: name
        ? decodeXml(name[1] ?? name[2] ?? '')
            .replace(/\s+/g, ' ')
            .trim() || null
        : null,
      formId: form?.[1] ?? null,
    };
  }
  return { name: null, formId: null };
}
