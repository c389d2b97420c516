import type { Stage } from '@aws-sdk/client-apigatewayv2';
import type { Target } from '../aws/target.ts';
import type { Room, StackResource, Subject } from '../checking/check.ts';
import { madeBy, propertiesIn } from './declared.ts';
import { allPages } from './pages.ts';

/**
 * Finds a stack's WebSocket API and stage, and its address according to GetApi, on any target. The stack's `template`
 * says whose stage is whose if it has several APIs.
 */
export async function findRoom(
  target: Target,
  resources: readonly StackResource[],
  outputs: Readonly<Record<string, string>>,
  template = '',
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
  const named = (output: string) => open.filter((each) => leadsTo(output, each));
  const [door = open[0]] = [RoomAddress, ...Object.values(others)].flatMap(named);
  const isUnseen = named(RoomAddress).length === 0 && isOfOneOf(apis, RoomAddress);
  if (door === undefined) return { missing: `The API ${doors[0]?.api.physicalId} has no stage: nobody can connect.` };
  const stage = stageOf(door, resources, template);
  return {
    apiId: door.api.physicalId,
    api: door.api.logicalId,
    stageName: door.stage,
    stage: stage?.logicalId,
    address: door.address,
    routeSelection: door.routeSelection,
    insteadOf: isUnseen ? RoomAddress : undefined,
  };
}

/** Whether an output is an address of one of these APIs, of GetApi or of the CDK: both contain the API's id. */
function isOfOneOf(apis: readonly StackResource[], output: string): boolean {
  return /^wss?:/.test(output) && apis.some(({ physicalId }) => output.includes(physicalId));
}

interface Door {
  readonly api: StackResource;
  readonly endpoint: string;
  readonly stages: readonly string[];
  readonly routeSelection?: string | undefined;
}

type Seen = { readonly api: StackResource } | Door;

/**
 * Finds the resource of a stage. CloudFormation knows stages by name alone, and two APIs can have one of the same name:
 * the template has the API of each.
 */
export function stageOf(
  { api, stage: name }: { readonly api: StackResource; readonly stage: string },
  resources: readonly StackResource[],
  template: string,
): StackResource | undefined {
  const named = resources.filter(({ type, physicalId }) => type === 'AWS::ApiGatewayV2::Stage' && physicalId === name);
  const written = propertiesIn(template);
  const apiOf = (stage: StackResource) =>
    // Resources of other stacks are in other templates.
    stage.stack === undefined ? madeBy(written[stage.logicalId]?.ApiId, resources) : undefined;
  const [only, ...others] = named.filter((stage) => apiOf(stage) === undefined);
  return named.find((stage) => apiOf(stage) === api) ?? (others.length === 0 ? only : undefined);
}

/** Whether an output is a stage's address, in the form of GetApi or of the CDK (`stage.url`). */
function leadsTo(output: string, { api, stage, address }: Door & { stage: string; address: string }): boolean {
  if (output === address) return true;
  const [, id, name] = /^wss:\/\/([^./]+)\.execute-api\.[^/]+\/([^/]+)\/?$/.exec(output) ?? [];
  return id === api.physicalId && name === stage;
}

async function lookAt(target: Target, api: StackResource): Promise<Seen> {
  const [client, { GetApiCommand, GetStagesCommand, NotFoundException }] = await Promise.all([
    target.clients.apigateway(),
    import('../aws/sdk/apigateway.ts'),
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
