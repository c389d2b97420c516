import type { Fault } from '../../fault.ts';

export const openFloodgates: Fault = {
  from: 'Frances, finance',
  complaint:
    "The bill for the chat is as high this week as for the last six months together. Somebody left a script running overnight, they say. Can't it be stopped?",
  look: 'What limits how many messages per second the room accepts? Look at the stage in stack.ts, and at the throttling in GetStage.',
  cause:
    "The stage has no throttle of its own, so only the account's limit applies, which is far higher than what people type.",
  solvedBy: ['every-route-is-throttled'],
  alsoFails: [],
};
