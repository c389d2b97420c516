// The kit for checks of labs outside this repository: `import { check } from 'websocket-lab'`. They get the running
// code, not a second copy.

export type {
  AnyCheck,
  Check,
  Evidence,
  Judgement,
  Place,
  Room,
  StackResource,
  Subject,
} from './checking/check.ts';
export { check } from './checking/check.ts';
export { LabError } from './failures/errors.ts';
export { roomIsDeployed } from './labs/room-is-deployed.ts';
export { twoPeopleTalk } from './labs/two-people-talk.ts';
export { observeFunction } from './observe/function.ts';
export { openRoom } from './observe/room.ts';
export { observeRoutes, observeStage } from './observe/routes.ts';
export type { Spoken } from './probe/speak.ts';
export { speak } from './probe/speak.ts';
export { visit } from './probe/visit.ts';
export type { OwnLab as Lab } from './workshop/own-labs/load.ts';
