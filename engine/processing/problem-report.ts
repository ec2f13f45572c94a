import type { Problem } from '../model/complaint.ts';

/** Zeebe's default for `validators.results-output-max-size`: what is longer says only how much is left out. */
const maxBytes = 12 * 1024;

/** As Zeebe prints what its validators found, each element once. */
export function problemReport(problems: Problem[]): string {
  const byElement = new Map<string, Set<string>>();
  for (const { elementId, message } of problems) {
    const messages = byElement.get(elementId) ?? new Set();
    byElement.set(elementId, messages.add(message));
  }
  let left = [...byElement.values()].reduce((sum, { size }) => sum + size, 0);
  let report = '';
  for (const [id, messages] of byElement) {
    let heading = `- Element: ${id}\n`;
    for (const message of messages) {
      const longer = `${report}${heading}    - ERROR: ${message}\n`;
      const rest = left === 1 ? '' : omitted(left);
      if (Buffer.byteLength(longer) + rest.length > maxBytes) return report + omitted(left);
      report = longer;
      heading = '';
      left--;
    }
  }
  return report;
}

const omitted = (count: number): string => `and ${count} more errors and/or warnings`;
