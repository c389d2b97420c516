import type { GetDeploymentsRequest, GetDeploymentsResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { deploymentView } from '../deployment.ts';
import { listOf } from '../lookup.ts';
import { page } from '../page.ts';
import { deployments } from '../records.ts';

export const getDeployments = operation<GetDeploymentsRequest, GetDeploymentsResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'deployments'),
  run: (input, call) => page(listOf(call, deployments, input.ApiId).map(deploymentView), input),
});
