import type { Fault } from '../../fault.ts';

export const tooMuch: Fault = {
  from: 'Hedy, security',
  complaint:
    'Our auditor asks why a function that sends chat messages is allowed to delete the whole table. I had no answer.',
  look: 'Which grants does the sending function have in stack.ts, and which calls does its handler make?',
  cause:
    'The sending function has full access to the table. It only needs to read rows, and to delete those of connections that are gone.',
  solvedBy: ['no-more-than-needed'],
  alsoFails: [],
};
