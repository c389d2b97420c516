import type { DeployedRoom, FunctionDocument, RouteDocument } from '../../deployed-room.ts';
import { isUnavailable } from '../state/documents.ts';
import { counted, duration } from '../words.ts';
import type { FunctionActivity, Traffic } from './activity.ts';

/** Says what a stage is and lets through: `stage room · 2 sockets · 50/s`. */
export function stageInWords({ api, sockets }: DeployedRoom): string {
  if (api === undefined) return '';
  const { name, rate } = api.stage;
  return [`stage ${name}`, isUnavailable(sockets) ? '' : counted(sockets.length, 'socket'), rate === undefined ? '' : `${rate}/s`]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Says what goes through a route: `3 came · 3 failed`. */
export function routeInWords(route: RouteDocument, traffic: Traffic | undefined): string {
  if (!route.isLive) return 'not deployed to the stage';
  if (route.integration === undefined) return 'nothing behind it';
  const { came, failed } = traffic ?? { came: 0, failed: 0 };
  const asks = { NONE: '', AWS_IAM: 'asks IAM', CUSTOM: 'asks its authorizer' }[route.authorization] ?? '';
  const open = route.key === '$connect' && asks === '' ? 'asks nobody' : asks;
  const counts = came === 0 ? 'nothing yet' : `${came} came${failed > 0 ? ` · ${failed} failed` : ''}`;
  return [counts, open].filter((part) => part !== '').join(' · ');
}

/** Says how a function does: `warm · 7 ms · 2 runs`. */
export function functionInWords({ isMissing }: FunctionDocument, activity: FunctionActivity | undefined): string {
  if (isMissing === true) return 'not in the account';
  const { state = 'unknown', runs = 0, failed = 0, lastMs, coldMs } = activity ?? {};
  if (state === 'starting') return 'starting a process';
  if (runs === 0) return { cold: 'cold: no process yet', warm: 'warm', busy: 'busy', unknown: 'AWS doesn’t show its state' }[state];
  const took = state === 'cold' && coldMs !== undefined ? `cold start ${duration(coldMs)}` : lastMs === undefined ? '' : duration(lastMs);
  const count = failed > 0 ? `${failed} of ${runs} failed` : counted(runs, 'run');
  return [state, took, count].filter((part) => part !== '' && part !== 'unknown').join(' · ');
}
