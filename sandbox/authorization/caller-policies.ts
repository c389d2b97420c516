import type { Caller } from '../calls/caller.ts';
import { policyCache } from '../iam-policy/cache.ts';
import type { AttachedPolicy } from '../iam-policy/decision.ts';
import { type CompiledPolicy, parsePolicy } from '../iam-policy/parse.ts';
import { awsManagedPolicies } from '../services/iam/aws-managed-policies.ts';
import {
  type Permissions,
  type PolicyRecord,
  policies,
  type RoleRecord,
  roles,
  type Tag,
  type UserRecord,
  users,
} from '../services/iam/records.ts';
import type { Store } from '../state/store.ts';

/** A caller's policies. */
export interface PoliciesOfCaller {
  readonly identity: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  readonly session?: readonly AttachedPolicy[];
  /** The session's, and the user's or role's. */
  readonly tags: readonly Tag[];
}

/** Compiled policies, by their sources. */
interface Compiled {
  readonly inline: WeakMap<Permissions, readonly AttachedPolicy[]>;
  readonly managed: WeakMap<PolicyRecord, AttachedPolicy>;
  readonly documents: WeakMap<object, CompiledPolicy>;
  readonly texts: (document: string) => CompiledPolicy;
}

const nothingCompiled = (): Compiled => ({
  inline: new WeakMap(),
  managed: new WeakMap(),
  documents: new WeakMap(),
  texts: policyCache(),
});

/**
 * The compiled policies of users and roles. Compiled policies are kept with their record: records are frozen and
 * replaced when they change, so no invalidation is needed.
 */
export class CallerPolicies {
  readonly #store: Pick<Store, 'get'>;
  /** The records as a reader sees them by now. */
  readonly #seen: Pick<Store, 'get'>;
  readonly #compiled: Compiled;

  constructor(store: Pick<Store, 'get'>, seen = store, compiled = nothingCompiled()) {
    this.#store = store;
    this.#seen = seen;
    this.#compiled = compiled;
  }

  /** Returns the same policies as seen by a reader who may not see the latest changes yet. */
  seeing(seen: Pick<Store, 'get'>): CallerPolicies {
    return seen === this.#seen ? this : new CallerPolicies(this.#store, seen, this.#compiled);
  }

  /**
   * Returns a caller's policies; undefined if the user or role no longer exists, which also invalidates its
   * credentials.
   */
  of(caller: Caller): PoliciesOfCaller | undefined {
    if (caller.type === 'service' || caller.type === 'anonymous') return { identity: [], tags: [] };
    const record = recordOf(caller, this.#seen);
    // If a service doesn't see a role yet, its credentials are valid but have no permissions.
    if (record === undefined) return recordOf(caller, this.#store) && { identity: [], tags: [] };
    const own = this.ofRecord(record, caller.accountId);
    const { policy, policyArns = [], tags } = caller.session ?? {};
    const tagged = tags === undefined ? own : { ...own, tags: overlaid(own.tags, tags) };
    if (policy === undefined && policyArns.length === 0) return tagged;
    const named = policyArns.map((arn) => this.managed(arn, caller.accountId));
    return { ...tagged, session: policy === undefined ? named : [{ policy: this.compiled(policy) }, ...named] };
  }

  /** Returns the policies of an account's user or role. */
  ofRecord(record: UserRecord | RoleRecord, accountId: string): PoliciesOfCaller {
    const { attached, PermissionsBoundary: boundary } = record;
    const inline = this.#inlineOf(record);
    const managed =
      attached.length === 0 ? inline : [...inline, ...attached.map((arn) => this.managed(arn, accountId))];
    return {
      identity: managed,
      tags: record.Tags,
      boundary: boundary === undefined ? undefined : this.managed(boundary, accountId),
    };
  }

  /** A managed policy by its ARN; a missing one allows nothing. */
  managed(arn: string, accountId: string): AttachedPolicy {
    const record = policies.get(this.#seen, `${accountId}/global`, arn) ?? awsManagedPolicies().get(arn);
    if (record === undefined) return { policy: parsePolicy({}), arn };
    let kept = this.#compiled.managed.get(record);
    if (kept === undefined) {
      const version = record.versions.find(({ VersionId }) => VersionId === record.DefaultVersionId);
      kept = { policy: parsePolicy(version?.Document), name: record.PolicyName, arn };
      this.#compiled.managed.set(record, kept);
    }
    return kept;
  }

  /** A policy that belongs to no user or role: JSON, or the parsed value. */
  compiled(document: string | object): CompiledPolicy {
    if (typeof document === 'string') return this.#compiled.texts(document);
    let kept = this.#compiled.documents.get(document);
    if (kept === undefined) {
      kept = parsePolicy(document);
      this.#compiled.documents.set(document, kept);
    }
    return kept;
  }

  #inlineOf(record: Permissions): readonly AttachedPolicy[] {
    let kept = this.#compiled.inline.get(record);
    if (kept === undefined) {
      kept = Object.entries(record.inline).map(([name, text]) => ({ name, policy: parsePolicy(text) }));
      this.#compiled.inline.set(record, kept);
    }
    return kept;
  }
}

/** The same user or role, not a later one with the same name. */
function recordOf(
  { type, arn, roleArn, accountId, userId }: Caller,
  store: Pick<Store, 'get'>,
): UserRecord | RoleRecord | undefined {
  const scope = `${accountId}/global`;
  if (type === 'user') {
    const user = users.get(store, scope, lastStep(arn));
    return user?.UserId === userId ? user : undefined;
  }
  const role = roles.get(store, scope, lastStep(roleArn ?? ''));
  return role !== undefined && userId.startsWith(`${role.RoleId}:`) ? role : undefined;
}

/** A role's tags with those of its session, which take precedence; keys are case-insensitive. */
function overlaid(tags: readonly Tag[], session: readonly Tag[]): readonly Tag[] {
  const keys = new Set(session.map(({ Key }) => Key.toLowerCase()));
  return [...tags.filter(({ Key }) => !keys.has(Key.toLowerCase())), ...session];
}

/** The name at the end of an ARN, after its path. */
function lastStep(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
