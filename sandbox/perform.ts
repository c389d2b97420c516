import { authorize } from './authorize.ts';
import type { Call, Caller, Perform, World } from './context.ts';
import { AwsError, UnsupportedError } from './errors.ts';
import type { Service } from './operation.ts';
import { refusal } from './sigv4/authenticate.ts';

/** One request for an operation, from the wire or from another service. */
export interface Request {
  readonly service: Service;
  readonly operation: string;
  readonly input: object;
  readonly caller: Caller | undefined;
  readonly region: string;
  /** The service that asks with its caller's credentials: `cloudformation.amazonaws.com`. */
  readonly via?: string;
  readonly assignedId?: string;
}

/** Runs an operation for its caller. Every call of every service passes here, once. */
export async function perform(
  request: Request,
  world: World,
  services: Readonly<Record<string, Service>>,
  requestId = world.ids.uuid(),
): Promise<object> {
  const { service, caller, region } = request;
  const operation = Object.hasOwn(service.operations, request.operation)
    ? service.operations[request.operation]
    : undefined;
  if (operation === undefined) throw new UnsupportedError(`${service.title}'s ${request.operation}`);
  if (caller === undefined) throw refusal('missing', service);
  const call: Call = {
    ...world,
    caller,
    accountId: caller.accountId,
    region,
    requestId,
    ...(request.via === undefined ? {} : { via: request.via }),
    ...(request.assignedId === undefined ? {} : { assignedId: request.assignedId }),
    perform: performAs(caller, region, world, services, `${service.name}.amazonaws.com`),
  };
  const decided = authorize({ service, name: request.operation, operation, input: request.input }, call);
  if (decided !== undefined) await decided;
  return (await operation.run(request.input as never, call)) as object;
}

/** A `perform` for one caller: what services use to call each other. `via` is the service that does, where one does. */
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
        // A role of the service's own is not the caller coming by way of the service.
        ...(via === undefined || acting.arn !== caller.arn ? {} : { via }),
        ...(options.assignedId === undefined ? {} : { assignedId: options.assignedId }),
      },
      world,
      services,
    );
  }) as Perform;
}
