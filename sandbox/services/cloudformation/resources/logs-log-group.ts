import { physicalName } from '../engine/names.ts';
import type { Tag } from '../records.ts';
import { ifThere } from './if-there.ts';
import { type Resource, type ResourceCall, resourceType } from './resource-type.ts';
import { allTags, tagChanges, tagMap } from './tags.ts';

interface Properties {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number;
  readonly LogGroupClass?: string;
  readonly Tags?: readonly Tag[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logsLogGroup = resourceType<Properties>({
  properties: { LogGroupName: 'replace', RetentionInDays: 'update', LogGroupClass: 'replace', Tags: 'update' },
  numbers: ['RetentionInDays'],
  taggable: true,
  attributes: ['Arn'],
  identify: (resource, { ids }) => resource.properties.LogGroupName ?? physicalName(resource, 512, ids),
  async exists({ physicalId }, { perform }) {
    const { logGroups = [] } = await perform<{ logGroups?: ReadonlyArray<{ logGroupName?: string }> }>(
      'logs',
      'DescribeLogGroups',
      { logGroupNamePrefix: physicalId },
    );
    return logGroups.some(({ logGroupName }) => logGroupName === physicalId);
  },
  async create(resource, call) {
    const { physicalId, properties } = resource;
    const { LogGroupClass: logGroupClass } = properties;
    await call.perform('logs', 'CreateLogGroup', {
      logGroupName: physicalId,
      tags: tagMap(allTags(resource)),
      logGroupClass,
    });
    if (properties.RetentionInDays !== undefined) await retain(resource, call);
    return { attributes: attributes(resource, call) };
  },
  async update(resource, former, call) {
    const { properties } = resource;
    if (properties.RetentionInDays !== former.properties.RetentionInDays) await retain(resource, call);
    const { add, remove } = tagChanges(allTags(former), allTags(resource));
    const resourceArn = arn(resource, call);
    if (add.length > 0) await call.perform('logs', 'TagResource', { resourceArn, tags: tagMap(add) });
    if (remove.length > 0) await call.perform('logs', 'UntagResource', { resourceArn, tagKeys: remove });
    return attributes(resource, call);
  },
  async delete({ physicalId }, { perform }) {
    await ifThere(perform('logs', 'DeleteLogGroup', { logGroupName: physicalId }));
  },
});

async function retain({ physicalId, properties }: Resource<Properties>, { perform }: ResourceCall): Promise<void> {
  const { RetentionInDays: retentionInDays } = properties;
  const logGroupName = physicalId;
  if (retentionInDays === undefined) await perform('logs', 'DeleteRetentionPolicy', { logGroupName });
  else await perform('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays });
}

function arn({ physicalId }: Resource<Properties>, { region, accountId }: ResourceCall): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${physicalId}`;
}

function attributes(resource: Resource<Properties>, call: ResourceCall) {
  return { Arn: `${arn(resource, call)}:*` };
}
