import type { UpdateDeploymentRequest, UpdateDeploymentResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { deploymentView } from '../deployment.ts';
import { updated } from '../honour.ts';
import { findDeployment } from '../lookup.ts';
import { type DeploymentRecord, deployments, keyWithinApi } from '../records.ts';

export const updateDeployment = operation<UpdateDeploymentRequest, UpdateDeploymentResponse, 'store'>({
  action: 'apigateway:PATCH',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'deployments', input.DeploymentId),
  async run(input, call) {
    const before = findDeployment(call, input.ApiId, input.DeploymentId);
    const record: DeploymentRecord = { ...before, Description: updated(input.Description, before.Description) };
    await call.store.commit([deployments.put(regional(call), keyWithinApi(record.ApiId, record.DeploymentId), record)]);
    return deploymentView(record);
  },
});
