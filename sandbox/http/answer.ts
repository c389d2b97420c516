import { bootstrapCdk } from '../account/cdk-bootstrap.ts';
import type { World } from '../calls/context.ts';
import { AwsError, ResetError, UnsupportedError } from '../calls/errors.ts';
import type { Answering, HttpRequest, HttpResponse, Service } from '../calls/operation.ts';
import { perform, type Request } from '../calls/perform.ts';
import { probeHeader } from '../calls/probe-header.ts';
import { refuseReservedTags } from '../calls/reserved-tags.ts';
import { checkMemberKinds } from '../protocols/member-kinds.ts';
import { type Authenticated, authenticate } from '../sigv4/authenticate.ts';
import { UnwritableStateError } from '../state/unwritable-state-error.ts';
import { ApiCall, invocationIn } from '../trace/api-call.ts';
import { forPages, isPreflight, preflight } from './cors.ts';
import type { ServerParts } from './server.ts';
import { unserved } from './unserved.ts';

/**
 * Authenticates a request, performs its operation, and returns the answer, which can be an error. Rejects with a
 * `ResetError` if the connection has to end instead.
 */
export async function answer(
  request: HttpRequest,
  service: Service | undefined,
  requestId: string,
  parts: ServerParts,
): Promise<HttpResponse> {
  if (isPreflight(request)) return preflight(request);
  const open = published(request, parts);
  if (open !== undefined) return open;
  if (service === undefined) return unserved(request, requestId);
  if (service.callableByPages) return forPages(request, await operate(request, service, requestId, parts));
  return operate(request, service, requestId, parts);
}

/** Returns a service's publication at this address, for anyone to read. */
function published(request: HttpRequest, { services, world }: ServerParts): HttpResponse | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  for (const service of Object.values(services)) {
    const response = service.published?.(request, world);
    if (response !== undefined) return response;
  }
  return undefined;
}

async function operate(
  request: HttpRequest,
  service: Service,
  requestId: string,
  parts: ServerParts,
): Promise<HttpResponse> {
  const { world, services } = parts;
  let detail: Answering = { service, operation: undefined, requestId };
  let traced: ApiCall | undefined;
  let signed: Authenticated | undefined;
  try {
    signed = await authenticate(request, service, parts.authenticator);
    const { operation, input: sent } = await service.protocol.parse(request, service);
    detail = { service, operation, requestId };
    const input = checkMemberKinds(sent, service);
    refuseReservedTags(input, service.name);
    // A deployment that can't report its end would be polled forever.
    world.store.requireWhole();
    // IAM's requests are all signed for one region, wherever the caller works.
    if (signed !== undefined && service.name !== 'iam') {
      await bootstrapCdk(world, { accountId: signed.caller.accountId, region: signed.region });
    }
    const caller = signed?.caller;
    const { region, regionIsAssumed } = regionOf(request, signed, parts);
    const parent = invocationIn(request.headers['x-amzn-trace-id']);
    const facts = { service: service.name, operation, input, callId: requestId, region, parent };
    traced = ApiCall.begin(world.clock, caller, facts);
    const onDecided = traced?.onDecided;
    const isProbe = request.headers[probeHeader] !== undefined;
    const output = await perform(
      { service, operation, input, caller, isFromWire: true, isProbe, onDecided, region, regionIsAssumed },
      world,
      services,
      requestId,
    ).finally(() => world.store.untilCommitted());
    const answer = service.protocol.respond(output ?? {}, detail);
    traced?.end(answer.status, { output });
    return answer;
  } catch (failure) {
    const error = known(failure, request, detail, world);
    if (error instanceof UnsupportedError) parts.unsupported.add(signed?.caller, error.message);
    if (error instanceof ResetError) {
      traced?.end(error.status, { error });
      throw error;
    }
    const answer = service.protocol.fail(error, detail);
    traced?.end(answer.status, { error });
    return answer;
  }
}

/** A call's region: its signature's, or that of the AWS host name, or the account's. */
function regionOf(
  { headers }: HttpRequest,
  signed: Authenticated | undefined,
  parts: ServerParts,
): Pick<Request, 'region' | 'regionIsAssumed'> {
  const region = signed?.region ?? /^[\w-]+\.([a-z0-9-]+)\.amazonaws\.com$/i.exec(headers.host ?? '')?.[1];
  return region === undefined ? { region: parts.region, regionIsAssumed: true } : { region };
}

/** AWS errors are passed on; any other is a bug in the practice account, and says so. */
function known(error: unknown, request: HttpRequest, { service, operation }: Answering, world: World): AwsError {
  if (error instanceof AwsError) return error;
  const code = service.name === 's3' ? 'InternalError' : 'InternalFailure';
  // Not a bug: every call fails with it.
  if (error instanceof UnwritableStateError) return new AwsError(code, error.message, 500);
  const what = `${service.title} ${operation ?? `${request.method} ${request.path}`}`;
  world.say(`The practice account failed at ${what}: ${stack(error)}`);
  return new AwsError(code, `The practice account failed at ${what}: ${(error as Error)?.message ?? error}`, 500);
}

/** Returns an error's stack, for a report about a bug. */
export function stack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
