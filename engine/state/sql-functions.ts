import type Database from 'better-sqlite3';

/** What conditions of searches may call: readers evaluate them, and batch operations that work by a filter. */
export function defineSqlFunctions(db: Database.Database): void {
  db.function('java_hash', { deterministic: true }, javaHash);
}

/** String.hashCode of Java: Camunda groups incidents by it (`incidentErrorHashCode`). */
function javaHash(text: unknown) {
  let hash = 0;
  for (const unit of String(text).split('')) hash = (Math.imul(31, hash) + unit.charCodeAt(0)) | 0;
  return hash;
}
