import type { Change, Store } from '../state/store.ts';
import { between, type Chance } from './chance.ts';
import type { Reading } from './weather.ts';

/**
 * How long a change of a service's records takes to reach a reader, in seconds. AWS gives no number. IAM: "usually
 * within a few seconds",
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const lags: Readonly<Record<string, readonly [number, number]>> = {
  iam: [1, 12],
  apigatewayv2: [1, 8],
  lambda: [0.5, 4],
};

const longestLag = Math.max(...Object.values(lags).map(([, most]) => most));

/** Belongs to an account or a region that was bootstrapped long ago. */
const birth = 'account/birth';

/** One commit's changes to one service's records. */
interface Batch {
  readonly number: number;
  /** In seconds. */
  readonly at: number;
  readonly changes: readonly Change[];
}

/** Remembers recent changes, and shows the state without those that haven't reached a reader yet. */
export class Changes {
  readonly #store: Store;
  readonly #chance: Chance;
  readonly #seconds: () => number;
  readonly #batches = new Map<string, Batch[]>();
  readonly #counts = new Map<string, number>();

  constructor(store: Store, chance: Chance, seconds: () => number) {
    this.#store = store;
    this.#chance = chance;
    this.#seconds = seconds;
    store.onChange = (changes) => this.#remember(changes);
  }

  /** Returns the state that a replica has by now. It doesn't change while it is read. */
  seenBy(replica: string): Reading {
    const hidden = [...this.#batches.keys()].flatMap((service) => this.#hiddenFrom(replica, service));
    if (hidden.length === 0) return this.#store;
    const store = this.#store;
    return {
      get(scope, collection, id) {
        const first = hidden.find((change) => isOf(change, scope, collection) && change.id === id);
        return first === undefined ? store.get(scope, collection, id) : first.before;
      },
      entries(scope, collection) {
        const undone = hidden.filter((change) => isOf(change, scope, collection)).reverse();
        const records = new Map(store.entries(scope, collection));
        for (const { id, before } of undone) {
          if (before === undefined) records.delete(id);
          else records.set(id, before);
        }
        return [...records].sort(([a], [b]) => (a < b ? -1 : 1));
      },
      scopes: (collection) => store.scopes(collection),
    };
  }

  #remember(changes: readonly Change[]): void {
    if (changes.some(({ collection }) => collection === birth)) return;
    const at = this.#seconds();
    for (const service of new Set(changes.map(serviceOf))) {
      if (lags[service] === undefined) continue;
      const number = this.#counts.get(service) ?? 0;
      this.#counts.set(service, number + 1);
      const batch = { number, at, changes: changes.filter((change) => serviceOf(change) === service) };
      this.#batches.set(service, [...this.#latest(service), batch]);
    }
  }

  /** Changes arrive in order: a stage is never visible before its deployment. */
  #hiddenFrom(replica: string, service: string): readonly Change[] {
    const now = this.#seconds();
    const lag = lags[service] ?? [0, 0];
    const batches = this.#latest(service);
    const first = batches.findIndex(
      ({ number, at }) => at + between(lag, this.#chance('change', service, number, replica)) > now,
    );
    return first < 0 ? [] : batches.slice(first).flatMap(({ changes }) => changes);
  }

  /** The batches that somebody may not have seen yet; older ones are dropped. */
  #latest(service: string): readonly Batch[] {
    const oldest = this.#seconds() - longestLag;
    const kept = (this.#batches.get(service) ?? []).filter(({ at }) => at > oldest);
    this.#batches.set(service, kept);
    return kept;
  }
}

function isOf(change: Change, scope: string, collection: string): boolean {
  return change.scope === scope && change.collection === collection;
}

/** The service that owns a record: collections are named like `iam/role`. */
function serviceOf({ collection }: Change): string {
  return collection.split('/')[0] ?? '';
}
