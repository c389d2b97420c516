import type { GetDeploymentRequest, GetDeploymentResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { deploymentView } from '../deployment.ts';
import { findDeployment } from '../lookup.ts';

export const getDeployment = operation<GetDeploymentRequest, GetDeploymentResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'deployments', input.DeploymentId),
  run: (input, call) => deploymentView(findDeployment(call, input.ApiId, input.DeploymentId)),
});
