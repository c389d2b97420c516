import { collection } from '../../state/collection.ts';

/** A role as the account keeps it, by name, in the account's global scope. */
export interface RoleRecord {
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly Path: string;
  /** ISO 8601. */
  readonly CreateDate: string;
  /** JSON text, as given; IAM's answers carry it percent-encoded. */
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  /** Seconds. */
  readonly MaxSessionDuration: number;
  readonly PermissionsBoundary?: string;
  readonly Tags: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  /** Inline policies: name to JSON text. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of attached managed policies. */
  readonly attached: readonly string[];
}

export const roles = collection<RoleRecord>('iam/role');
