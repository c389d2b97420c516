import type { DeployedRoom, FunctionDocument, RouteDocument } from '../../deployed-room.ts';
import { isUnavailable } from '../state/documents.ts';
import { counted, duration } from '../words.ts';
import type { FunctionActivity, Traffic } from './activity.ts';

/** Describes a stage and its throttle: `stage room · 2 sockets · 50/s`. */
export function stageInWords({ api, sockets }: DeployedRoom): string {
  if (api === undefined) return '';
  const { name, rate } = api.stage;
  return [
    `stage ${name}`,
    isUnavailable(sockets) ? '' : counted(sockets.length, 'socket'),
    rate === undefined ? '' : `${rate}/s`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Describes a route's traffic: `3 came · 3 failed`. */
export function routeInWords(route: RouteDocument, traffic: Traffic | undefined): string {
  if (!route.isLive) return 'not deployed to the stage';
  if (route.integration === undefined) return 'no integration';
  const { came, failed } = traffic ?? { came: 0, failed: 0 };
  const open = route.authorization === 'AWS_IAM' ? 'IAM authorization' : isOpen(route) ? 'no authorization' : '';
  const counts = came === 0 ? 'nothing yet' : `${came} received${failed > 0 ? ` · ${failed} failed` : ''}`;
  return [counts, open].filter((part) => part !== '').join(' · ');
}

/** Whether everyone gets in; an authorizer has its own box. */
function isOpen({ key, authorization }: RouteDocument): boolean {
  return key === '$connect' && authorization === 'NONE';
}

/** Describes a function's state: `warm · 7 ms · 2 runs`. */
export function functionInWords({ isMissing }: FunctionDocument, activity: FunctionActivity | undefined): string {
  if (isMissing === true) return 'not in the account';
  const { state = 'unknown', runs = 0, failed = 0, lastMs, coldMs } = activity ?? {};
  if (state === 'starting') return 'starting a process';
  if (runs === 0)
    return { cold: 'cold: no process yet', warm: 'warm', busy: 'busy', unknown: 'state unknown on AWS' }[state];
  const took =
    state === 'cold' && coldMs !== undefined
      ? `cold start ${duration(coldMs)}`
      : lastMs === undefined
        ? ''
        : duration(lastMs);
  if (failed > 0) return `${state === 'unknown' ? '' : `${state} · `}${failed} of ${runs} failed`;
  const count = counted(runs, 'run');
  return [state, took, count].filter((part) => part !== '' && part !== 'unknown').join(' · ');
}
