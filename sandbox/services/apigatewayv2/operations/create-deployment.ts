import type { CreateDeploymentRequest, CreateDeploymentResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { newDeploymentContext } from '../context.ts';
import { deploymentOf, withDeployment } from '../deploy.ts';
import { deploymentView } from '../deployment.ts';
import { BadRequestException } from '../errors.ts';
import { findApi, findStage } from '../lookup.ts';
import { deployments, keyWithinApi, stages } from '../records.ts';

/** Freezes the API's current state and, if a stage is named, points the stage to it. */
export const createDeployment = operation<CreateDeploymentRequest, CreateDeploymentResponse, 'store' | 'clock' | 'ids'>(
  {
    action: 'apigateway:POST',
    resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'deployments'),
    context: newDeploymentContext,
    async run(input, call) {
      const { ApiId } = findApi(call, input.ApiId);
      const scope = regional(call);
      const stage = input.StageName === undefined ? undefined : findStage(call, ApiId, input.StageName);
      if (stage?.AutoDeploy) {
        throw new BadRequestException(`Stage ${stage.StageName} has AutoDeploy: it cannot be deployed to by hand`);
      }
      const deployment = deploymentOf(call, ApiId, call.store, {
        AutoDeployed: false,
        Description: input.Description,
        id: call.assignedId,
      });
      await call.store.commit([
        deployments.put(scope, keyWithinApi(ApiId, deployment.DeploymentId), deployment),
        ...(stage === undefined
          ? []
          : [stages.put(scope, keyWithinApi(ApiId, stage.StageName), withDeployment(stage, deployment))]),
      ]);
      return deploymentView(deployment);
    },
  },
);
