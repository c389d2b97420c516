import { regional } from '../../calls/context.ts';
import type { Service } from '../../calls/operation.ts';
import { apiContext } from './context.ts';
import { createApi } from './operations/create-api.ts';
import { createAuthorizer } from './operations/create-authorizer.ts';
import { createDeployment } from './operations/create-deployment.ts';
import { createIntegration } from './operations/create-integration.ts';
import { createIntegrationResponse } from './operations/create-integration-response.ts';
import { createRoute } from './operations/create-route.ts';
import { createRouteResponse } from './operations/create-route-response.ts';
import { createStage } from './operations/create-stage.ts';
import { deleteAccessLogSettings } from './operations/delete-access-log-settings.ts';
import { deleteApi } from './operations/delete-api.ts';
import { deleteAuthorizer } from './operations/delete-authorizer.ts';
import { deleteDeployment } from './operations/delete-deployment.ts';
import { deleteIntegration } from './operations/delete-integration.ts';
import { deleteIntegrationResponse } from './operations/delete-integration-response.ts';
import { deleteRoute } from './operations/delete-route.ts';
import { deleteRouteResponse } from './operations/delete-route-response.ts';
import { deleteRouteSettings } from './operations/delete-route-settings.ts';
import { deleteStage } from './operations/delete-stage.ts';
import { getAccount } from './operations/get-account.ts';
import { getApi } from './operations/get-api.ts';
import { getApis } from './operations/get-apis.ts';
import { getAuthorizer } from './operations/get-authorizer.ts';
import { getAuthorizers } from './operations/get-authorizers.ts';
import { getDeployment } from './operations/get-deployment.ts';
import { getDeployments } from './operations/get-deployments.ts';
import { getIntegration } from './operations/get-integration.ts';
import { getIntegrationResponse } from './operations/get-integration-response.ts';
import { getIntegrationResponses } from './operations/get-integration-responses.ts';
import { getIntegrations } from './operations/get-integrations.ts';
import { getRoute } from './operations/get-route.ts';
import { getRouteResponse } from './operations/get-route-response.ts';
import { getRouteResponses } from './operations/get-route-responses.ts';
import { getRoutes } from './operations/get-routes.ts';
import { getStage } from './operations/get-stage.ts';
import { getStages } from './operations/get-stages.ts';
import { getTags } from './operations/get-tags.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateAccount } from './operations/update-account.ts';
import { updateApi } from './operations/update-api.ts';
import { updateAuthorizer } from './operations/update-authorizer.ts';
import { updateDeployment } from './operations/update-deployment.ts';
import { updateIntegration } from './operations/update-integration.ts';
import { updateIntegrationResponse } from './operations/update-integration-response.ts';
import { updateRoute } from './operations/update-route.ts';
import { updateRouteResponse } from './operations/update-route-response.ts';
import { updateStage } from './operations/update-stage.ts';
import { paths } from './paths.ts';
import { protocol } from './protocol.ts';
import { apis, keyWithinApi, stages } from './records.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/ */
export const apigatewayv2: Service = {
  name: 'apigateway',
  title: 'API Gateway v2',
  protocol,
  routes: paths,
  context: apiContext,
  // The tags of an API or a stage decide about its parts, too.
  tagsOf: (arn, call) => {
    const found = /^arn:[^:]+:apigateway:[^:]*::\/apis\/([^/]+)(?:\/stages\/([^/]+))?/.exec(arn);
    if (found === null) return undefined;
    const [, apiId = '', stageName] = found;
    const stage =
      stageName === undefined ? undefined : stages.get(call.store, regional(call), keyWithinApi(apiId, stageName));
    return stage?.Tags ?? apis.get(call.store, regional(call), apiId)?.Tags;
  },
  tagsAreMap: true,
  operations: {
    CreateApi: createApi,
    CreateAuthorizer: createAuthorizer,
    CreateDeployment: createDeployment,
    CreateIntegration: createIntegration,
    CreateIntegrationResponse: createIntegrationResponse,
    CreateRoute: createRoute,
    CreateRouteResponse: createRouteResponse,
    CreateStage: createStage,
    DeleteAccessLogSettings: deleteAccessLogSettings,
    DeleteApi: deleteApi,
    DeleteAuthorizer: deleteAuthorizer,
    DeleteDeployment: deleteDeployment,
    DeleteIntegration: deleteIntegration,
    DeleteIntegrationResponse: deleteIntegrationResponse,
    DeleteRoute: deleteRoute,
    DeleteRouteResponse: deleteRouteResponse,
    DeleteRouteSettings: deleteRouteSettings,
    DeleteStage: deleteStage,
    GetAccount: getAccount,
    GetApi: getApi,
    GetApis: getApis,
    GetAuthorizer: getAuthorizer,
    GetAuthorizers: getAuthorizers,
    GetDeployment: getDeployment,
    GetDeployments: getDeployments,
    GetIntegration: getIntegration,
    GetIntegrationResponse: getIntegrationResponse,
    GetIntegrationResponses: getIntegrationResponses,
    GetIntegrations: getIntegrations,
    GetRoute: getRoute,
    GetRouteResponse: getRouteResponse,
    GetRouteResponses: getRouteResponses,
    GetRoutes: getRoutes,
    GetStage: getStage,
    GetStages: getStages,
    GetTags: getTags,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateAccount: updateAccount,
    UpdateApi: updateApi,
    UpdateAuthorizer: updateAuthorizer,
    UpdateDeployment: updateDeployment,
    UpdateIntegration: updateIntegration,
    UpdateIntegrationResponse: updateIntegrationResponse,
    UpdateRoute: updateRoute,
    UpdateRouteResponse: updateRouteResponse,
    UpdateStage: updateStage,
  },
};
