import type { Room, Subject } from '../../checking/check.ts';
import { hasCustomResources, isKnown, propertiesIn, resolver } from '../../observe/declared.ts';
import type { StageSettings } from './limits.ts';

/**
 * Returns the settings of the room's stage in the template; none if the template doesn't have it, or has values that
 * only CloudFormation can resolve. A custom resource can set the limits of a stage, too.
 */
export function declaredSettings(
  template: string,
  { stack, resources }: Pick<Subject, 'stack' | 'resources'>,
  { stage, stageName }: Room,
): { declared?: StageSettings } {
  const isOwn = resources.some(
    ({ logicalId, physicalId, stack: of }) => logicalId === stage && physicalId === stageName && of === undefined,
  );
  if (!stack.deployed || stage === undefined || !isOwn || hasCustomResources(resources)) return {};
  const written = propertiesIn(template);
  const { DefaultRouteSettings, RouteSettings } = written[stage] ?? {};
  const declared = resolver(stack.id, resources, written)({ DefaultRouteSettings, RouteSettings });
  const isClear = isKnown(declared) && !hasOtherLimits(declared as StageSettings);
  return written[stage] !== undefined && isClear ? { declared: declared as StageSettings } : {};
}

/** Returns whether a limit has another name. CloudFormation's schema has settings by route as JSON of any form. */
function hasOtherLimits({ DefaultRouteSettings = {}, RouteSettings = {} }: StageSettings): boolean {
  const names = [DefaultRouteSettings, ...Object.values(RouteSettings)].flatMap((settings) => Object.keys(settings));
  return names.some((name) => /throttling/i.test(name) && !/^Throttling(Burst|Rate)Limit$/.test(name));
}
