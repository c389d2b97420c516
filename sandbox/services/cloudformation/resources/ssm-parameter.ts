import type { PutParameterRequest } from '@aws-sdk/client-ssm';
import { randomPart } from '../engine/names.ts';
import { ifThere, isThere } from './if-there.ts';
import { type Resource, type ResourceCall, resourceType } from './resource-type.ts';
import { tagChanges, tagMap } from './tags.ts';

interface Properties {
  readonly Type: 'String' | 'StringList';
  readonly Value: string;
  readonly Name?: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly DataType?: string;
  readonly Tier?: string;
  readonly Tags?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const ssmParameter = resourceType<Properties>({
  properties: {
    Type: 'update',
    Value: 'update',
    Name: 'replace',
    Description: 'update',
    AllowedPattern: 'update',
    DataType: 'update',
    Tier: 'update',
    Tags: 'update',
  },
  required: ['Type', 'Value'],
  taggable: true,
  attributes: ['Type', 'Value'],
  identify: (resource, { ids }) => resource.properties.Name ?? `CFN-${resource.logicalId}-${randomPart(12, ids)}`,
  exists: ({ physicalId }, { perform }) => isThere(perform('ssm', 'GetParameter', { Name: physicalId })),
  async create(resource, { perform }) {
    await perform('ssm', 'PutParameter', { ...request(resource), Tags: tagsOf(resource) });
    return { attributes: attributes(resource) };
  },
  async update(resource, former, call) {
    await call.perform('ssm', 'PutParameter', { ...request(resource), Overwrite: true });
    await retag(resource, former, call);
    return attributes(resource);
  },
  async delete({ physicalId }, { perform }) {
    await ifThere(perform('ssm', 'DeleteParameter', { Name: physicalId }));
  },
});

function request({ physicalId, properties }: Resource<Properties>): PutParameterRequest {
  const { Name: _name, Tags: _tags, ...members } = properties;
  return { ...members, Name: physicalId } as PutParameterRequest;
}

function attributes({ properties }: Resource<Properties>) {
  return { Type: properties.Type, Value: properties.Value };
}

/** The stack's tags, overridden by the resource's own, which this type has as a map. */
function tagsOf({ tags, properties }: Resource<Properties>) {
  return Object.entries({ ...tagMap(tags), ...properties.Tags }).map(([Key, Value]) => ({ Key, Value }));
}

async function retag(resource: Resource<Properties>, former: Resource<Properties>, { perform }: ResourceCall) {
  const about = { ResourceType: 'Parameter', ResourceId: resource.physicalId };
  const { add, remove } = tagChanges(tagsOf(former), tagsOf(resource));
  if (add.length > 0) await perform('ssm', 'AddTagsToResource', { ...about, Tags: add });
  if (remove.length > 0) await perform('ssm', 'RemoveTagsFromResource', { ...about, TagKeys: remove });
}
