import type { Fault } from '../../fault.ts';

export const tooLittleMemory: Fault = {
  from: 'Barbara',
  complaint:
    'When my bot sends something that the room does not know, it gets "Internal server error". It used to get a proper sentence.',
  look: '`npx lab logs gameday`: how does the function behind $default end, and how much memory does its REPORT line say that it used?',
  cause:
    "The function behind $default has 128 MB, and its module mistyped.ts takes more than that as soon as it's loaded. Give it more memory, or load less.",
  solvedBy: ['unknown-action-answered'],
  alsoFails: [],
};
