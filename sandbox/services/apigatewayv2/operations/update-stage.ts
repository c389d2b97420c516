import type { UpdateStageRequest, UpdateStageResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { autoDeployment } from '../deploy.ts';
import { BadRequestException } from '../errors.ts';
import { updated } from '../honour.ts';
import { findDeployment, findStage } from '../lookup.ts';
import { keyWithinApi, type StageRecord, stages } from '../records.ts';
import { accessLogIn, checkStage, stageView } from '../stage.ts';

/** Changes a stage. Given settings and variables replace the previous ones completely. */
export const updateStage = operation<UpdateStageRequest, UpdateStageResponse, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:PATCH',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'stages', input.StageName),
  async run(input, call) {
    const before = findStage(call, input.ApiId, input.StageName);
    checkStage('UpdateStage', input, call);
    const { ApiId, StageName } = before;
    const AutoDeploy = input.AutoDeploy ?? before.AutoDeploy;
    if (input.DeploymentId) {
      if (AutoDeploy) throw new BadRequestException('Deployment ID cannot be specified for a stage with AutoDeploy');
      findDeployment(call, ApiId, input.DeploymentId);
    }
    const record: StageRecord = {
      ...before,
      AutoDeploy,
      ...(input.DeploymentId ? { DeploymentId: input.DeploymentId } : {}),
      Description: updated(input.Description, before.Description),
      DefaultRouteSettings: input.DefaultRouteSettings ?? before.DefaultRouteSettings,
      ...accessLogIn(input),
      RouteSettings: input.RouteSettings ?? before.RouteSettings,
      StageVariables: input.StageVariables ?? before.StageVariables,
      LastUpdatedDate: call.clock.now().toISOString(),
    };
    await call.store.commit([
      stages.put(regional(call), keyWithinApi(ApiId, StageName), record),
      ...(AutoDeploy && !before.AutoDeploy ? autoDeployment(call, record, call.store) : []),
    ]);
    return stageView(findStage(call, ApiId, StageName));
  },
});
