import type { ContextKeys } from '../iam-policy/request-context.ts';
import type { Store } from '../state/store.ts';
import type { Call, World } from './context.ts';

/** One operation of one service: one file, named after the operation. */
export type Operation<Input, Output, Needs extends keyof World> = Definition<Input, Output, Needs> &
  (OfOneAction<Input, Needs> | OfSeveralActions<Input, Needs>);

/** An operation that is an action in IAM, as most are. */
interface OfOneAction<Input, Needs extends keyof World> {
  /** The IAM action, if it isn't `<service>:<operation>`: Lambda's Invoke needs `lambda:InvokeFunction`. */
  readonly action?: string;
  /**
   * The ARNs that the caller needs the permission on, `*` if AWS has no resource-level permission
   * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
   */
  resource(input: Input, call: Call<Needs>): string | readonly string[];
  /** Additional permissions that the caller needs: to pass a role to a service, for example. */
  alsoNeeds?(input: Input, call: Call<Needs>): readonly Need[];
}

/**
 * An operation without an action of its own: DynamoDB's TransactWriteItems needs the permission for each of its parts.
 */
interface OfSeveralActions<Input, Needs extends keyof World> {
  readonly action?: never;
  readonly resource?: never;
  /** All permissions that the caller needs. */
  alsoNeeds(input: Input, call: Call<Needs>): readonly Need[];
}

interface Definition<Input, Output, Needs extends keyof World> {
  /** AWS requires no permission for this: any authenticated caller can do it. */
  readonly needsNoPermission?: true;
  /**
   * AWS accepts this unsigned and requires no permission: it is meant for web pages and mobile apps. Returns the scope,
   * `<account>/<region>`, that contains the resource that the input names; undefined if none does.
   */
  unsigned?(input: Input, from: UnsignedCall): string | undefined;
  /** The condition keys of this action on one of its resources. Only called if a policy has conditions. */
  context?(input: Input, call: Call<Needs>, resource: string): ContextKeys | Promise<ContextKeys>;
  /** The resource's own policy: a function's, or a role's trust policy. */
  resourcePolicy?(input: Input, call: Call<Needs>): ResourcePolicy | undefined;
  run(input: Input, call: Call<Needs>): Output | Promise<Output>;
}

/** The facts known about a call before its account is known. */
export interface UnsignedCall {
  readonly store: Pick<Store, 'get' | 'scopes'>;
  /** Undefined if neither a signature nor the address names one: then it can be any. */
  readonly region: string | undefined;
}

/** A permission. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** Its condition keys, or a function that finds them, which is only called if a policy has conditions. */
  readonly context?: ContextKeys | (() => Promise<ContextKeys>);
}

/**
 * A resource's policy: JSON, or the parsed value. A trust policy must allow, whatever the caller's own policies say.
 */
export interface ResourcePolicy {
  readonly kind: 'resource' | 'trust';
  readonly document: string | object;
}

/** An operation as the registries store it: with any input, and all parts of the account. */
export type AnyOperation = Operation<never, unknown, keyof World>;

/** Types an operation from its parts. */
export function operation<Input, Output, Needs extends keyof World = never>(
  definition: Operation<Input, Output, Needs>,
): Operation<Input, Output, Needs> {
  return definition;
}

/** The input of a service from `server.ts`: one complete HTTP request. */
export interface HttpRequest {
  readonly method: string;
  /** As received: still percent-encoded, without the query string. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** As received, without the question mark: signatures cover this. */
  readonly rawQuery: string;
  /** Names in lower case; repeated ones joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The SHA-256 of the body in hexadecimal, if it was computed while the body arrived. */
  readonly bodyHash?: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The operation that a request asks for, and its input. */
export interface Parsed {
  readonly operation: string;
  readonly input: object;
}

/** A service's wire protocol. */
export interface Protocol {
  /** Which operation it is, and its input in the form of the SDK's types. */
  parse(request: HttpRequest, service: Service): Parsed | Promise<Parsed>;
  respond(output: object, detail: Answering): HttpResponse;
  fail(
    error: {
      readonly code: string;
      readonly message: string;
      readonly status: number;
      readonly details: Readonly<Record<string, unknown>>;
    },
    detail: Answering,
  ): HttpResponse;
}

/** The facts that a protocol may need to write a response. */
export interface Answering {
  readonly service: Service;
  /** Undefined if the request couldn't be parsed. */
  readonly operation: string | undefined;
  readonly requestId: string;
}

/** A service. Its name is its signature scope, and its operations are listed only in its `service.ts`. */
export interface Service {
  readonly name: string;
  /** Its name in messages: `Systems Manager`. */
  readonly title: string;
  /** The prefix of its IAM actions, if it differs from the name. */
  readonly actionPrefix?: string;
  readonly protocol: Protocol;
  /** The part before the dot in `X-Amz-Target`, for the JSON protocols. */
  readonly target?: string;
  /** The XML namespace of its responses, for the query protocol and S3. */
  readonly namespace?: string;
  /** Maps `GET /v2/apis/{ApiId}` to an operation, for the REST protocols. */
  readonly routes?: Readonly<Record<string, string>>;
  readonly operations: Readonly<Record<string, AnyOperation>>;
  /** Its `Tags` are a map of strings; elsewhere they are a list of keys with values. */
  readonly tagsAreMap?: true;
  /** Web pages can call it from their own origin, unsigned. */
  readonly callableByPages?: true;
  /** Publishes something besides its operations, for anyone to GET; undefined if the request is for something else. */
  published?(request: HttpRequest, world: { readonly store: Store }): HttpResponse | undefined;
  /** The condition keys that all of its actions have. */
  context?(input: object, call: Call<'store'>): ContextKeys;
  /** This service's additional key for a resource's tags, such as `iam:ResourceTag`. */
  readonly resourceTagKey?: string;
  /** The tags of a resource of this service, for `aws:ResourceTag`; undefined if it has none or doesn't exist. */
  tagsOf?(arn: string, call: Call<'store'>): Readonly<Record<string, string>> | undefined;
}
