import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiGatewayV2Client,
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteRouteSettingsCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, it } from 'vitest';
import { startTestAccount, type TestAccount, testAccount } from '../../account.ts';
import { createRoute, createWebSocketApi } from './websocket-api.ts';

const account = await testAccount();
const client = new ApiGatewayV2Client(account.client);

it('deploys on every change with AutoDeploy', async () => {
  const ApiId = await createWebSocketApi(client);
  const stage = { ApiId, StageName: 'prod' };
  const created = await client.send(new CreateStageCommand({ ...stage, AutoDeploy: true }));
  expect(created.DeploymentId).toBeUndefined();
  await createRoute(client, ApiId, '$default');
  const first = await client.send(new GetStageCommand(stage));
  expect(first.LastDeploymentStatusMessage).toBe(
    `Successfully deployed stage with deployment ID '${first.DeploymentId}'`,
  );
  await createRoute(client, ApiId, 'sendmessage');
  const second = await client.send(new GetStageCommand(stage));
  expect(second.DeploymentId).not.toBe(first.DeploymentId);
  const deployment = await client.send(new GetDeploymentCommand({ ApiId, DeploymentId: second.DeploymentId }));
  expect(deployment).toMatchObject({ AutoDeployed: true, DeploymentStatus: 'DEPLOYED' });
});

it('deploys by hand, and says when there is nothing to deploy', async () => {
  const ApiId = await createWebSocketApi(client);
  await expect(client.send(new CreateDeploymentCommand({ ApiId }))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'Unable to deploy API because no routes exist in this API',
  });
  await createRoute(client, ApiId, '$default');
  const { DeploymentId } = await client.send(new CreateDeploymentCommand({ ApiId, Description: 'one' }));
  await client.send(new CreateStageCommand({ ApiId, StageName: 'prod', DeploymentId }));
  const next = await client.send(new CreateDeploymentCommand({ ApiId, StageName: 'prod' }));
  expect(await client.send(new GetStageCommand({ ApiId, StageName: 'prod' }))).toMatchObject({
    DeploymentId: next.DeploymentId,
    AutoDeploy: false,
  });
  expect((await client.send(new GetDeploymentsCommand({ ApiId }))).Items).toHaveLength(2);
  await client.send(new DeleteDeploymentCommand({ ApiId, DeploymentId }));
  await expect(
    client.send(new DeleteDeploymentCommand({ ApiId, DeploymentId: next.DeploymentId })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
});

it('keeps throttling, variables and tags, and route settings until they are deleted', async () => {
  const ApiId = await createWebSocketApi(client);
  await createRoute(client, ApiId, '$connect');
  const stage = { ApiId, StageName: 'prod' };
  await client.send(
    new CreateStageCommand({
      ...stage,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      RouteSettings: { $connect: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 } },
      StageVariables: { functionName: 'f' },
      Tags: { Lab: '07' },
    }),
  );
  expect(await client.send(new GetStageCommand(stage))).toMatchObject({
    DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    RouteSettings: { $connect: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 } },
    StageVariables: { functionName: 'f' },
    Tags: { Lab: '07' },
  });
  await client.send(
    new UpdateStageCommand({ ...stage, DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } }),
  );
  await client.send(new DeleteRouteSettingsCommand({ ...stage, RouteKey: '$connect' }));
  expect(await client.send(new GetStageCommand(stage))).toMatchObject({
    DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
    RouteSettings: {},
  });
});

it('rejects settings of routes that the API does not have', async () => {
  const ApiId = await createWebSocketApi(client);
  const limits = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 };
  const stage = { ApiId, StageName: 'prod' };
  await createRoute(client, ApiId, '$connect');
  await createRoute(client, await createWebSocketApi(client), 'sendmessage');
  const notFound = (key: string) => ({
    name: 'NotFoundException',
    message: `Unable to find Route by key ${key} within the provided RouteSettings`,
  });
  await client.send(new CreateStageCommand({ ...stage, RouteSettings: { $connect: limits } }));
  for (const key of ['sendmessage', 'connect']) {
    await expect(
      client.send(new UpdateStageCommand({ ...stage, RouteSettings: { $connect: limits, [key]: limits } })),
    ).rejects.toMatchObject(notFound(key));
  }
  expect(await client.send(new GetStageCommand(stage))).toMatchObject({ RouteSettings: { $connect: limits } });
});

it('rejects invalid values, and what it would not honor', async () => {
  const ApiId = await createWebSocketApi(client);
  await client.send(new CreateStageCommand({ ApiId, StageName: 'prod' }));
  await expect(client.send(new CreateStageCommand({ ApiId, StageName: 'prod' }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Stage already exists',
  });
  await expect(client.send(new CreateStageCommand({ ApiId, StageName: '$default' }))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
  await expect(
    client.send(new UpdateStageCommand({ ApiId, StageName: 'prod', ClientCertificateId: 'x' })),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('ClientCertificateId') });
  const fractions = { ThrottlingRateLimit: 10.5, ThrottlingBurstLimit: 50.5 };
  await expect(
    client.send(new UpdateStageCommand({ ApiId, StageName: 'prod', DefaultRouteSettings: fractions })),
  ).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'Invalid ThrottlingBurstLimit specified: 50.5',
  });
  await client.send(new DeleteStageCommand({ ApiId, StageName: 'prod' }));
  await expect(client.send(new GetStageCommand({ ApiId, StageName: 'prod' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Invalid stage identifier specified',
  });
});

it('keeps acknowledged changes across a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  const stage = async (own: TestAccount, ApiId: string) => {
    const { $metadata: _, ...told } = await new ApiGatewayV2Client(own.client).send(
      new GetStageCommand({ ApiId, StageName: 'prod' }),
    );
    return told;
  };
  const first = await startTestAccount({ folder });
  const firstClient = new ApiGatewayV2Client(first.client);
  const ApiId = await createWebSocketApi(firstClient);
  await createRoute(firstClient, ApiId, '$default');
  await firstClient.send(new CreateStageCommand({ ApiId, StageName: 'prod', AutoDeploy: true }));
  const before = await stage(first, ApiId);
  await first.close();
  const second = await startTestAccount({ folder });
  expect(await stage(second, ApiId)).toEqual(before);
  await second.close();
  await rm(folder, { recursive: true });
});
