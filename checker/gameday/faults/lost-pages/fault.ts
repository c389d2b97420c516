import type { Fault } from '../../fault.ts';

export const lostPages: Fault = {
  from: 'Edsger',
  complaint: 'In the all-hands, half of the company heard nothing. In my small team meetings it never happens.',
  look: 'Look at how the sending function reads the table. How much does one Scan read at most, and is that before or after the filter?',
  cause:
    'The sending function reads one page of the table and ignores LastEvaluatedKey, so people on later pages get nothing.',
  solvedBy: ['every-page-is-read'],
  alsoFails: [],
};
