import { createHash } from 'node:crypto';
import published from './aws-managed-policies.json' with { type: 'json' };
import type { PolicyRecord } from './records.ts';

/**
 * Policies that AWS manages, as it publishes them (`aws iam get-policy-version`, March 2026), by ARN. Only whole
 * ones: what is not listed cannot be attached. The date is that of the default version, the only one kept
 * (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html).
 */
export const awsManagedPolicies: ReadonlyMap<string, PolicyRecord> = new Map(
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
