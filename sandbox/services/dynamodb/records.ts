import { collection } from '../../state/collection.ts';

/** What is kept of a table beside dynalite, which knows nothing of it; by name. */
export interface TableRecord {
  readonly TableName: string;
  /** The table that this is about: another of the same name has another id. */
  readonly TableId: string;
  readonly Tags: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  readonly DeletionProtectionEnabled: boolean;
  /** The attribute that holds the time to live, where it is switched on. */
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
