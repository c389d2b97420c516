import type { Room, StackResource, Subject } from '../../checking/check.ts';
import { isKnown, propertiesIn, resolver } from '../../observe/declared.ts';
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
  const isCustom = ({ type }: StackResource) => /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type);
  if (!stack.deployed || stage === undefined || !isOwn || resources.some(isCustom)) return {};
  const written = propertiesIn(template);
  const { DefaultRouteSettings, RouteSettings } = written[stage] ?? {};
  const declared = resolver(stack.id, resources, written)({ DefaultRouteSettings, RouteSettings });
  return written[stage] !== undefined && isKnown(declared) ? { declared: declared as StageSettings } : {};
}
