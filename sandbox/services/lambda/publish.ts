import type { FunctionRecord, VersionRecord } from './records.ts';

/** The record with `$LATEST` published as a version; if nothing changed since the last one, that is it. */
export function publish(
  record: FunctionRecord,
  description?: string,
): { published: FunctionRecord; version: VersionRecord } {
  const last = record.versions.at(-1);
  // A publication keeps the revision of what was published, so that identical ones are recognized.
  if (last !== undefined && last.RevisionId === record.latest.RevisionId) return { published: record, version: last };
  const version: VersionRecord = {
    ...record.latest,
    Version: String(record.published + 1),
    Description: description ?? record.latest.Description,
  };
  return {
    published: { ...record, versions: [...record.versions, version], published: record.published + 1 },
    version,
  };
}
