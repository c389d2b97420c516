/**
 * Whether a name is a service's, as in a policy's Principal: IAM and Lambda reject all others
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services).
 * Some services also have a name for each region, or one in China.
 */
export function isServicePrincipal(name: string): boolean {
  if (elsewhere.has(name)) return true;
  const [, service] = /^(.+?)(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com(?:\.cn)?$/.exec(name) ?? [];
  return service !== undefined && services.has(service);
}

const elsewhere = new Set(['alexa-appkit.amazon.com', 'alexa-connectedhome.amazon.com']);

// AWS has no list of its own. These are the names in its documentation, its managed policies and the CDK.
const services = new Set(
  `
a2c a4b access-analyzer access-grants.s3 account acm acm-pca aco-automation action-recommendations activate
agentaccess-mcp agentless.inspector2 aidevops aiops airflow airflow-env airflow-serverless amazonmq amplify
amplifybackend amplifyuibuilder aoss apidestinations.events apigateway app-integrations appconfig appfabric appflow
application-autoscaling application-insights application-signals application-signals-mcp application-signals.cloudwatch
application-transformation application.qbusiness applicationinsights appmesh appmesh-preview apprunner appstream
appstream.application-autoscaling appstudio appsync apptest aps arc-region-switch arc-zonal-shift arsenal artifact
athena auditmanager autoscaling autoscaling-plans aws-artifact-account-sync aws-external-anthropic aws-marketplace
aws-marketplace-management aws-portal awsconnector b2bi backup backup-gateway backup-search backup-storage batch
batchoperations.s3 bcm-dashboards bcm-data-exports bcm-pricing-calculator bcm-recommended-actions bedrock
bedrock-agentcore bedrock-mantle billing billingconductor billingconsole billingreports braket budgets bugbust
build.apprunner cases cassandra cassandra-streams cassandra.application-autoscaling ce channels.lex channels.lexv2
chatbot chime cks.kms cleanrooms cleanrooms-ml cloud9 clouddirectory cloudformation cloudfront cloudfront-keyvaluestore
cloudhsm cloudsearch cloudshell cloudtrail cloudtrail-data cloudwatch cloudwatch-crossaccount codeartifact codebuild
codecatalyst codecatalyst-runner codecommit codeconnections codedeploy codedeploy-commands-secure codeguru
codeguru-profiler codeguru-reviewer codeguru-security codepipeline codestar codestar-connections codestar-notifications
codewhisperer cognito-identity cognito-idp cognito-sync comprehend comprehend.application-autoscaling comprehendmedical
compute-optimizer config config-conforms config-multiaccountsetup connect connect-campaigns consoleapp
consolidatedbilling context.cloudtrail continuousexport.discovery contract.iq contributorinsights.dynamodb
controlcatalog controltower cost-optimization-hub cost-optimization-hub.bcm credentials.iot cur
custom-resource.application-autoscaling custom.rds custom.rds-preview customer-verification databrew dataexchange
datapipeline datasync datazone dax dbqms deadline deepcomposer deeplens deepracer delivery.logs detective devicefarm
devops-guru directconnect directoryservice.rds directquery.opensearchservice discovery dlm dms
dmsintegration.migrationhub dnssec-route53 docdb-elastic drs ds ds-data dsql dynamodb dynamodb.application-autoscaling
ebs ebs.csi.eks ec2 ec2-images ec2-instance-connect ec2.application-autoscaling ec2.application-status-checks
ec2.capacitymanager ec2.cloudwatch ec2fastlaunch ec2fleet ec2messages ec2scheduled ec2sqlha ecr ecr-public ecs ecs-mcp
ecs-tasks ecs.application-autoscaling edgelambda eks eks-auth eks-connector eks-fargate eks-fargate-pods eks-mcp
eks-nodegroup elastic-inference elasticache elasticache.application-autoscaling elasticbeanstalk elasticfilesystem
elasticloadbalancing elasticmapreduce elasticmapreduce.application-autoscaling elastictranscoder elemental-activations
elemental-appliances-software elemental-inference elemental-support-cases elemental-support-content email.cognito-idp
emr-containers emr-serverless entityresolution es event-processor.health events events.managedservices events.workmail
eventsbilltoaws evidently evs execute-api export.rds fargate finops-agent finspace finspace-api firehose fis fms
forecast frauddetector freertos freetier fsx gamelift gameliftstreams geo geo-maps geo-places geo-routes glacier
globalaccelerator glue grafana greengrass groundstation groundtruthlabeling guardduty health health-agent healthlake
honeycode hooks.cloudformation iam identity-sync identitystore identitystore-auth imagebuilder importexport ingress.eks
inspector inspector-scan inspector2 inspector2-telemetry interconnect internetmonitor invoicing iot iot-device-tester
iotanalytics iotdeviceadvisor iotevents iotfleethub iotfleetwise iotjobsdata iotmanagedintegrations iotsitewise
iottwinmaker iotwireless ipam iq iq-permission ivs ivschat justintimeaccess.ssm kafka kafka-cluster
kafka.application-autoscaling kafkaconnect kendra kendra-ranking kinesis kinesisanalytics kinesisreplication.dynamodb
kinesisvideo kms lakeformation lambda lambda.alarms.cloudwatch lambda.application-autoscaling launchwizard lex lexv2
license-management.marketplace license-manager license-manager-linux-subscriptions license-manager-user-subscriptions
license-manager.master-account license-manager.member-account lightsail logdelivery.elasticloadbalancing
logger.cloudfront logging.s3 logs lookoutequipment lookoutmetrics lookoutvision m2 machinelearning macie macie2
maintenance.elasticbeanstalk malware-protection-plan.guardduty malware-protection.guardduty managedblockchain
managedblockchain-query managedupdates.elasticbeanstalk mapcredits marketplacecommerceanalytics mechanicalturk
mediaconnect mediaconvert mediaimport medialive mediapackage mediapackage-vod mediapackagev2 mediapipelines.chime
mediastore mediatailor medical-imaging member.org.stacksets.cloudformation memorydb mgh mgn migrationhub
migrationhub-orchestrator migrationhub-strategy mobileanalytics mobiletargeting monitoring monitoring.rds
monitoring.thinclient monitron mpa mq neptune-db neptune-graph neptune.application-autoscaling network-firewall
network-security-director network.bedrock-agentcore networkflowmonitor networkmanager networkmanager-chat networkmonitor
nimble notifications notifications-contacts notifications.ssm nova-act oam observability.aoss observabilityadmin odb
omics one opensearch opensearchservice ops.apigateway ops.athena ops.emr-serverless opsdatasync.ssm opsworks opsworks-cm
organizations orgsdatasync.servicecatalog osis osis-pipelines outposts panorama partnercentral
partnercentral-account-management payment-cryptography payments pca-connector-ad pca-connector-scep pcs permission.iq
personalize pi pinpoint pipes pods.eks polly practice-run.arc-zonal-shift pricing pricingplanmanager
private-marketplace.marketplace private-networks profile proton pullthroughcache.ecr purchase-orders q qapps qbusiness
qdeveloper qldb quicksight ram rbin rds rds-data rds-db rds-preview rds.application-autoscaling
reachabilityanalyzer.networkinsights redshift redshift-data redshift-serverless refactor-spaces rekognition
remediation.config replication.cassandra replication.dynamodb replication.ecr replication.lexv2 replication.s3tables
replicator.lambda reporting.trustedadvisor repository.sync.codeconnections repostspace resale-authorization.marketplace
researchstudio resiliencehub resource-explorer resource-explorer-2 resource-groups
resource-snapshot-job.partnercentral-selling resources.cloudformation restore-testing.backup rhelkb robomaker
rolesanywhere route53 route53-recovery-cluster route53-recovery-control-config route53-recovery-readiness route53domains
route53globalresolver route53profiles route53resolver rtbfabric rum runtime-identity.bedrock-agentcore s3
s3-object-lambda s3-outposts s3.data-source.lustre.fsx s3express s3files s3tables s3vectors sagemaker
sagemaker-data-science-assistant sagemaker-geospatial sagemaker-mlflow sagemaker-unified-studio-mcp
sagemaker.application-autoscaling savingsplans scaler.lambda scheduler schema-conversion.dms schemas scn scraper.aps sdb
secretsmanager security-ir securityagent securityhub securityhubv2 securitylake serverlessrepo service.eks
servicecatalog servicecatalog-appregistry servicediscovery serviceextract servicequotas ses shield signer signin
simspaceweaver sms sms-voice smsintegration.migrationhub snow-device-management snowball sns social-messaging spot
spotfleet sqlworkbench sqs ssm ssm-contacts ssm-guiconnect ssm-incidents ssm-quicksetup ssm-sap ssm.integrations
ssmmessages sso sso-directory sso-oauth stacksets.cloudformation states storage-lens.s3 storagegateway
streams.metrics.cloudwatch sts support support-console supportapp supportplans sustainability swf sync.proton synthetics
tag tagpolicies.tag tasks.apprunner tax telemetry-enablement.observabilityadmin telemetry-pipelines.observabilityadmin
textract thinclient timestream timestream-influxdb tiros tnb transcribe transcription.streaming.chime transfer transform
transform-custom transitgateway translate triage.security-ir trustedadvisor ts user-attribute-cost-allocation-data
user-subscriptions uxc vendor-insights verified-access verifiedpermissions vmie voiceconnector.chime voiceid
vpc-flow-logs vpc-lattice vpc-lattice-svcs vpce vpcorigin.cloudfront waf waf-regional wafv2 wam wellarchitected wickr
wisdom workdocs worklink workmail workmailmessageflow workspaces workspaces-instances workspaces-web
workspaces.application-autoscaling xray zocalo
`
    .trim()
    .split(/\s+/),
);
