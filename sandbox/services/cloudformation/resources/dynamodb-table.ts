import { changedProperties, isSame } from '../engine/compare.ts';
import { physicalName } from '../engine/names.ts';
import type { Tag } from '../records.ts';
import { ifThere, isThere } from './if-there.ts';
import type { Resource, ResourceCall, ResourceType } from './resource-type.ts';
import { type Index, indexUpdates } from './table-indexes.ts';
import { tableGone, tableReady } from './table-state.ts';
import { allTags, tagChanges } from './tags.ts';

export interface TableProperties {
  readonly KeySchema: readonly object[];
  readonly AttributeDefinitions?: readonly object[];
  readonly BillingMode?: string;
  readonly DeletionProtectionEnabled?: boolean;
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly object[];
  readonly PointInTimeRecoverySpecification?: {
    readonly PointInTimeRecoveryEnabled?: boolean;
    readonly RecoveryPeriodInDays?: number;
  };
  readonly ProvisionedThroughput?: object;
  readonly SSESpecification?: {
    readonly SSEEnabled: boolean;
    readonly SSEType?: string;
    readonly KMSMasterKeyId?: string;
  };
  readonly TableClass?: string;
  readonly TableName?: string;
  readonly Tags?: readonly Tag[];
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: boolean };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const dynamoDBTable = {
  properties: {
    KeySchema: 'replace',
    AttributeDefinitions: 'update',
    BillingMode: 'update',
    DeletionProtectionEnabled: 'update',
    GlobalSecondaryIndexes: 'update',
    LocalSecondaryIndexes: 'replace',
    PointInTimeRecoverySpecification: 'update',
    ProvisionedThroughput: 'update',
    SSESpecification: 'update',
    TableClass: 'update',
    TableName: 'replace',
    Tags: 'update',
    TimeToLiveSpecification: 'update',
  },
  replacesIf: { AttributeDefinitions: editsDefinition },
  required: ['KeySchema'],
  members: {
    PointInTimeRecoverySpecification: ['PointInTimeRecoveryEnabled', 'RecoveryPeriodInDays'],
    SSESpecification: ['KMSMasterKeyId', 'SSEEnabled', 'SSEType'],
    TimeToLiveSpecification: ['AttributeName', 'Enabled'],
  },
  numbers: ['ReadCapacityUnits', 'RecoveryPeriodInDays', 'WriteCapacityUnits'],
  booleans: ['DeletionProtectionEnabled', 'Enabled', 'PointInTimeRecoveryEnabled', 'SSEEnabled'],
  taggable: true,
  attributes: ['Arn'],
  identify: (resource, { ids }) => resource.properties.TableName ?? physicalName(resource, 255, ids),
  exists: ({ physicalId }, { perform }) => isThere(perform('dynamodb', 'DescribeTable', { TableName: physicalId })),
  async create(resource, call) {
    const { physicalId: TableName, properties } = resource;
    const { PointInTimeRecoverySpecification, TimeToLiveSpecification, SSESpecification, ...members } = properties;
    await call.perform('dynamodb', 'CreateTable', {
      ...members,
      SSESpecification: SSESpecification && encryption(SSESpecification),
      TableName,
      Tags: allTags(resource),
    });
    await tableReady(TableName, call);
    if (TimeToLiveSpecification?.Enabled) await expire(TableName, undefined, TimeToLiveSpecification, call);
    if (PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled) await keepPoints(resource, call);
    return { attributes: attributes(resource, call) };
  },
  async update(resource, former, call) {
    const { physicalId: TableName, properties } = resource;
    const changed = changedProperties({ ...former.properties }, { ...properties });
    await updateTable(resource, changed, call);
    await tableReady(TableName, call);
    if (changed.includes('TimeToLiveSpecification')) {
      const { TimeToLiveSpecification: before } = former.properties;
      await expire(TableName, before, properties.TimeToLiveSpecification, call);
    }
    if (changed.includes('PointInTimeRecoverySpecification')) await keepPoints(resource, call);
    const { add, remove } = tagChanges(allTags(former), allTags(resource));
    const ResourceArn = attributes(resource, call).Arn;
    if (add.length > 0) await call.perform('dynamodb', 'TagResource', { ResourceArn, Tags: add });
    if (remove.length > 0) await call.perform('dynamodb', 'UntagResource', { ResourceArn, TagKeys: remove });
    return attributes(resource, call);
  },
  async delete({ physicalId: TableName }, call) {
    await ifThere(tableReady(TableName, call));
    await ifThere(call.perform('dynamodb', 'DeleteTable', { TableName }));
    await tableGone(TableName, call);
  },
} satisfies ResourceType<TableProperties>;

/**
 * Returns whether an attribute that stays has another type: "Replacement if you edit an existing AttributeDefinition".
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html#cfn-dynamodb-table-attributedefinitions
 */
function editsDefinition(before: unknown, after: unknown): boolean {
  const types = (definitions: unknown) =>
    new Map((Array.isArray(definitions) ? definitions : []).map((each) => [each?.AttributeName, each?.AttributeType]));
  const now = types(after);
  return [...types(before)].some(([name, type]) => now.has(name) && !isSame(now.get(name), type));
}

function attributes({ physicalId }: Resource<TableProperties>, { region, accountId }: ResourceCall) {
  return { Arn: `arn:aws:dynamodb:${region}:${accountId}:table/${physicalId}` };
}

/** Updates everything that UpdateTable changes: indexes one at a time. */
async function updateTable(
  resource: Resource<TableProperties>,
  changed: readonly string[],
  call: ResourceCall,
): Promise<void> {
  const { physicalId: TableName, properties } = resource;
  const { SSESpecification = { SSEEnabled: false }, BillingMode = 'PROVISIONED', ProvisionedThroughput } = properties;
  const { DeletionProtectionEnabled = false, TableClass = 'STANDARD', AttributeDefinitions } = properties;
  const input = {
    ...(changed.includes('BillingMode') ? { BillingMode } : {}),
    ...(changed.includes('ProvisionedThroughput') && ProvisionedThroughput ? { ProvisionedThroughput } : {}),
    ...(changed.includes('DeletionProtectionEnabled') ? { DeletionProtectionEnabled } : {}),
    ...(changed.includes('SSESpecification') ? { SSESpecification: encryption(SSESpecification) } : {}),
    ...(changed.includes('TableClass') ? { TableClass } : {}),
  };
  if (Object.keys(input).length > 0) await call.perform('dynamodb', 'UpdateTable', { ...input, TableName });
  if (!changed.includes('GlobalSecondaryIndexes')) return;
  for (const update of await indexUpdates(resource, call)) {
    await call.perform('dynamodb', 'UpdateTable', {
      TableName,
      AttributeDefinitions: update.Create && AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [update],
    });
    await tableReady(TableName, call);
  }
}

/** The template's names for members that the operations call something else. */
function encryption({ SSEEnabled, ...rest }: NonNullable<TableProperties['SSESpecification']>) {
  return { ...rest, Enabled: SSEEnabled };
}

/** One attribute's time to live must be disabled before another's is enabled, and not twice. */
async function expire(
  TableName: string,
  before: TableProperties['TimeToLiveSpecification'],
  wanted: TableProperties['TimeToLiveSpecification'],
  { perform }: ResourceCall,
): Promise<void> {
  const { TimeToLiveDescription: now } = await perform<{
    TimeToLiveDescription?: { AttributeName?: string; TimeToLiveStatus?: string };
  }>('dynamodb', 'DescribeTimeToLive', { TableName });
  const isOn = now?.TimeToLiveStatus === 'ENABLED';
  const attribute = now?.AttributeName ?? before?.AttributeName;
  if (isOn && (!wanted?.Enabled || wanted.AttributeName !== attribute)) {
    const TimeToLiveSpecification = { AttributeName: attribute, Enabled: false };
    await perform('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
  }
  if (wanted?.Enabled && !(isOn && wanted.AttributeName === attribute)) {
    await perform('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification: wanted });
  }
}

async function keepPoints({ physicalId: TableName, properties }: Resource<TableProperties>, { perform }: ResourceCall) {
  const PointInTimeRecoverySpecification = {
    PointInTimeRecoveryEnabled: false,
    ...properties.PointInTimeRecoverySpecification,
  };
  await perform('dynamodb', 'UpdateContinuousBackups', { TableName, PointInTimeRecoverySpecification });
}
