import type { CreateTableInput, UpdateTableInput } from '@aws-sdk/client-dynamodb';
import type { Call } from '../../calls/context.ts';
import { UnsupportedError } from '../../calls/errors.ts';
import type { TableRecord } from './records.ts';

type Input = Partial<CreateTableInput> & Pick<Partial<UpdateTableInput>, 'ReplicaUpdates'>;
type Settings = Pick<TableRecord, 'DeletionProtectionEnabled' | 'encryption'>;

/** Settings of CreateTable and UpdateTable that dynalite doesn't know, removed from their input. */
export function takeSettings<T extends Input>(
  input: T,
  before: Settings,
  call: Call<never>,
): {
  rest: Omit<T, 'DeletionProtectionEnabled' | 'SSESpecification' | 'TableClass' | 'StreamSpecification' | 'Tags'>;
  settings: Settings;
} {
  const { DeletionProtectionEnabled, SSESpecification, TableClass, StreamSpecification, Tags: _tags, ...rest } = input;
  if (TableClass !== undefined && TableClass !== 'STANDARD') {
    throw new UnsupportedError(`the table class ${TableClass} of DynamoDB`);
  }
  if (StreamSpecification?.StreamEnabled === true) throw new UnsupportedError('DynamoDB Streams');
  const encryption =
    SSESpecification === undefined
      ? before.encryption
      : SSESpecification.Enabled === true
        ? { SSEType: 'KMS' as const, KMSMasterKeyArn: keyArn(SSESpecification.KMSMasterKeyId, call) }
        : undefined;
  return {
    rest,
    settings: {
      DeletionProtectionEnabled: DeletionProtectionEnabled ?? before.DeletionProtectionEnabled,
      encryption,
    },
  };
}

/** The ARN of the given key, or of the key that AWS manages for DynamoDB. */
function keyArn(id: string | undefined, { accountId, region }: Call<never>): string {
  if (id?.startsWith('arn:')) return id;
  return `arn:aws:kms:${region}:${accountId}:${id === undefined ? 'alias/aws/dynamodb' : id.startsWith('alias/') ? id : `key/${id}`}`;
}
