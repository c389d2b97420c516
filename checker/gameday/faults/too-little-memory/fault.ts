import type { Fault } from '../../fault.ts';

export const tooLittleMemory: Fault = {
  from: 'Barbara',
  complaint:
    'When my bot sends something that the room does not know, it gets "Internal server error". It used to get a proper sentence.',
  look: 'Run `npx lab logs gameday`: how does the function behind $default end, and how much memory did it use according to its REPORT line?',
  cause:
    "The function behind $default has 128 MB, but its module mistyped.ts needs more as soon as it's loaded. Give it more memory, or load less.",
  solvedBy: ['unknown-action-answered'],
  alsoFails: [],
};
