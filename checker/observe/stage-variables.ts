import type { Stage } from '@aws-sdk/client-apigatewayv2';
import type { Room, Subject } from '../checking/check.ts';

const variable = /\$\{stageVariables\.(\w+)\}/g;

/**
 * Returns a function that resolves the variables of the room's stage, as API Gateway does before it calls an
 * integration or an authorizer. The stage is read only if one of the URIs has a variable.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html
 */
export async function stageVariables(
  { target }: Pick<Subject, 'target'>,
  { apiId, stageName }: Room,
  uris: ReadonlyArray<string | undefined>,
): Promise<(uri: string | undefined) => string | undefined> {
  if (!uris.some((uri) => uri?.includes('${stageVariables.'))) return (uri) => uri;
  const [client, { GetStageCommand }] = await Promise.all([
    target.clients.apigateway(),
    import('../aws/sdk/apigateway.ts'),
  ]);
  const stage: Partial<Stage> = await client.send(new GetStageCommand({ ApiId: apiId, StageName: stageName }));
  return (uri) => uri?.replace(variable, (written, name: string) => stage.StageVariables?.[name] ?? written);
}
