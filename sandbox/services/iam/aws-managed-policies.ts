import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../account/package-root.ts';
import type { PolicyRecord } from './records.ts';

/** A policy as in the file beside this one. */
interface Published {
  readonly name: string;
  readonly path: string;
  readonly version: string;
  readonly date: string;
  readonly document: object;
}

let known: ReadonlyMap<string, PolicyRecord> | undefined;

/**
 * Returns AWS's managed policies as published (`aws iam get-policy-version`, March 2026), by ARN. Only complete ones:
 * others can't be attached. The date is the default version's, the only one included
 * (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html). They are read on first use,
 * because otherwise every start of the account would wait for them.
 */
export function awsManagedPolicies(): ReadonlyMap<string, PolicyRecord> {
  known ??= readPublished();
  return known;
}

function readPublished(): ReadonlyMap<string, PolicyRecord> {
  const file = join(packageRoot(), 'sandbox', 'services', 'iam', 'aws-managed-policies.json');
  const published = JSON.parse(readFileSync(file, 'utf8')) as readonly Published[];
  return new Map(
    published.map(({ name, path, version, date, document }) => {
      const Arn = `arn:aws:iam::aws:policy${path}${name}`;
      const policy: PolicyRecord = {
        PolicyName: name,
        PolicyId: `ANPA${createHash('sha256').update(name).digest('hex').toUpperCase().slice(0, 17)}`,
        Arn,
        Path: path,
        CreateDate: date,
        UpdateDate: date,
        DefaultVersionId: version,
        versions: [{ VersionId: version, Document: JSON.stringify(document), CreateDate: date }],
        versionsMade: Number(version.slice(1)),
        Tags: [],
      };
      return [Arn, policy];
    }),
  );
}
