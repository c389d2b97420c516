import { collection } from '../../state/collection.ts';
import type { PrincipalIds } from '../iam/principal-ids.ts';

/** A function with everything that belongs to it, by name: one record, so that every change is one write. */
export interface FunctionRecord {
  readonly FunctionName: string;
  /** Without a qualifier. */
  readonly FunctionArn: string;
  readonly latest: VersionRecord;
  /** Published ones, the oldest first. */
  readonly versions: readonly VersionRecord[];
  /** How many versions were ever published: numbers aren't reused. */
  readonly published: number;
  readonly aliases: Readonly<Record<string, AliasRecord>>;
  /** Resource policies by qualifier; the function's own has the key `''`. */
  readonly policies: Readonly<Record<string, PolicyRecord>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Set by PutFunctionConcurrency. */
  readonly reservedConcurrency?: number;
}

/** Code and configuration of `$LATEST` or of a published version. */
export interface VersionRecord {
  /** `$LATEST` or a number. */
  readonly Version: string;
  readonly Description: string;
  readonly Runtime: string;
  readonly Handler: string;
  /** The ARN of the function's execution role. */
  readonly Role: string;
  /** Seconds. */
  readonly Timeout: number;
  /** MB. */
  readonly MemorySize: number;
  /** Environment variables as given; they can contain the placeholder for this account's address. */
  readonly Variables?: Readonly<Record<string, string>>;
  readonly Architecture: string;
  /** MB. */
  readonly EphemeralStorage: number;
  readonly LoggingConfig: LoggingRecord;
  /** Undefined means `PassThrough`. */
  readonly Tracing?: 'Active';
  /** The zip's name among the blobs: its SHA-256 in hexadecimal. */
  readonly code: string;
  /** Bytes of the zip. */
  readonly CodeSize: number;
  /** `2026-11-23T22:10:00.000+0000` */
  readonly LastModified: string;
  /** Changes with every change of the version. */
  readonly RevisionId: string;
}

export interface LoggingRecord {
  readonly LogFormat: 'Text' | 'JSON';
  readonly LogGroup: string;
  readonly ApplicationLogLevel?: string;
  readonly SystemLogLevel?: string;
}

export interface AliasRecord {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  readonly RevisionId: string;
}

/** A resource policy as GetPolicy returns it. */
export interface PolicyRecord {
  readonly RevisionId: string;
  readonly document: {
    readonly Version: '2012-10-17';
    readonly Id: 'default';
    readonly Statement: readonly PolicyStatement[];
  };
  /** Of the users and roles in it. */
  readonly principalIds?: PrincipalIds;
}

/** One statement, in AddPermission's format. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  /** Operator, condition key, value: `{ArnLike: {'AWS:SourceArn': '…'}}`. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Every function of an account and region, in the scope of `regional(call)`. */
export const functions = collection<FunctionRecord>('lambda/function');

/** A qualifier's version: `$LATEST`, a number, an alias, or none. */
export function versionOf(record: FunctionRecord, qualifier: string | undefined): VersionRecord | undefined {
  if (qualifier === undefined || qualifier === '$LATEST') return record.latest;
  const number = Object.hasOwn(record.aliases, qualifier) ? record.aliases[qualifier]?.FunctionVersion : qualifier;
  if (number === '$LATEST') return record.latest;
  return record.versions.find(({ Version }) => Version === number);
}
