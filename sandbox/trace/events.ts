import type { Correlation, Stamp } from './correlation.ts';
import type { TracedDecision } from './traced-decision.ts';

/**
 * What the practice account reports of itself while it works: the events of `GET /_lab/events`. All of it is JSON.
 * Members are chosen one by one, so that no token, password or code gets in; free text (log lines, message texts, error
 * messages) passes `withoutSecrets` and is cut.
 */
export type TraceEvent = Stamp & Correlation & Happening;

export type Happening =
  | HandshakeEvent
  | AuthorizerEvent
  | ConnectedEvent
  | RefusedEvent
  | FrameEvent
  | RouteEvent
  | PermissionEvent
  | ProcessEvent
  | InvocationEvent
  | ReturnEvent
  | CallEvent
  | AnswerEvent
  | DisconnectEvent
  | StackEvent
  | LogEvent
  | RowEvent;

/** A handshake reached a stage. `connectionId` is the id that the connection will have. */
export interface HandshakeEvent {
  readonly kind: 'handshake';
  /** Who decides: nobody, a Lambda authorizer, IAM by the caller's signature. `no route` if there is no `$connect`. */
  readonly asks: 'nobody' | 'authorizer' | 'iam' | 'no route';
  /** Names of query parameters, not their values. */
  readonly query: readonly string[];
  /** A checker asks, and not somebody in the room. */
  readonly isProbe?: true;
}

/** The authorizer of `$connect` was asked, or not even that. */
export interface AuthorizerEvent {
  readonly kind: 'authorizer';
  readonly name: string;
  /** `route.request.querystring.token` */
  readonly identitySource: readonly string[];
  /**
   * `missing identity`: the request lacks an identity source, and the function was not asked (401). `unauthorized`: it
   * threw `Unauthorized` (401). `denied`: its policy denies, or does not allow (403). `failed`: it threw, timed out or
   * could not be invoked (500). `malformed`: its answer is not one (500); `problem` says why.
   */
  readonly outcome: 'allowed' | 'denied' | 'missing identity' | 'unauthorized' | 'failed' | 'malformed';
  readonly problem?: string;
  /** Whom it named. */
  readonly principalId?: string;
  /** Names of the entries of its context. */
  readonly context?: readonly string[];
  /** WebSocket APIs keep no decision: always false. */
  readonly cached: false;
  readonly ms: number;
}

/** A handshake was answered 101. */
export interface ConnectedEvent {
  readonly kind: 'connected';
  readonly principalId?: string;
}

/** A handshake was answered with another status. */
export interface RefusedEvent {
  readonly kind: 'refused';
  readonly status: number;
  /** API Gateway's own words; missing if `$connect` answered. */
  readonly message?: string;
}

/** A message came from a client. */
export interface FrameEvent {
  readonly kind: 'frame';
  readonly bytes: number;
  /** The message as it can be shown: secrets hidden, long texts cut. */
  readonly text: string;
}

/** API Gateway looked for the route of a message. */
export interface RouteEvent {
  readonly kind: 'route';
  /** `$request.body.action` */
  readonly expression: string;
  /** What the expression gives for this message; missing if the message is not JSON. */
  readonly key?: string;
  /** The route that was taken; missing if no route matches and `$default` is missing, too: the client gets `Forbidden`. */
  readonly routeKey?: string;
  /** More messages came than the stage takes: the client is answered `Too Many Requests`. */
  readonly isThrottled?: true;
}

/** May API Gateway invoke the function? Its resource policy decides, or a role if the integration names one. */
export interface PermissionEvent {
  readonly kind: 'permission';
  readonly routeKey: string;
  /** `arn:aws:execute-api:…:a1b2c3/room/sendmessage`: on whose behalf. */
  readonly sourceArn: string;
  readonly allowed: boolean;
  /** Why not, if no policy was asked. */
  readonly problem?: 'no such function' | 'no such role';
  /** The role that invokes the function instead of API Gateway. */
  readonly role?: string;
  readonly decision?: TracedDecision;
}

/** An execution environment of a function started, became ready, or ended. */
export interface ProcessEvent {
  readonly kind: 'process';
  /** Which one, since a function may have several. */
  readonly process: string;
  readonly state: 'starting' | 'ready' | 'ended';
  /** How long it took to become ready; only of `ready`. */
  readonly ms?: number;
}

/** A function was handed an event. */
export interface InvocationEvent {
  readonly kind: 'invocation';
  readonly version: string;
  /** Whether a process was started for it. */
  readonly cold: boolean;
  /** What its process took to be ready, if it is the first invocation of that process. */
  readonly initMs?: number;
  /** How long the event waited for a process. */
  readonly waitedMs: number;
  readonly process: string;
}

/** An invocation ended. */
export interface ReturnEvent {
  readonly kind: 'return';
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
  readonly errorMessage?: string;
  /** From the event's delivery to the answer. */
  readonly ms: number;
  readonly billedMs: number;
  readonly memoryMb: number;
}

/** A function called an AWS API. Reported when the call has ended; `at` and `mono` are its beginning. */
export interface CallEvent {
  readonly kind: 'call';
  /** `dynamodb`, `execute-api` */
  readonly service: string;
  readonly operation: string;
  /** The call's own request id, a UUID. An invocation that it made has the same. */
  readonly callId: string;
  /** HTTP. Of PostToConnection: 200 delivered, 410 the connection is gone, 403 not allowed by IAM. */
  readonly status: number;
  /** The error's code, `AccessDeniedException`. */
  readonly error?: string;
  readonly ms: number;
  /** The connection that an `@connections` call is about. */
  readonly to?: string;
  /** Bytes that were posted. */
  readonly bytes?: number;
  /** How many items a Query or Scan returned. */
  readonly count?: number;
  /** What IAM was asked, in this order; the last one is the denied one, if any is. */
  readonly decisions: readonly TracedDecision[];
}

/** What API Gateway sent to the client that sent the message. */
export interface AnswerEvent {
  readonly kind: 'answer';
  /**
   * `route response`: the function's body. `error`: API Gateway's own words, such as `Internal server error`.
   * `nothing`: the route answers nothing, or the function's status is no 2xx.
   */
  readonly what: 'route response' | 'error' | 'nothing';
  /** The integration's status, if it answered one. */
  readonly statusCode?: number;
  readonly message?: string;
  readonly bytes?: number;
}

/** A connection ended. What `$disconnect` does follows. */
export interface DisconnectEvent {
  readonly kind: 'disconnect';
  /** 1000, 1001, 1005, 1006 … */
  readonly code: number;
  readonly reason: string;
  readonly hasRoute: boolean;
}

/** A stack, or a resource of one, has another status. */
export interface StackEvent {
  readonly kind: 'stack';
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** `UPDATE_COMPLETE` */
  readonly status: string;
  readonly reason?: string;
}

/** Lines were written to a function's log. */
export interface LogEvent {
  readonly kind: 'log';
  readonly group: string;
  readonly stream: string;
  /** Secrets hidden, long lines cut. */
  readonly lines: readonly string[];
  /** How many more lines there were. */
  readonly more?: number;
  /** The role may not write the log: CloudWatch Logs does not have the lines. */
  readonly isLost?: true;
}

/** An item of a table was written or deleted, by anybody. */
export interface RowEvent {
  readonly kind: 'row';
  readonly table: string;
  readonly change: 'put' | 'delete';
  /** The key attributes, as texts. */
  readonly key: Readonly<Record<string, string>>;
}
