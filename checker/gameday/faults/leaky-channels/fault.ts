import type { Fault } from '../../fault.ts';

export const leakyChannels: Fault = {
  from: 'Radia, release',
  complaint: 'Sales knows the date of our release. We have only ever talked about it in our own channel.',
  look: 'Join two channels in two windows, and send a message in one. Which rows does the sending function read, and which connections does it post to?',
  cause:
    "The sending function reads every connection instead of the channel's, so everyone gets every message. The index `byChannel` has what it needs.",
  solvedBy: ['channels-are-separate'],
  alsoFails: [],
  masks: ['lost-pages'],
};
