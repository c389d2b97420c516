import type { DescribeTableOutput } from '@aws-sdk/client-dynamodb';
import { UnsupportedError } from '../../../calls/errors.ts';
import { refuseReservedTags } from '../../../calls/reserved-tags.ts';
import { ValidationError } from '../validation-error.ts';
import { dynamoDBTable, type TableProperties } from './dynamodb-table.ts';
import { type Resource, type ResourceCall, resourceType } from './resource-type.ts';

/** The properties that a table in one Region has, too, under the same names. */
type Shared = Pick<
  TableProperties,
  | 'BillingMode'
  | 'GlobalSecondaryIndexes'
  | 'KeySchema'
  | 'LocalSecondaryIndexes'
  | 'SSESpecification'
  | 'TableName'
  | 'TimeToLiveSpecification'
>;

interface Properties extends Shared {
  readonly AttributeDefinitions: readonly object[];
  readonly Replicas: readonly Replica[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-replicaspecification.html */
interface Replica
  extends Pick<
    TableProperties,
    'DeletionProtectionEnabled' | 'PointInTimeRecoverySpecification' | 'TableClass' | 'Tags'
  > {
  readonly Region: string;
  readonly GlobalSecondaryIndexes?: readonly object[];
  readonly SSESpecification?: { readonly KMSMasterKeyId?: string };
}

/**
 * A table with one replica, in the stack's own Region: the practice account has no other. To DynamoDB, it's a table
 * like any other.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
export const dynamoDBGlobalTable = resourceType<Properties>({
  properties: {
    AttributeDefinitions: 'update',
    BillingMode: 'update',
    GlobalSecondaryIndexes: 'update',
    KeySchema: 'replace',
    LocalSecondaryIndexes: 'replace',
    Replicas: 'update',
    SSESpecification: 'update',
    TableName: 'replace',
    TimeToLiveSpecification: 'update',
  },
  replacesIf: dynamoDBTable.replacesIf,
  // AWS requires the first two unless the table replicates one of another account: GlobalTableSourceArn.
  required: ['AttributeDefinitions', 'KeySchema', 'Replicas'],
  numbers: dynamoDBTable.numbers,
  booleans: dynamoDBTable.booleans,
  taggable: true,
  attributes: ['Arn', 'TableId'],
  identify: (resource, call) => dynamoDBTable.identify(resource, call),
  exists: (resource, call) => dynamoDBTable.exists(asTable(resource, call), call),
  async create(resource, call) {
    refuseUnsupported(resource, call);
    const { attributes } = await dynamoDBTable.create(asTable(resource, call), call);
    return { attributes: { ...attributes, ...(await tableId(resource, call)) } };
  },
  async update(resource, former, call) {
    refuseUnsupported(resource, call);
    const attributes = await dynamoDBTable.update(asTable(resource, call), asTable(former, call), call);
    return { ...attributes, ...(await tableId(resource, call)) };
  },
  delete: (resource, call) => dynamoDBTable.delete(resource, call),
});

/**
 * The same resource as an AWS::DynamoDB::Table. Doesn't throw: a rollback starts from properties that were rejected.
 */
function asTable(resource: Resource<Properties>, { region }: ResourceCall): Resource<TableProperties> {
  const { Replicas, SSESpecification, ...shared } = resource.properties;
  const own: Partial<Replica> = Replicas.find(({ Region }) => Region === region) ?? {};
  const { DeletionProtectionEnabled, PointInTimeRecoverySpecification, TableClass, Tags } = own;
  const settings = { DeletionProtectionEnabled, PointInTimeRecoverySpecification, TableClass, Tags };
  const encryption = SSESpecification && { ...SSESpecification, ...own.SSESpecification };
  return { ...resource, properties: { ...shared, ...settings, SSESpecification: encryption } };
}

const ofReplicas = [
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'PointInTimeRecoverySpecification',
  'Region',
  'SSESpecification',
  'TableClass',
  'Tags',
];

function refuseUnsupported({ logicalId, properties }: Resource<Properties>, { region }: ResourceCall): void {
  const { Replicas, GlobalSecondaryIndexes = [] } = properties;
  const elsewhere = Replicas.find(({ Region }) => Region !== region);
  if (elsewhere !== undefined) {
    throw new UnsupportedError(`a replica in ${elsewhere.Region}: it has one Region, ${region}`);
  }
  const [own] = Replicas;
  if (own === undefined || Replicas.length > 1) {
    throw new ValidationError(
      `Properties validation failed for resource ${logicalId} with message:\n#/Replicas: expected item count: 1, found: ${Replicas.length}`,
    );
  }
  refuseReservedTags(own, 'cloudformation');
  refuseOthers('Replicas', [own], ofReplicas);
  refuseOthers('Replicas.GlobalSecondaryIndexes', own.GlobalSecondaryIndexes ?? [], ['IndexName']);
  refuseOthers('GlobalSecondaryIndexes', GlobalSecondaryIndexes, ['IndexName', 'KeySchema', 'Projection']);
}

/** Rejects other members than these by name; the CDK also writes settings that are off. */
function refuseOthers(place: string, items: readonly object[], known: readonly string[]): void {
  for (const [name, value] of items.flatMap((item) => Object.entries(item))) {
    if (known.includes(name) || (name === 'ContributorInsightsSpecification' && value.Enabled === false)) continue;
    throw new UnsupportedError(`the property ${place}.${name} of AWS::DynamoDB::GlobalTable`);
  }
}

async function tableId({ physicalId: TableName }: Resource<Properties>, { perform }: ResourceCall) {
  const { Table } = await perform<DescribeTableOutput>('dynamodb', 'DescribeTable', { TableName });
  return { TableId: Table?.TableId ?? '' };
}
