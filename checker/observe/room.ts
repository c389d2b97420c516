import type { Stage } from '@aws-sdk/client-apigatewayv2';
import type { Target } from '../aws/target.ts';
import type { Room, StackResource, Subject } from '../checking/check.ts';
import { allPages } from './pages.ts';

/** Finds a stack's WebSocket API and stage, and its address according to GetApi, on any target. */
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
    return { missing: `The stack's API is ${gone?.api.physicalId}, but the account has no such API.` };
  }
  // A stack can have more than one API: the one in its outputs is the room.
  const open = doors.flatMap((door) =>
    door.stages.map((stage) => ({ ...door, stage, address: `${door.endpoint}/${stage}` })),
  );
  // If its outputs have several, people connect to RoomAddress: docs/wire-format.md.
  const { RoomAddress = '', ...others } = outputs;
  const [door = open[0]] = [RoomAddress, ...Object.values(others)].flatMap((output) =>
    open.filter((each) => leadsTo(output, each)),
  );
  if (door === undefined) return { missing: `The API ${doors[0]?.api.physicalId} has no stage: nobody can connect.` };
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

/** Whether an output is a stage's address, in the form of GetApi or of the CDK (`stage.url`). */
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

/** Returns the room of a subject whose checks need one: a check that runs after `room-is-deployed` has it. */
export function openRoom({ room }: Pick<Subject, 'room'>): Room {
  if ('missing' in room) throw new Error(room.missing);
  return room;
}
