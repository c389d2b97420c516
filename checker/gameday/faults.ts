import type { Fault } from './fault.ts';
import { lostPages } from './faults/lost-pages/fault.ts';
import { missingRoute } from './faults/missing-route/fault.ts';
import { noAuthorizer } from './faults/no-authorizer/fault.ts';
import { noPostPermission } from './faults/no-post-permission/fault.ts';
import { noStageInCallback } from './faults/no-stage-in-callback/fault.ts';
import { notLive } from './faults/not-live/fault.ts';
import { oldApiId } from './faults/old-api-id/fault.ts';
import { openFloodgates } from './faults/open-floodgates/fault.ts';
import { renamedVariable } from './faults/renamed-variable/fault.ts';
import { silentDefault } from './faults/silent-default/fault.ts';
import { spoofedSender } from './faults/spoofed-sender/fault.ts';
import { staleConnections } from './faults/stale-connections/fault.ts';
import { tokenInAHeader } from './faults/token-in-a-header/fault.ts';
import { tokenInTheLog } from './faults/token-in-the-log/fault.ts';
import { tooLittleMemory } from './faults/too-little-memory/fault.ts';
import { tooMuch } from './faults/too-much/fault.ts';

/** The faults that a game day can plant, by the name of their folder. */
export const faults: Readonly<Record<string, Fault>> = {
  'missing-route': missingRoute,
  'no-post-permission': noPostPermission,
  'old-api-id': oldApiId,
  'no-stage-in-callback': noStageInCallback,
  'renamed-variable': renamedVariable,
  'no-authorizer': noAuthorizer,
  'token-in-a-header': tokenInAHeader,
  'not-live': notLive,
  'open-floodgates': openFloodgates,
  'silent-default': silentDefault,
  'too-little-memory': tooLittleMemory,
  'token-in-the-log': tokenInTheLog,
  'too-much': tooMuch,
  'stale-connections': staleConnections,
  'spoofed-sender': spoofedSender,
  'lost-pages': lostPages,
};
