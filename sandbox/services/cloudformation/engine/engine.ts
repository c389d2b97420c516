import type { Call, Perform, World } from '../../../calls/context.ts';
import type { AnyResourceType } from '../resources/resource-type.ts';
import { resourceTypes } from '../resources.ts';

/** What the engine works with: the parts of the account it needs, and who it acts for. */
export interface Engine extends Pick<World, 'store' | 'clock' | 'ids' | 'deployments'> {
  readonly accountId: string;
  readonly region: string;
  /** Performs as the one who deploys. */
  readonly perform: Perform;
  readonly types: Readonly<Record<string, AnyResourceType>>;
}

/** The parts of an account that operations on stacks ask for. */
export type EngineNeeds = 'store' | 'clock' | 'ids' | 'deployments';

/** The engine of one call, acting as its caller. */
export function engineOf(call: Call<EngineNeeds>): Engine {
  const { store, clock, ids, deployments, accountId, region, perform } = call;
  return { store, clock, ids, deployments, accountId, region, perform, types: resourceTypes };
}
