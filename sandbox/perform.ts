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
    ...(request.assignedId === undefined ? {} : { assignedId: request.assignedId }),
    perform: performAs(caller, region, world, services),
  };
  return (await operation.run(request.input as never, call)) as object;
}

/** A `perform` for one caller: what services use to call each other. */
export function performAs(
  caller: Caller,
  region: string,
  world: World,
  services: Readonly<Record<string, Service>>,
): Perform {
  return (async (name, operation, input, options = {}) => {
    const service = services[name];
    if (service === undefined)
      throw new AwsError('UnknownService', `There is no service ${name} in the practice account.`);
    return perform(
      {
        service,
        operation,
        input,
        caller: options.caller ?? caller,
        region: options.region ?? region,
        ...(options.assignedId === undefined ? {} : { assignedId: options.assignedId }),
      },
      world,
      services,
    );
  }) as Perform;
}
