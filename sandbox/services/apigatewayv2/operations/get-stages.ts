import type { GetStagesRequest, GetStagesResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { listOf } from '../lookup.ts';
import { page } from '../page.ts';
import { stages } from '../records.ts';
import { stageView } from '../stage.ts';

export const getStages = operation<GetStagesRequest, GetStagesResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'stages'),
  run: (input, call) => page(listOf(call, stages, input.ApiId).map(stageView), input),
});
