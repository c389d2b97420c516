import type { GetApisRequest, GetApisResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { apiView } from '../api.ts';
import { managedArn } from '../arn.ts';
import { page } from '../page.ts';
import { apis } from '../records.ts';

export const getApis = operation<GetApisRequest, GetApisResponse, 'store' | 'address'>({
  action: 'apigateway:GET',
  resource: (_input, call) => managedArn(call, 'apis'),
  run(input, call) {
    const items = apis.list(call.store, regional(call));
    return page(
      items.map((item) => apiView(item, call.address)),
      input,
    );
  },
});
