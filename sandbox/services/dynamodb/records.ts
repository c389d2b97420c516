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
  readonly encryption?: { readonly SSEType: 'KMS'; readonly KMSMasterKeyArn: string };
}

export interface PointInTimeRecovery {
  /** ISO 8601. */
  readonly since: string;
  readonly RecoveryPeriodInDays: number;
}

export const tableRecords = collection<TableRecord>('dynamodb/table');
