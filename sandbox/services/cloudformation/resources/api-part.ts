import { ifThere } from './if-there.ts';
import { type Resource, type ResourceType, resourceType } from './resource-type.ts';

/** Parts of an API: everything but the API itself. */
interface PartProperties {
  readonly ApiId: string;
}

interface Part<Properties> extends Pick<ResourceType<Properties>, 'properties' | 'required' | 'numbers' | 'booleans'> {
  /** Its name in operations: `Route` in CreateRoute. */
  readonly noun: string;
  /** How long API Gateway's ids of this kind are. */
  readonly idLength: number;
  /** The property that names its parent, in addition to the API. */
  readonly parent?: keyof Properties & string;
  /** The values of removed properties that don't become an empty string. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/** A resource type of API Gateway v2 whose ids API Gateway generates, from the names of its operations. */
export function apiPart<Properties extends PartProperties>(part: Part<Properties>): ResourceType<Properties> {
  const { noun, idLength, parent, defaults = {}, ...rest } = part;
  const idMember = `${noun}Id`;
  const place = ({ properties, physicalId }: Resource<Properties>) => ({
    ApiId: properties.ApiId,
    ...(parent === undefined ? {} : { [parent]: properties[parent] }),
    [idMember]: physicalId,
  });
  return resourceType<Properties>({
    ...rest,
    attributes: [idMember],
    identify: (_resource, { ids }) => ids.short(idLength),
    async create({ properties, physicalId }, { perform }) {
      await perform('apigateway', `Create${noun}`, properties, { assignedId: physicalId });
      return { attributes: { [idMember]: physicalId } };
    },
    async update(resource, former, { perform }) {
      const removed = Object.keys(former.properties).filter((name) => !Object.hasOwn(resource.properties, name));
      const emptied = Object.fromEntries(removed.map((name) => [name, defaults[name] ?? '']));
      await perform('apigateway', `Update${noun}`, { ...emptied, ...resource.properties, ...place(resource) });
      return { [idMember]: resource.physicalId };
    },
    async delete(resource, { perform }) {
      await ifThere(perform('apigateway', `Delete${noun}`, place(resource)));
    },
  });
}
