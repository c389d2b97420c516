import type { AccessLogSettings, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { UnsupportedError } from '../../../calls/errors.ts';
import { ifThere, isThere } from './if-there.ts';
import { type Resource, resourceType } from './resource-type.ts';
import { retagApi } from './retag-api.ts';
import { tagMap } from './tags.ts';

interface Properties {
  readonly ApiId: string;
  readonly StageName: string;
  readonly AccessLogSettings?: AccessLogSettings;
  readonly AutoDeploy?: boolean;
  readonly DefaultRouteSettings?: RouteSettings;
  readonly DeploymentId?: string;
  readonly Description?: string;
  readonly RouteSettings?: Readonly<Record<string, RouteSettings>>;
  readonly StageVariables?: Readonly<Record<string, string>>;
  readonly Tags?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-stage-routesettings.html */
const ofSettings = [
  'DataTraceEnabled',
  'DetailedMetricsEnabled',
  'LoggingLevel',
  'ThrottlingBurstLimit',
  'ThrottlingRateLimit',
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html */
export const apiGatewayV2Stage = resourceType<Properties>({
  properties: {
    ApiId: 'replace',
    StageName: 'replace',
    AccessLogSettings: 'update',
    AutoDeploy: 'update',
    DefaultRouteSettings: 'update',
    DeploymentId: 'update',
    Description: 'update',
    RouteSettings: 'update',
    StageVariables: 'update',
    Tags: 'update',
  },
  required: ['ApiId', 'StageName'],
  members: { AccessLogSettings: ['DestinationArn', 'Format'], DefaultRouteSettings: ofSettings },
  numbers: ['ThrottlingBurstLimit', 'ThrottlingRateLimit'],
  booleans: ['AutoDeploy', 'DataTraceEnabled', 'DetailedMetricsEnabled'],
  taggable: true,
  identify: ({ properties }) => properties.StageName,
  exists: ({ properties: { ApiId, StageName } }, { perform }) =>
    isThere(perform('apigateway', 'GetStage', { ApiId, StageName })),
  async create(resource, { perform }) {
    refuseUnknownSettings(resource.properties);
    await perform('apigateway', 'CreateStage', { ...resource.properties, Tags: tagsOf(resource) });
    return {};
  },
  async update(resource, former, call) {
    refuseUnknownSettings(resource.properties);
    const { Tags: _tags, ...properties } = resource.properties;
    const absent = {
      AutoDeploy: false,
      DefaultRouteSettings: {},
      Description: '',
      RouteSettings: {},
      StageVariables: {},
    };
    await call.perform('apigateway', 'UpdateStage', { ...absent, ...properties });
    const { ApiId, StageName } = properties;
    if (former.properties.AccessLogSettings !== undefined && properties.AccessLogSettings === undefined) {
      await call.perform('apigateway', 'DeleteAccessLogSettings', { ApiId, StageName });
    }
    await retagApi(`/apis/${ApiId}/stages/${StageName}`, tagsOf(former), tagsOf(resource), call);
    return {};
  },
  async delete({ properties: { ApiId, StageName } }, { perform }) {
    await ifThere(perform('apigateway', 'DeleteStage', { ApiId, StageName }));
  },
});

/**
 * The schema has `RouteSettings` as JSON of any form, and AWS doesn't document what becomes of other members in it,
 * such as
 * `throttlingRateLimit`.
 */
function refuseUnknownSettings({ RouteSettings = {} }: Properties): void {
  if (typeof RouteSettings === 'string') throw unsupported('RouteSettings as a string');
  for (const [routeKey, settings] of Object.entries(RouteSettings)) {
    const unknown = Object.keys(settings).find((name) => !ofSettings.includes(name));
    if (unknown === undefined) continue;
    const known = ofSettings.find((name) => name.toLowerCase() === unknown.toLowerCase());
    throw unsupported(`RouteSettings.${routeKey}.${unknown}`, known);
  }
}

function unsupported(property: string, known?: string): UnsupportedError {
  const instead = known === undefined ? '' : `. Spell it ${known}`;
  return new UnsupportedError(`the property ${property} of AWS::ApiGatewayV2::Stage${instead}`);
}

function tagsOf({ tags, properties }: Resource<Properties>) {
  return { ...tagMap(tags), ...properties.Tags };
}
