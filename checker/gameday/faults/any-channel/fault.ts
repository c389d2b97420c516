import type { Fault } from '../../fault.ts';

export const anyChannel: Fault = {
  from: 'Radia, release',
  complaint: 'Somebody from sales talks in our channel. They are on no team of ours. They just asked for it, they say.',
  look: "How does somebody get into a channel that isn't theirs? Read what the authorizer compares with `?channel=`.",
  cause:
    'The authorizer admits anyone who is in any group. It has to look for a group with exactly the name of the requested channel.',
  solvedBy: ['only-members-get-in'],
  alsoFails: [],
};
