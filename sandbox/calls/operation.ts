import type { ContextKeys } from '../iam-policy/request-context.ts';
import type { Store } from '../state/store.ts';
import type { Call, World } from './context.ts';

/** One operation of one service: one file, named as the operation is. */
export interface Operation<Input, Output, Needs extends keyof World> {
  /** The IAM action, where it is not `<service>:<operation>`: Lambda's Invoke needs `lambda:InvokeFunction`. */
  readonly action?: string;
  /**
   * The ARNs that the caller needs the permission on, `*` where AWS knows no resource-level permission
   * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
   */
  resource(input: Input, call: Call<Needs>): string | readonly string[];
  /** AWS asks no permission for this: whoever is known may do it. */
  readonly needsNoPermission?: true;
  /**
   * AWS takes this without a signature, and asks no permission whoever calls: it is made for pages and phones. Gives
   * the scope, `<account>/<region>`, that holds what the input names; undefined where none does.
   */
  unsigned?(input: Input, from: UnsignedCall): string | undefined;
  /** What the caller must be allowed besides: the role that is handed to a service, for one. */
  alsoNeeds?(input: Input, call: Call<Needs>): readonly Need[];
  /** The condition keys of this action on one of its resources. Asked only where a policy has conditions. */
  context?(input: Input, call: Call<Needs>, resource: string): ContextKeys | Promise<ContextKeys>;
  /** The policy of the resource itself: a function's, or the trust policy of a role. */
  resourcePolicy?(input: Input, call: Call<Needs>): ResourcePolicy | undefined;
  run(input: Input, call: Call<Needs>): Output | Promise<Output>;
}

/** What is known of a call before it is known which account it is about. */
export interface UnsignedCall {
  readonly store: Pick<Store, 'get' | 'scopes'>;
  /** Undefined where neither a signature nor the address names one: then it may be any. */
  readonly region: string | undefined;
}

/** A permission. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context?: ContextKeys;
}

/** A resource's policy: JSON, or what it parses to. A trust policy must allow, whatever the caller's own policies say. */
export interface ResourcePolicy {
  readonly kind: 'resource' | 'trust';
  readonly document: string | object;
}

/** An operation as the registries hold it: whatever its input, and given every part of the account. */
export type AnyOperation = Operation<never, unknown, keyof World>;

/** Types an operation from its parts. */
export function operation<Input, Output, Needs extends keyof World = never>(
  definition: Operation<Input, Output, Needs>,
): Operation<Input, Output, Needs> {
  return definition;
}

/** What `server.ts` hands to a service: one HTTP request, read to its end. */
export interface HttpRequest {
  readonly method: string;
  /** As it came: still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** As it came, without the question mark: signatures are over this. */
  readonly rawQuery: string;
  /** Names in lower case; repeated ones joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** How a service's operations go over the wire. */
export interface Protocol {
  /** Which operation this is, and its input in the shape of the SDK's types. */
  parse(request: HttpRequest, service: Service): { readonly operation: string; readonly input: object };
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

/** What a protocol may want to know when it writes an answer. */
export interface Answering {
  readonly service: Service;
  /** Unknown where the request could not be read. */
  readonly operation: string | undefined;
  readonly requestId: string;
}

/** A service: its name is its signature scope, and its operations are listed in its `service.ts` and nowhere else. */
export interface Service {
  readonly name: string;
  /** As people know it, for messages: `Systems Manager`. */
  readonly title: string;
  /** The prefix of its IAM actions, where it differs from the name. */
  readonly actionPrefix?: string;
  readonly protocol: Protocol;
  /** What comes before the dot in `X-Amz-Target`, for the JSON protocols. */
  readonly target?: string;
  /** The XML namespace of its answers, for the query protocol and S3. */
  readonly namespace?: string;
  /** `GET /v2/apis/{ApiId}` to an operation, for the REST protocols. */
  readonly routes?: Readonly<Record<string, string>>;
  readonly operations: Readonly<Record<string, AnyOperation>>;
  /** Its `Tags` are a map of texts; elsewhere they are a list of keys with values. */
  readonly tagsAreMap?: true;
  /** Pages may call it from their own origin, without a signature. */
  readonly callableByPages?: true;
  /** What it publishes beside its operations, for anyone to read; undefined where a request is for something else. */
  published?(request: HttpRequest, world: { readonly store: Store }): HttpResponse | undefined;
  /** The condition keys that all of its actions have. */
  context?(input: object, call: Call<'store'>): ContextKeys;
  /** The key that this service has for the tags of a resource besides, such as `iam:ResourceTag`. */
  readonly resourceTagKey?: string;
  /** The tags of a resource of this service, for `aws:ResourceTag`; undefined where it has none or is not there. */
  tagsOf?(arn: string, call: Call<'store'>): Readonly<Record<string, string>> | undefined;
}
