import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { collection } from '../../state/collection.ts';

/** Data about a table that dynalite doesn't have; by name. */
export interface TableRecord {
  readonly TableName: string;
  /** The table's id: another table with the same name has another id. */
  readonly TableId: string;
  readonly Tags: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  readonly DeletionProtectionEnabled: boolean;
  /** The attribute with the time to live, if it is enabled. */
  readonly timeToLive?: string;
  readonly pointInTimeRecovery?: PointInTimeRecovery;
  /** The source of its restore. */
  readonly restored?: { readonly SourceTableArn: string /** ISO 8601. */; readonly RestoreDateTime: string };
  readonly encryption?: { readonly SSEType: 'KMS'; readonly KMSMasterKeyArn: string };
}

export interface PointInTimeRecovery {
  /** ISO 8601. */
  readonly since: string;
  readonly RecoveryPeriodInDays: number;
  /** Writes are recorded, but not yet all earlier items: recovery isn't enabled yet. */
  readonly isStarting?: true;
}

/** An item of a table as a write left it, for tables with point-in-time recovery. */
export interface TableChange {
  readonly TableId: string;
  /** Changes come in the order of their numbers. */
  readonly number: number;
  /** ISO 8601. */
  readonly at: string;
  readonly key: Readonly<Record<string, AttributeValue>>;
  /** Undefined if it was deleted. */
  readonly item?: Readonly<Record<string, AttributeValue>>;
}

export const tableRecords = collection<TableRecord>('dynamodb/table');
export const tableChanges = collection<TableChange>('dynamodb/change');
