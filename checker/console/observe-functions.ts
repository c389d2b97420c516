import type { LiveAccount } from '../aws/account-events.ts';
import type { Subject } from '../checking/check.ts';
import { resourceNamed } from '../observe/physical-id.ts';
import { observeRolePolicies } from '../observe/role-policies.ts';
import type { ApiDocument, AuthorizerDocument, FunctionDocument, RoleDocument } from './deployed-room.ts';
import { labelOf } from './label.ts';

/** Returns the names of the stack's functions, and of others that its routes and authorizers use. */
export function functionsNamed(
  { resources }: Pick<Subject, 'resources'>,
  api: ApiDocument | undefined,
  authorizers: readonly AuthorizerDocument[],
): string[] {
  const own = resources.filter(({ type }) => type === 'AWS::Lambda::Function').map(({ physicalId }) => physicalId);
  const named = [...(api?.routes ?? []), ...authorizers].flatMap((each) => each.function ?? []);
  return [...new Set([...own, ...named])];
}

/** Reads functions with their configuration, and with the state of their processes if the account reports it. */
export function observeFunctions(
  subject: Subject,
  names: readonly string[],
  live: LiveAccount | undefined,
): Promise<FunctionDocument[]> {
  return Promise.all(names.map((name) => observeFunction(subject, name, live)));
}

async function observeFunction(
  subject: Subject,
  name: string,
  live: LiveAccount | undefined,
): Promise<FunctionDocument> {
  const [client, { GetFunctionConfigurationCommand, ResourceNotFoundException }] = await Promise.all([
    subject.target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  const logicalId = resourceNamed(subject.resources, 'AWS::Lambda::Function', name)?.logicalId;
  const processes = { starting: 0, idle: 0, busy: 0 };
  for (const { functionArn, state } of live?.processes ?? []) {
    if (functionArn.split(':')[6] === name && state !== 'ended') processes[state] += 1;
  }
  const common = {
    name,
    label: logicalId === undefined ? name : labelOf(subject, logicalId),
    logicalId,
    processes,
    userPools: [],
    state: live === undefined ? ('unknown' as const) : stateOf(processes),
  };
  try {
    const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    const { Role, Timeout: timeout, MemorySize: memory, LoggingConfig, Environment } = configuration;
    const values = Object.values(Environment?.Variables ?? {});
    const pools = subject.resources.filter(({ type }) => type === 'AWS::Cognito::UserPool');
    return {
      ...common,
      role: Role?.split('/').at(-1),
      timeout,
      memory,
      userPools: pools.map(({ physicalId }) => physicalId).filter((id) => values.some((value) => value.includes(id))),
      logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { ...common, isMissing: true };
    throw error;
  }
}

function stateOf({ busy, idle, starting }: FunctionDocument['processes']): FunctionDocument['state'] {
  if (busy > 0) return 'busy';
  if (idle > 0) return 'warm';
  return starting > 0 ? 'starting' : 'cold';
}

/** Reads functions' roles, each with its policies. Deleted roles are left out. */
export async function observeRoles(
  subject: Subject,
  functions: ReadonlyArray<Pick<FunctionDocument, 'role'>>,
): Promise<RoleDocument[]> {
  const names = [...new Set(functions.flatMap(({ role }) => role ?? []))];
  const roles = await Promise.all(
    names.map(async (name): Promise<RoleDocument | undefined> => {
      const policies = await observeRolePolicies(subject, name).catch(unlessGone);
      if (policies === undefined) return undefined;
      const logicalId = resourceNamed(subject.resources, 'AWS::IAM::Role', name)?.logicalId;
      return {
        name,
        label: logicalId === undefined ? name : labelOf(subject, logicalId),
        policies: policies.identity,
        boundary: policies.boundaryName,
      };
    }),
  );
  return roles.filter((role) => role !== undefined);
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof Error) || error.name !== 'NoSuchEntityException') throw error;
}
