import { executeApiPath, placeholder } from '../../../calls/addresses.ts';
import { ifThere } from './if-there.ts';
import { type Resource, resourceType } from './resource-type.ts';
import { retagApi } from './retag-api.ts';
import { tagMap } from './tags.ts';

interface Properties {
  readonly Name: string;
  readonly ProtocolType: string;
  readonly RouteSelectionExpression?: string;
  readonly Description?: string;
  readonly ApiKeySelectionExpression?: string;
  readonly DisableExecuteApiEndpoint?: boolean;
  readonly DisableSchemaValidation?: boolean;
  readonly IpAddressType?: string;
  readonly Version?: string;
  readonly Tags?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
export const apiGatewayV2Api = resourceType<Properties>({
  properties: {
    Name: 'update',
    ProtocolType: 'replace',
    RouteSelectionExpression: 'update',
    Description: 'update',
    ApiKeySelectionExpression: 'update',
    DisableExecuteApiEndpoint: 'update',
    DisableSchemaValidation: 'update',
    IpAddressType: 'update',
    Version: 'update',
    Tags: 'update',
  },
  // Only a WebSocket API must have a RouteSelectionExpression: CreateApi rejects one without.
  required: ['Name', 'ProtocolType'],
  booleans: ['DisableExecuteApiEndpoint', 'DisableSchemaValidation'],
  taggable: true,
  attributes: ['ApiEndpoint', 'ApiId'],
  identify: (_resource, { ids }) => ids.short(10),
  async create(resource, { perform }) {
    const { physicalId, properties } = resource;
    await perform('apigateway', 'CreateApi', { ...properties, Tags: tagsOf(resource) }, { assignedId: physicalId });
    return { attributes: attributes(resource) };
  },
  async update(resource, former, call) {
    const { Tags: _tags, ProtocolType: _protocol, ...properties } = resource.properties;
    const ApiId = resource.physicalId;
    await call.perform('apigateway', 'UpdateApi', { Description: '', Version: '', ...properties, ApiId });
    await retagApi(`/apis/${ApiId}`, tagsOf(former), tagsOf(resource), call);
    return attributes(resource);
  },
  async delete({ physicalId }, { perform }) {
    await ifThere(perform('apigateway', 'DeleteApi', { ApiId: physicalId }));
  },
});

function attributes({ physicalId }: Resource<Properties>) {
  return { ApiEndpoint: `${placeholder.ws}${executeApiPath}${physicalId}`, ApiId: physicalId };
}

function tagsOf({ tags, properties }: Resource<Properties>) {
  return { ...tagMap(tags), ...properties.Tags };
}
