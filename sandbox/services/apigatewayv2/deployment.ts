import type { Deployment } from '@aws-sdk/client-apigatewayv2';
import type { DeploymentRecord } from './records.ts';

/** A deployment as operations return it. Deploying takes no time here, so it is always done. */
export function deploymentView({ ApiId: _, snapshot: __, CreatedDate, ...record }: DeploymentRecord): Deployment {
  return { ...record, CreatedDate: new Date(CreatedDate), DeploymentStatus: 'DEPLOYED' };
}
