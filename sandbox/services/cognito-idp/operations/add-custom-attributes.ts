import type {
  AddCustomAttributesRequest,
  AddCustomAttributesResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { userPools } from '../records.ts';
import { addCustom, customAttributesShape } from '../schema.ts';
import { structure, text } from '../shape.ts';

const shape = structure({ UserPoolId: text(1, 55), CustomAttributes: customAttributesShape }, [
  'UserPoolId',
  'CustomAttributes',
]);

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html */
export const addCustomAttributes = operation<
  AddCustomAttributesRequest,
  AddCustomAttributesResponse,
  'store' | 'clock'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run(input, call) {
    shape('', input);
    const pool = findPool(input.UserPoolId, call);
    const SchemaAttributes = addCustom(pool.settings.SchemaAttributes ?? [], input.CustomAttributes ?? []);
    const settings = { ...pool.settings, SchemaAttributes };
    const modified = call.clock.now().toISOString();
    await call.store.commit([userPools.put(regional(call), pool.id, { ...pool, settings, modified })]);
    return {};
  },
});
