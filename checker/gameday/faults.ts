import type { Fault } from './fault.ts';
import { anyChannel } from './faults/any-channel/fault.ts';
import { leakyChannels } from './faults/leaky-channels/fault.ts';
import { logsForever } from './faults/logs-forever/fault.ts';
import { lostPages } from './faults/lost-pages/fault.ts';
import { missingRoute } from './faults/missing-route/fault.ts';
import { noPostPermission } from './faults/no-post-permission/fault.ts';
import { noStageInCallback } from './faults/no-stage-in-callback/fault.ts';
import { noWayBack } from './faults/no-way-back/fault.ts';
import { notLive } from './faults/not-live/fault.ts';
import { oldApiId } from './faults/old-api-id/fault.ts';
import { oldHistory } from './faults/old-history/fault.ts';
import { openFloodgates } from './faults/open-floodgates/fault.ts';
import { openSignUp } from './faults/open-sign-up/fault.ts';
import { renamedVariable } from './faults/renamed-variable/fault.ts';
import { silentDefault } from './faults/silent-default/fault.ts';
import { spoofedSender } from './faults/spoofed-sender/fault.ts';
import { staleConnections } from './faults/stale-connections/fault.ts';
import { strangersLetIn } from './faults/strangers-let-in/fault.ts';
import { tokenInAHeader } from './faults/token-in-a-header/fault.ts';
import { tokenInTheLog } from './faults/token-in-the-log/fault.ts';
import { tooLittleMemory } from './faults/too-little-memory/fault.ts';
import { tooMuch } from './faults/too-much/fault.ts';
import { wordsInTheLog } from './faults/words-in-the-log/fault.ts';

/** The faults that a game day can plant, by the name of their folder. */
export const faults: Readonly<Record<string, Fault>> = {
  'missing-route': missingRoute,
  'no-post-permission': noPostPermission,
  'old-api-id': oldApiId,
  'no-stage-in-callback': noStageInCallback,
  'renamed-variable': renamedVariable,
  'strangers-let-in': strangersLetIn,
  'token-in-a-header': tokenInAHeader,
  'not-live': notLive,
  'stale-connections': staleConnections,
  'spoofed-sender': spoofedSender,
  'lost-pages': lostPages,
  'open-floodgates': openFloodgates,
  'open-sign-up': openSignUp,
  'leaky-channels': leakyChannels,
  'any-channel': anyChannel,
  'words-in-the-log': wordsInTheLog,
  'token-in-the-log': tokenInTheLog,
  'logs-forever': logsForever,
  'no-way-back': noWayBack,
  'old-history': oldHistory,
  'silent-default': silentDefault,
  'too-little-memory': tooLittleMemory,
  'too-much': tooMuch,
};
