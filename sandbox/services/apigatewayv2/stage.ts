import type { CreateStageRequest, RouteSettings, Stage, UpdateStageRequest } from '@aws-sdk/client-apigatewayv2';
import { BadRequestException } from './errors.ts';
import { honour } from './honour.ts';
import type { StageRecord } from './records.ts';

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
export function checkStage(operation: string, input: CreateStageRequest | UpdateStageRequest): void {
  if (!/^[\w-]{1,128}$/.test(input.StageName ?? '')) {
    throw new BadRequestException('Stage name only allows a-zA-Z0-9_-');
  }
  honour(operation, input, { AccessLogSettings: [], ClientCertificateId: [] });
  for (const settings of [input.DefaultRouteSettings, ...Object.values(input.RouteSettings ?? {})]) {
    checkSettings(operation, settings ?? {});
  }
  for (const [name, value] of Object.entries(input.StageVariables ?? {})) {
    if (!/^\w+$/.test(name) || !/^[\w\-.~:/?#&=,]*$/.test(value)) {
      throw new BadRequestException(`Stage variable ${name} contains invalid characters`);
    }
  }
}

function checkSettings(operation: string, settings: RouteSettings): void {
  honour(operation, settings, {
    DataTraceEnabled: [false],
    DetailedMetricsEnabled: [false],
    LoggingLevel: ['OFF'],
  });
  for (const name of ['ThrottlingBurstLimit', 'ThrottlingRateLimit'] as const) {
    const limit = settings[name];
    if (limit !== undefined && !(limit >= 0)) throw new BadRequestException(`Invalid ${name} specified: ${limit}`);
  }
}
