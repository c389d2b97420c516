import type {
  AccessLogSettings,
  CreateStageRequest,
  RouteSettings,
  Stage,
  UpdateStageRequest,
} from '@aws-sdk/client-apigatewayv2';
import type { Call } from '../../calls/context.ts';
import { UnsupportedError } from '../../calls/errors.ts';
import { logRoleOf } from './account.ts';
import { BadRequestException, NotFoundException } from './errors.ts';
import { honour } from './honour.ts';
import { listOf } from './lookup.ts';
import { routes, type StageRecord } from './records.ts';

/** A stage as operations return it. */
export function stageView({ ApiId: _, CreatedDate, LastUpdatedDate, ...record }: StageRecord): Stage {
  return {
    ...record,
    CreatedDate: new Date(CreatedDate),
    LastUpdatedDate: new Date(LastUpdatedDate),
    DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, ...record.DefaultRouteSettings },
    RouteSettings: { ...record.RouteSettings },
    StageVariables: { ...record.StageVariables },
    Tags: { ...record.Tags },
  };
}

/** Rejects unsupported and invalid properties of a stage, at creation or later. */
export function checkStage(
  operation: string,
  input: CreateStageRequest | UpdateStageRequest,
  call: Call<'store'>,
): void {
  if (!/^[\w-]{1,128}$/.test(input.StageName ?? '')) {
    throw new BadRequestException('Stage name only allows a-zA-Z0-9_-');
  }
  honour(operation, input, { ClientCertificateId: [] });
  const allSettings = [input.DefaultRouteSettings ?? {}, ...Object.values(input.RouteSettings ?? {})];
  for (const settings of allSettings) checkSettings(operation, settings);
  if (operation === 'UpdateStage') checkRouteKeys(input, call);
  if (input.AccessLogSettings !== undefined) checkAccessLog(operation, input.AccessLogSettings);
  // Without it, there is nobody to write as:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
  const isLogged = input.AccessLogSettings !== undefined || allSettings.some(isTraced);
  if (isLogged && logRoleOf(call.store, call) === undefined) {
    throw new BadRequestException('CloudWatch Logs role ARN must be set in account settings to enable logging');
  }
  for (const [name, value] of Object.entries(input.StageVariables ?? {})) {
    if (!/^\w+$/.test(name) || !/^[\w\-.~:/?#&=,]*$/.test(value)) {
      throw new BadRequestException(`Stage variable ${name} contains invalid characters`);
    }
  }
}

/**
 * Rejects settings of nonexistent routes, in API Gateway's words. API Gateway also rejects a new stage with such
 * settings. Here, a template may create it before its routes: on AWS, learners deploy to a stage that they have
 * already. https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/pull/80
 */
function checkRouteKeys({ ApiId, RouteSettings = {} }: UpdateStageRequest, call: Call<'store'>): void {
  const keys = new Set(listOf(call, routes, ApiId).map(({ RouteKey }) => RouteKey));
  const missing = Object.keys(RouteSettings).find((key) => !keys.has(key));
  if (missing === undefined) return;
  throw new NotFoundException(`Unable to find Route by key ${missing} within the provided RouteSettings`, 'Route');
}

function checkSettings(operation: string, settings: RouteSettings): void {
  honour(operation, settings, { DetailedMetricsEnabled: [false] });
  const { LoggingLevel = 'OFF' } = settings;
  if (!['OFF', 'ERROR', 'INFO'].includes(LoggingLevel)) {
    throw new BadRequestException(`Invalid LoggingLevel specified: ${LoggingLevel}`);
  }
  for (const name of ['ThrottlingBurstLimit', 'ThrottlingRateLimit'] as const) {
    const limit = settings[name];
    if (limit === undefined) continue;
    // A rate can be a fraction; a burst is a number of requests.
    const isWhole = name === 'ThrottlingRateLimit' || Number.isInteger(limit);
    if (!(limit >= 0 && isWhole)) throw new BadRequestException(`Invalid ${name} specified: ${limit}`);
  }
}

/**
 * Returns the access log that a request sets, as a stage keeps it: the ARN of the group, without the `:*` of its
 * streams.
 */
export function accessLogIn({
  AccessLogSettings: given,
}: Pick<CreateStageRequest, 'AccessLogSettings'>): Pick<StageRecord, 'AccessLogSettings'> {
  if (given === undefined) return {};
  return { AccessLogSettings: { ...given, DestinationArn: given.DestinationArn?.replace(/:\*$/, '') } };
}

function isTraced({ LoggingLevel = 'OFF', DataTraceEnabled = false }: RouteSettings): boolean {
  return DataTraceEnabled || LoggingLevel !== 'OFF';
}

function checkAccessLog(operation: string, { DestinationArn = '', Format = '' }: AccessLogSettings): void {
  if (DestinationArn.includes(':firehose:')) throw new UnsupportedError(`access logs to Firehose (${operation})`);
  if (!/^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[^:*]+(:\*)?$/.test(DestinationArn)) {
    throw new BadRequestException(`Invalid access log destination ARN: ${DestinationArn}`);
  }
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
  if (/\n./.test(Format)) throw new BadRequestException('Access Log format must be single line');
  if (!/\$context\.(extendedR|r)equestId\b/.test(Format)) {
    throw new BadRequestException('Access Log format must include $context.requestId or $context.extendedRequestId');
  }
}
