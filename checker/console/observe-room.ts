import { type LiveAccount, liveAccount } from '../aws/account-events.ts';
import type { Target } from '../aws/target.ts';
import type { Subject } from '../checking/check.ts';
import type { Lab } from '../checking/lab.ts';
import { explainFailure } from '../failures/failure.ts';
import { isTable } from '../observe/tables.ts';
import type { AccountDocument, DeployedRoom, SocketDocument, TableDocument, Unavailable } from './deployed-room.ts';
import { observeApi } from './observe-api.ts';
import { functionsNamed, observeFunctions, observeRoles } from './observe-functions.ts';
import { observePools } from './observe-pools.ts';
import { observeTables } from './observe-tables.ts';

/** Resource types that the picture has a place for, or shows as part of something else. */
const shownTypes =
  /^AWS::(ApiGatewayV2::|Lambda::(Function|Permission|Version|Alias)|IAM::|Cognito::|Logs::LogGroup|CDK::Metadata)/;

const nothing = {
  authorizers: [],
  functions: [],
  roles: [],
  tables: [],
  sockets: [],
  userPools: [],
  unread: [],
  others: [],
};

/** Reads everything that the console shows about a deployed lab; if it isn't deployed, why. */
export async function observeDeployedRoom(subject: Subject, lab: Lab): Promise<DeployedRoom> {
  const { target, stack, stackName, resources, root } = subject;
  const { id, title, complaint } = lab;
  const common = { lab: id, title, complaint, account: accountOf(target) };
  if (!stack.deployed) {
    return { ...common, stack: { name: stackName, missing: stack.reason }, ...nothing };
  }
  const unread: string[] = [];
  /** Reads one part. AWS credentials may not allow reading everything: then the other parts are shown. */
  const part = <T>(what: string, work: Promise<readonly T[]>): Promise<readonly T[]> =>
    work.catch((error: unknown) => {
      subject.signal.throwIfAborted();
      unread.push(`${what} can't be read: ${explainFailure(error, target).reason}`);
      return [];
    });
  const live = target.kind === 'practice' ? await liveAccount(root) : undefined;
  const { api, authorizers } = await observeApi(subject, live);
  const named = functionsNamed(subject, api, authorizers);
  const [functions, tables, userPools] = await Promise.all([
    part('The functions', observeFunctions(subject, named, live)),
    part('The tables', observeTables(subject, live)),
    part('The user pools', observePools(subject)),
  ]);
  const roles = await part('The roles', observeRoles(subject, functions));
  return {
    ...common,
    stack: {
      name: stackName,
      status: stack.status,
      deployedAt: new Date(stack.changedAt).toISOString(),
      missing: 'missing' in subject.room ? subject.room.missing : undefined,
    },
    api,
    authorizers,
    functions,
    roles,
    tables,
    sockets: socketsOf(live, api?.id, tables),
    userPools,
    unread,
    others: resources
      .filter(({ type }) => !shownTypes.test(type) && !isTable({ type }))
      .map(({ logicalId, type }) => ({ logicalId, type })),
  };
}

/** Returns the account as the page shows it. */
export function accountOf({ kind, title, region, environment }: Target): AccountDocument {
  const endpoint = environment.AWS_ENDPOINT_URL;
  return { kind, title, region, endpoint: kind === 'practice' ? endpoint : undefined };
}

function socketsOf(
  live: LiveAccount | undefined,
  apiId: string | undefined,
  tables: readonly TableDocument[],
): readonly SocketDocument[] | Unavailable {
  if (live === undefined) return { unavailable: 'Only the practice account reports open sockets.' };
  const rows = tables.flatMap((table) => table.rows);
  return live.connections
    .filter((connection) => connection.apiId === apiId)
    .map(({ connectionId, connectedAt, principalId }) => {
      const row = rows.find((each) => each.connectionId === connectionId);
      const name = row?.values.name ?? row?.values.username ?? row?.values.user;
      return {
        connectionId,
        connectedAt: new Date(connectedAt).toISOString(),
        principalId,
        name,
      };
    });
}
