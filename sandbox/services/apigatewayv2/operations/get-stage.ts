import type { GetStageRequest, GetStageResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findStage } from '../lookup.ts';
import { stageView } from '../stage.ts';

export const getStage = operation<GetStageRequest, GetStageResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'stages', input.StageName),
  run: (input, call) => stageView(findStage(call, input.ApiId, input.StageName)),
});
