import { authorize, type OnDecided } from '../authorization/authorize.ts';
import { refusal } from '../sigv4/refusal.ts';
import type { Caller } from './caller.ts';
import { type Call, extending, type Perform, type World } from './context.ts';
import { AwsError, UnsupportedError } from './errors.ts';
import type { AnyOperation, Service } from './operation.ts';

/** One request for an operation, over the wire or from another service. */
export interface Request {
  readonly service: Service;
  readonly operation: string;
  readonly input: object;
  readonly caller: Caller | undefined;
  readonly region: string;
  /** Nothing in the request names its region, so it is the account's default one. */
  readonly regionIsAssumed?: true | undefined;
  /** The service that makes the call with its caller's credentials: `cloudformation.amazonaws.com`. */
  readonly via?: string;
  readonly assignedId?: string;
  /** It came over the wire, so it is subject to the account's weather; calls between services aren't. */
  readonly isFromWire?: true;
  /** A checker sent it. */
  readonly isProbe?: boolean;
  /** Gets IAM's decision. */
  readonly onDecided?: OnDecided | undefined;
}

/** The account of unsigned calls that name nothing existing: it is empty. */
const nobody = '000000000000';

/** Runs an operation for its caller. Every call of every service passes through here once. */
export async function perform(
  request: Request,
  world: World,
  services: Readonly<Record<string, Service>>,
  requestId = world.ids.uuid(),
): Promise<object> {
  const { service } = request;
  const operation = Object.hasOwn(service.operations, request.operation)
    ? service.operations[request.operation]
    : undefined;
  if (operation === undefined) throw new UnsupportedError(`${service.title}'s ${request.operation}`);
  const { caller, accountId, region } = placeOf(request, operation, world.store);
  const { via, assignedId, isProbe } = request;
  const call: Call = extending(world, {
    caller,
    accountId,
    region,
    requestId,
    via,
    assignedId,
    isProbe: isProbe || undefined,
    perform: performAs(caller, region, world, services, `${service.name}.amazonaws.com`),
  });
  if (request.isFromWire) {
    return world.weather.answer(request, call, (input, seen) => run({ ...request, input }, operation, seen));
  }
  return run(request, operation, call);
}

/** Runs an operation if its caller is allowed to. */
async function run(request: Request, operation: AnyOperation, call: Call): Promise<object> {
  const { service, operation: name, input, onDecided } = request;
  const decided = authorize({ service, name, operation, input, onDecided }, call);
  if (decided !== undefined) await decided;
  return (await operation.run(input as never, call)) as object;
}

/** Returns the caller, and the call's account and region. Throws if a signature is missing. */
function placeOf(
  { service, input, caller, region, regionIsAssumed }: Request,
  { unsigned }: AnyOperation,
  store: World['store'],
): { readonly caller: Caller; readonly accountId: string; readonly region: string } {
  if (unsigned === undefined) {
    if (caller === undefined) throw refusal('missing', service);
    return { caller, accountId: caller.accountId, region };
  }
  const scope = unsigned(input as never, { store, region: regionIsAssumed ? undefined : region });
  const [accountId = nobody, place = region] = scope?.split('/') ?? [];
  const anonymous: Caller = { accountId, arn: 'anonymous', userId: 'anonymous', type: 'anonymous' };
  return { caller: caller ?? anonymous, accountId, region: place };
}

/** A `perform` for one caller, with which services call each other. `via` is the calling service, if there is one. */
export function performAs(
  caller: Caller,
  region: string,
  world: World,
  services: Readonly<Record<string, Service>>,
  via?: string,
): Perform {
  return (async (name, operation, input, options = {}) => {
    const service = services[name];
    if (service === undefined)
      throw new AwsError('UnknownService', `There is no service ${name} in the practice account.`);
    const acting = options.caller ?? caller;
    return perform(
      {
        service,
        operation,
        input,
        caller: acting,
        region: options.region ?? region,
        // A service's own role isn't its caller acting through the service.
        via: acting.arn === caller.arn ? via : undefined,
        assignedId: options.assignedId,
        onDecided: options.onDecided,
      },
      world,
      services,
      options.requestId,
    );
  }) as Perform;
}
