import type { Call, Perform, World } from '../../../calls/context.ts';
import type { AnyResourceType } from '../resources/resource-type.ts';
import { resourceTypes } from '../resources.ts';

/** The engine's context: the parts of the account that it needs, and the caller that it acts for. */
export interface Engine extends Pick<World, EngineNeeds> {
  readonly accountId: string;
  readonly region: string;
  /** Performs calls as the deploying identity. */
  readonly perform: Perform;
  readonly types: Readonly<Record<string, AnyResourceType>>;
}

/** The parts of an account that stack operations need. */
export type EngineNeeds = 'store' | 'clock' | 'ids' | 'deployments' | 'functions';

/** The engine of one call, acting as its caller. */
export function engineOf(call: Call<EngineNeeds>): Engine {
  const { store, clock, ids, deployments, functions, accountId, region, perform } = call;
  return { store, clock, ids, deployments, functions, accountId, region, perform, types: resourceTypes };
}
