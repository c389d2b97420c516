import type { Room, Subject } from '../checking/check.ts';
import { madeUpWord } from '../probe/visitor-name.ts';
import { propertiesIn } from './declared.ts';
import { speakingKey } from './route-selection.ts';
import { observeRoutes } from './routes.ts';
import { observeTemplate } from './template.ts';

/** Returns an action for each route that gets other messages; none if the API selects routes by something else. */
export async function observeOtherActions(subject: Subject, room: Room): Promise<string[]> {
  const { routeSelection = '$request.body.action' } = room;
  if (routeSelection !== '$request.body.action') return [];
  const [routes, template] = await Promise.all([observeRoutes(subject, room), observeTemplate(subject)]);
  // A route that was deployed a moment ago may not be listed yet.
  const declared = Object.values(propertiesIn(template)).map(({ RouteKey }) => RouteKey);
  const keys = new Set([
    ...routes.map(({ routeKey }) => routeKey),
    ...declared.filter((key) => typeof key === 'string'),
  ]);
  return [...keys]
    .filter((key) => !['$connect', '$disconnect', speakingKey(room)].includes(key))
    .map((key) => (key === '$default' ? madeUpWord() : key));
}
