/** A lab as it is deployed: `room.json`. Nothing here depends on which lab it is. */
export interface DeployedRoom {
  readonly lab: string;
  readonly title: string;
  readonly complaint: string;
  readonly account: AccountDocument;
  readonly stack: {
    readonly name: string;
    /** `UPDATE_COMPLETE`; optional. */
    readonly status?: string;
    /** ISO 8601. */
    readonly deployedAt?: string;
    /** Why there is no room, in one sentence. */
    readonly missing?: string;
  };
  readonly api?: ApiDocument;
  readonly authorizers: readonly AuthorizerDocument[];
  readonly functions: readonly FunctionDocument[];
  readonly roles: readonly RoleDocument[];
  readonly tables: readonly TableDocument[];
  /** Only the practice account reports open sockets. */
  readonly sockets: readonly SocketDocument[] | Unavailable;
  readonly userPools: readonly UserPoolDocument[];
  /** Parts that couldn't be read, each with the reason, in sentences; they are empty here. */
  readonly unread: readonly string[];
  /** Resources of the stack that the picture has no place for. */
  readonly others: ReadonlyArray<{ readonly logicalId: string; readonly type: string }>;
}

/** Why something is unavailable, in one sentence. */
export interface Unavailable {
  readonly unavailable: string;
}

export interface AccountDocument {
  readonly kind: 'practice' | 'aws';
  readonly title: string;
  readonly region: string;
  /** For the practice account. */
  readonly endpoint?: string;
}

export interface ApiDocument {
  readonly id: string;
  readonly label: string;
  /** `$request.body.action` */
  readonly selection: string;
  readonly address: string;
  readonly stage: { readonly name: string; readonly rate?: number; readonly burst?: number };
  readonly routes: readonly RouteDocument[];
}

export interface RouteDocument {
  readonly key: string;
  /** `NONE`, `CUSTOM`, `AWS_IAM` */
  readonly authorization: string;
  /** The id of its authorizer. */
  readonly authorizer?: string;
  /** `AWS_PROXY`, `MOCK`; optional. */
  readonly integration?: string;
  /** The name of its function. */
  readonly function?: string;
  /** Whether the function's return value is sent to the client. */
  readonly answers: boolean;
  /** Whether the stage serves it: a route may not be deployed yet. */
  readonly isLive: boolean;
}

export interface AuthorizerDocument {
  readonly id: string;
  readonly name: string;
  readonly function?: string;
  readonly identitySource: readonly string[];
}

export interface FunctionDocument {
  readonly name: string;
  /** The readable part of the name: `SendMessage`. */
  readonly label: string;
  /** Missing if the stack did not create it. */
  readonly logicalId?: string;
  /** The name of its role. */
  readonly role?: string;
  /** Seconds. */
  readonly timeout?: number;
  /** MB. */
  readonly memory?: number;
  readonly logGroup?: string;
  /** The ids of the user pools that its environment names. */
  readonly userPools: readonly string[];
  /** Whether the account has no such function, although a route names it. */
  readonly isMissing?: true;
  readonly processes: { readonly starting: number; readonly idle: number; readonly busy: number };
  /** `unknown` on AWS, which doesn't report it. */
  readonly state: 'cold' | 'starting' | 'warm' | 'busy' | 'unknown';
}

export interface RoleDocument {
  readonly name: string;
  readonly label: string;
  readonly policies: ReadonlyArray<{ readonly name: string; readonly arn?: string; readonly document: string }>;
  /** The name of its permissions boundary. */
  readonly boundary?: string;
}

export interface TableDocument {
  readonly name: string;
  readonly label: string;
  /** Names of its key attributes. */
  readonly keys: readonly string[];
  readonly rows: readonly RowDocument[];
  readonly hasMore: boolean;
}

export interface RowDocument {
  /** Attributes as strings, with secrets hidden. */
  readonly values: Readonly<Record<string, string>>;
  /** For a row that is about a connection. */
  readonly connectionId?: string;
  /** Whether that connection is open; missing if that is unknown. */
  readonly hasSocket?: boolean;
}

export interface SocketDocument {
  readonly connectionId: string;
  /** ISO 8601. */
  readonly connectedAt: string;
  /** The principal that the authorizer returned. */
  readonly principalId?: string;
  /** The name for it in one of the room's tables. */
  readonly name?: string;
}

export interface UserPoolDocument {
  readonly id: string;
  readonly label: string;
  readonly clients: readonly string[];
  /** The names of the functions that it invokes as triggers. */
  readonly triggers: readonly string[];
  readonly users: ReadonlyArray<{ readonly name: string; readonly status: string; readonly email?: string }>;
}
