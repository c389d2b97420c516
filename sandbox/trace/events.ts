import type { Correlation, Stamp } from './correlation.ts';
import type { TracedDecision } from './traced-decision.ts';

/**
 * The practice account's reports on its activity: the events of `GET /_lab/events`, all JSON. Members are chosen
 * one by one, so that no token, password or code is included; free text (log lines, message texts, error messages)
 * passes through `withoutSecrets` and is truncated.
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

/** A handshake reached a stage. `connectionId` is the future connection's id. */
export interface HandshakeEvent {
  readonly kind: 'handshake';
  /**
   * The authority: nobody, a Lambda authorizer, or IAM by the caller's signature. `no route` if there is no `$connect`.
   */
  readonly asks: 'nobody' | 'authorizer' | 'iam' | 'no route';
  /** Names of query parameters, not their values. */
  readonly query: readonly string[];
  /** It comes from a checker, not from somebody in the room. */
  readonly isProbe?: true;
}

/** The authorizer of `$connect` was called, or not even that. */
export interface AuthorizerEvent {
  readonly kind: 'authorizer';
  readonly name: string;
  /** `route.request.querystring.token` */
  readonly identitySource: readonly string[];
  /**
   * `missing identity`: the request lacks an identity source, and the function was not called (401). `unauthorized`: it
   * threw `Unauthorized` (401). `denied`: its policy denies, or doesn't allow (403). `failed`: it threw, timed out or
   * could not be invoked (500). `malformed`: its answer is invalid (500); `problem` says why.
   */
  readonly outcome: 'allowed' | 'denied' | 'missing identity' | 'unauthorized' | 'failed' | 'malformed';
  readonly problem?: string;
  /** The principal that it returned. */
  readonly principalId?: string;
  /** Names of the entries of its context. */
  readonly context?: readonly string[];
  /** WebSocket APIs don't cache decisions: always false. */
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
  /** API Gateway's own message; missing if `$connect` answered. */
  readonly message?: string;
}

/** A message arrived from a client. */
export interface FrameEvent {
  readonly kind: 'frame';
  readonly bytes: number;
  /** The message in presentable form: secrets hidden, long texts truncated. */
  readonly text: string;
}

/** API Gateway selected the route of a message. */
export interface RouteEvent {
  readonly kind: 'route';
  /** `$request.body.action` */
  readonly expression: string;
  /** The expression's value for this message; missing if the message is not JSON. */
  readonly key?: string;
  /**
   * The selected route; missing if no route matches and `$default` doesn't exist either: the client gets `Forbidden`.
   */
  readonly routeKey?: string;
  /** More messages arrived than the stage admits: the client gets `Too Many Requests`. */
  readonly isThrottled?: true;
}

/**
 * Whether API Gateway is allowed to invoke the function. Its resource policy decides, or a role if the integration
 * names one.
 */
export interface PermissionEvent {
  readonly kind: 'permission';
  readonly routeKey: string;
  /** `arn:aws:execute-api:…:a1b2c3/room/sendmessage`: on whose behalf. */
  readonly sourceArn: string;
  readonly allowed: boolean;
  /** Why not, if no policy was evaluated. */
  readonly problem?: 'no such function' | 'no such role';
  /** The role that invokes the function instead of API Gateway. */
  readonly role?: string;
  readonly decision?: TracedDecision;
}

/** An execution environment of a function started, became ready, or ended. */
export interface ProcessEvent {
  readonly kind: 'process';
  /** Its number, because a function can have several. */
  readonly process: string;
  readonly state: 'starting' | 'ready' | 'ended';
  /** How long it took to become ready; only for `ready`. */
  readonly ms?: number;
}

/** A function got an event. */
export interface InvocationEvent {
  readonly kind: 'invocation';
  readonly version: string;
  /** Whether a process was started for it. */
  readonly cold: boolean;
  /** How long its process took to start, for the first invocation of that process. */
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
  /** The call's own request id, a UUID. An invocation that it caused has the same. */
  readonly callId: string;
  /** The HTTP status. For PostToConnection: 200 delivered, 410 the connection is gone, 403 denied by IAM. */
  readonly status: number;
  /** The error's code, `AccessDeniedException`. */
  readonly error?: string;
  readonly ms: number;
  /** The connection of an `@connections` call. */
  readonly to?: string;
  /** Bytes that were posted. */
  readonly bytes?: number;
  /** How many items a Query or Scan returned. */
  readonly count?: number;
  /** IAM's decisions, in order; if one is a denial, it is the last. */
  readonly decisions: readonly TracedDecision[];
}

/** API Gateway's answer to the client that sent the message. */
export interface AnswerEvent {
  readonly kind: 'answer';
  /**
   * `route response`: the function's body. `error`: API Gateway's own message, such as `Internal server error`.
   * `nothing`: the route has no response, or the function's status isn't 2xx.
   */
  readonly what: 'route response' | 'error' | 'nothing';
  /** The integration's status, if it returned one. */
  readonly statusCode?: number;
  readonly message?: string;
  readonly bytes?: number;
}

/** A connection ended. Events of `$disconnect` follow. */
export interface DisconnectEvent {
  readonly kind: 'disconnect';
  /** 1000, 1001, 1005, 1006 … */
  readonly code: number;
  readonly reason: string;
  readonly hasRoute: boolean;
}

/** A stack, or one of its resources, has a new status. */
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
  /** Secrets hidden, long lines truncated. */
  readonly lines: readonly string[];
  /** How many more lines there were. */
  readonly more?: number;
  /** The role isn't allowed to write the log: CloudWatch Logs doesn't have the lines. */
  readonly isLost?: true;
}

/** A table's item was written or deleted, by anybody. */
export interface RowEvent {
  readonly kind: 'row';
  readonly table: string;
  readonly change: 'put' | 'delete';
  /** The key attributes, as strings. */
  readonly key: Readonly<Record<string, string>>;
}
