import type { CreateStageRequest, CreateStageResponse } from '@aws-sdk/client-apigatewayv2';
import { tagging } from '../../../authorization/tagging.ts';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { autoDeployment } from '../deploy.ts';
import { BadRequestException, ConflictException, QuotaException } from '../errors.ts';
import { required } from '../honour.ts';
import { findApi, findDeployment, findStage, listOf } from '../lookup.ts';
import { keyWithinApi, type StageRecord, stages } from '../records.ts';
import { accessLogIn, checkStage, stageView } from '../stage.ts';

const quota = 10;

export const createStage = operation<CreateStageRequest, CreateStageResponse, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:POST',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'stages'),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
  alsoNeeds: (input, call) =>
    tagging(input.Tags, 'apigateway:TagResource', managedArn(call, 'apis', input.ApiId, 'stages')),
  async run(input, call) {
    const { ApiId } = findApi(call, input.ApiId);
    const StageName = required(input.StageName, 'stageName');
    checkStage('CreateStage', input, call);
    const others = listOf(call, stages, ApiId);
    if (others.some((stage) => stage.StageName === StageName)) throw new ConflictException('Stage already exists');
    if (others.length >= quota) throw new QuotaException('Stages');
    if (input.DeploymentId) {
      if (input.AutoDeploy) {
        throw new BadRequestException('Deployment ID cannot be specified for a stage with AutoDeploy');
      }
      findDeployment(call, ApiId, input.DeploymentId);
    }
    const now = call.clock.now().toISOString();
    const record: StageRecord = {
      ApiId,
      StageName,
      AutoDeploy: input.AutoDeploy ?? false,
      ...(input.DeploymentId ? { DeploymentId: input.DeploymentId } : {}),
      ...(input.Description ? { Description: input.Description } : {}),
      ...accessLogIn(input),
      ...(input.DefaultRouteSettings ? { DefaultRouteSettings: input.DefaultRouteSettings } : {}),
      RouteSettings: input.RouteSettings ?? {},
      StageVariables: input.StageVariables ?? {},
      CreatedDate: now,
      LastUpdatedDate: now,
      Tags: input.Tags ?? {},
    };
    await call.store.commit([
      stages.put(regional(call), keyWithinApi(ApiId, StageName), record),
      ...(record.AutoDeploy ? autoDeployment(call, record, call.store) : []),
    ]);
    return stageView(findStage(call, ApiId, StageName));
  },
});
