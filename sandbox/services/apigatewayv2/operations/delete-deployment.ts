import type { DeleteDeploymentRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { BadRequestException } from '../errors.ts';
import { findDeployment, listOf } from '../lookup.ts';
import { deployments, keyWithinApi, stages } from '../records.ts';

/** Deletes a deployment that no stage serves. */
export const deleteDeployment = operation<DeleteDeploymentRequest, object, 'store'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'deployments', input.DeploymentId),
  async run(input, call) {
    const { ApiId, DeploymentId } = findDeployment(call, input.ApiId, input.DeploymentId);
    if (listOf(call, stages, ApiId).some((stage) => stage.DeploymentId === DeploymentId)) {
      throw new BadRequestException('Active stages pointing to this deployment must be moved or deleted');
    }
    await call.store.commit([deployments.remove(regional(call), keyWithinApi(ApiId, DeploymentId))]);
    return {};
  },
});
