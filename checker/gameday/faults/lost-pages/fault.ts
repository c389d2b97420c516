import type { Fault } from '../../fault.ts';

export const lostPages: Fault = {
  from: 'Edsger',
  complaint: 'In the all-hands, half of the company heard nothing. In my small team meetings it never happens.',
  look: 'How many rows does one Scan return at most? Look at how the sending function reads the table.',
  cause:
    'The sending function reads one page of the table and ignores LastEvaluatedKey, so whoever is on a later page hears nothing.',
  solvedBy: ['every-page-is-read'],
  alsoFails: [],
};
