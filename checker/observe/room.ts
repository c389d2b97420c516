import type { Stage } from '@aws-sdk/client-apigatewayv2';
import type { Target } from '../aws/target.ts';
import type { Room, StackResource, Subject } from '../checking/check.ts';
import { allPages } from './pages.ts';

/** Finds the WebSocket API and stage of a stack, and its address as GetApi gives it, on any target. */
export async function findRoom(
  target: Target,
  resources: readonly StackResource[],
  outputs: Readonly<Record<string, string>>,
): Promise<Room | { missing: string }> {
  const apis = resources.filter(({ type }) => type === 'AWS::ApiGatewayV2::Api');
  if (apis.length === 0) return { missing: 'The stack has no API.' };
  const seen = await Promise.all(apis.map((api) => lookAt(target, api)));
  const doors = seen.filter((api) => 'endpoint' in api);
  const [gone] = seen;
  if (doors.length === 0) {
    return { missing: `The stack says that its API is ${gone?.api.physicalId}, but the account has no such API.` };
  }
  // A stack may have more than one API: the one that it puts out is the room.
  const open = doors.flatMap((door) =>
    door.stages.map((stage) => ({ ...door, stage, address: `${door.endpoint}/${stage}` })),
  );
  // Where it puts out more of them, people come in by RoomAddress: docs/wire-format.md.
  const { RoomAddress = '', ...others } = outputs;
  const [door = open[0]] = [RoomAddress, ...Object.values(others)].flatMap((output) =>
    open.filter((each) => leadsTo(output, each)),
  );
  if (door === undefined) return { missing: `The API ${doors[0]?.api.physicalId} has no stage: nobody can come in.` };
  const stage = resources.find(
    ({ type, physicalId }) => type === 'AWS::ApiGatewayV2::Stage' && physicalId === door.stage,
  );
  return {
    apiId: door.api.physicalId,
    api: door.api.logicalId,
    stageName: door.stage,
    stage: stage?.logicalId,
    address: door.address,
    routeSelection: door.routeSelection,
  };
}

interface Door {
  readonly api: StackResource;
  readonly endpoint: string;
  readonly stages: readonly string[];
  readonly routeSelection?: string | undefined;
}

type Seen = { readonly api: StackResource } | Door;

/** Whether an output is the address of a stage, as GetApi gives it or as the CDK does (`stage.url`). */
function leadsTo(output: string, { api, stage, address }: Door & { stage: string; address: string }): boolean {
  if (output === address) return true;
  const [, id, name] = /^wss:\/\/([^./]+)\.execute-api\.[^/]+\/([^/]+)\/?$/.exec(output) ?? [];
  return id === api.physicalId && name === stage;
}

async function lookAt(target: Target, api: StackResource): Promise<Seen> {
  const [client, { GetApiCommand, GetStagesCommand, NotFoundException }] = await Promise.all([
    target.clients.apigateway(),
    import('@aws-sdk/client-apigatewayv2'),
  ]);
  const ApiId = api.physicalId;
  try {
    const [{ ApiEndpoint, RouteSelectionExpression: routeSelection }, stages] = await Promise.all([
      client.send(new GetApiCommand({ ApiId })),
      allPages<Stage>((NextToken) => client.send(new GetStagesCommand({ ApiId, NextToken }))),
    ]);
    if (ApiEndpoint === undefined) return { api };
    return { api, endpoint: ApiEndpoint, stages: stages.map(({ StageName = '' }) => StageName), routeSelection };
  } catch (error) {
    if (error instanceof NotFoundException) return { api };
    throw error;
  }
}

/** The room of a subject whose checks need it to be deployed: a check that runs after `room-is-deployed` has one. */
export function openRoom({ room }: Pick<Subject, 'room'>): Room {
  if ('missing' in room) throw new Error(room.missing);
  return room;
}
