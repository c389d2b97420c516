import type { Finding, Place, Room } from '../../checking/check.ts';
import { SPEAKING, selectsByText, speakingKey } from '../../observe/route-selection.ts';
import type { ObservedRoute, ObservedStage } from '../../observe/routes.ts';
import * as findings from './findings.ts';
import type { Targets } from './targets.ts';

/** What the check of the route for messages looks at if that route is missing. */
export interface Looked extends Targets {
  readonly room: Room;
  readonly stage: ObservedStage;
  /** The line of `stack.ts` that adds the route after `app.synth()`, if it has such a line. */
  readonly late?: Place | undefined;
}

/**
 * Finds a route whose key differs only in ways that people overlook, or else one with a function of its own, if nothing
 * stands in for the missing route.
 */
export function alikeIn({ routes, spoken }: Pick<Looked, 'routes' | 'spoken'>): ObservedRoute | undefined {
  const functionsOf = (those: readonly ObservedRoute[]) => those.map(({ integration }) => integration?.functionName);
  const [system, custom] = [true, false].map((is) => routes.filter(({ routeKey }) => routeKey.startsWith('$') === is));
  const taken = [undefined, ...functionsOf(system ?? [])];
  return (
    routes.find(isMisspelled) ??
    (spoken.heard.listener > 0
      ? undefined
      : custom?.find(({ integration }) => !taken.includes(integration?.functionName)))
  );
}

function isMisspelled({ routeKey }: ObservedRoute): boolean {
  return routeKey.toLowerCase().replace(/[^a-z]/g, '') === SPEAKING;
}

/** Returns what was found instead of the route; undefined if nothing is close to it. */
export function missingAs(looked: Looked): Finding | undefined {
  const { room, stage, spoken } = looked;
  if (speakingKey(room) !== SPEAKING) return findings.selectionDiffers;
  if (looked.late !== undefined) return findings.afterSynth;
  if (alikeIn(looked) !== undefined) return findings.keyDiffers;
  return spoken.heard.listener > 0 && stage.autoDeploy ? findings.standIn : undefined;
}

/** Says that the route is missing, and what is there instead. */
export function missing(looked: Looked): string {
  const { room, stage, spoken } = looked;
  const key = speakingKey(room);
  if (selectsByText(room)) {
    return `The API selects the route by \`${room.routeSelection}\`: that is the text that people type, so each text selects a different route.`;
  }
  if (key !== SPEAKING) {
    const found =
      key === '' ? 'messages have no such field' : `for a message that gives ${key}, and there is no such route`;
    return `The API selects the route of a message by \`${room.routeSelection}\`: ${found}.`;
  }
  if (looked.late !== undefined) {
    return `The API has no route ${SPEAKING}: stack.ts adds it after \`app.synth()\`, which has already written the template.`;
  }
  const alike = alikeIn(looked);
  if (alike !== undefined) {
    const why = isMisspelled(alike) ? 'but route keys must match exactly, including case' : 'which no message selects';
    return `The API has no route ${SPEAKING}. It has ${shown(alike.routeKey)}, ${why}.`;
  }
  if (spoken.heard.listener > 0 && !stage.autoDeploy) {
    return `The API has no route ${SPEAKING}, yet people get each other's messages: the stage ${stage.name} doesn't deploy changes automatically (\`autoDeploy\`), so it may still serve a deployment from when the route existed. The next deployment won't have it.`;
  }
  if (spoken.heard.listener > 0) {
    return `The API has no route ${SPEAKING}: $default stands in for it and sends messages to the room. But \`$default\` is for messages that match no route.`;
  }
  return `The API has no route ${SPEAKING}${spoken.reply.kind === 'unknown action' ? ", so $default answers that it doesn't know the action" : ''}.`;
}

/** Quotes a key with spaces around it, which wouldn't show. */
function shown(key: string): string {
  return key === key.trim() ? key : JSON.stringify(key);
}
