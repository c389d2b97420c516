import type { Fault } from '../../fault.ts';

export const leakyChannels: Fault = {
  from: 'Radia, release',
  complaint: 'Sales knows the date of our release. We have only ever talked about it in our own channel.',
  look: 'Join two channels in two windows, and say something in one. Whom does the sending function read from the table, and whom does it write to?',
  cause:
    'The sending function reads every connection instead of those of the channel, so everyone hears every channel. The index `byChannel` has what it needs.',
  solvedBy: ['channels-are-separate'],
  alsoFails: [],
  masks: ['lost-pages'],
};
