import { randomPart } from '../engine/names.ts';
import { resourceType } from './resource-type.ts';

interface Properties {
  readonly Analytics?: string;
}

/** The CDK's own statistics; it creates nothing, on AWS either. */
export const cdkMetadata = resourceType<Properties>({
  properties: { Analytics: 'update' },
  identify: (_resource, { ids }) => randomPart(12, ids),
  create: async () => ({}),
  update: async () => ({}),
  delete: async () => {},
});
