# The complete deployment, as in the original system: a container that publishes every week, its database,
# and a Function App that serves from it.

resource "azurerm_resource_group" "all" {
  name     = "${var.name}-rg"
  location = var.location
  tags     = var.tags
}

# Names of storage accounts, registries and servers are globally unique.
resource "random_string" "suffix" {
  length  = 6
  special = false
  upper   = false
}

locals {
  place = {
    resource_group = azurerm_resource_group.all.name
    location       = azurerm_resource_group.all.location
    tags           = var.tags
  }
  unique_name = "${var.name}${random_string.suffix.result}"
}

resource "azurerm_log_analytics_workspace" "all" {
  name                = "${var.name}-logs"
  resource_group_name = local.place.resource_group
  location            = local.place.location
  tags                = local.place.tags
  sku                 = "PerGB2018"
  retention_in_days   = 30
}

module "registry" {
  source = "./modules/registry"

  name  = local.unique_name
  place = local.place
}

module "storage" {
  source = "./modules/storage"

  name  = local.unique_name
  place = local.place
}

module "database" {
  source = "./modules/database"

  name             = local.unique_name
  place            = local.place
  sku              = var.database_sku
  storage_in_gb    = var.database_storage_in_gb
  deployer_address = var.deployer_address
}

resource "azurerm_user_assigned_identity" "pipeline" {
  name                = "${var.name}-pipeline"
  resource_group_name = local.place.resource_group
  location            = local.place.location
  tags                = local.place.tags
}

module "pipeline_settings" {
  source = "./modules/settings"

  program = "pipeline"
  plain = merge(var.pipeline_settings, {
    SHOW_SERVICE_URL       = var.show_service_url
    USE_BLOB_STORAGE       = "true"
    STORAGE_CONTAINER_NAME = module.storage.features_container
  })
  secret = merge(var.pipeline_secrets, {
    DATABASE_URL                    = module.database.writer_url
    AZURE_STORAGE_CONNECTION_STRING = module.storage.connection_string
  })
}

module "pipeline" {
  source = "./modules/pipeline"

  name               = var.name
  place              = local.place
  image              = "${module.registry.server}/bingefriend-pipeline:${var.image_tag}"
  arguments          = var.pipeline_arguments
  registry           = { id = module.registry.id, server = module.registry.server }
  identity           = { id = azurerm_user_assigned_identity.pipeline.id, principal_id = azurerm_user_assigned_identity.pipeline.principal_id }
  cpu_cores          = var.pipeline_cpu_cores
  memory_in_gb       = var.pipeline_memory_in_gb
  environment        = module.pipeline_settings.environment
  secure_environment = module.pipeline_settings.secure_environment
  log_analytics_id   = azurerm_log_analytics_workspace.all.workspace_id
  log_analytics_key  = azurerm_log_analytics_workspace.all.primary_shared_key
}

module "schedule" {
  source = "./modules/schedule"

  name               = var.name
  place              = local.place
  container_group_id = module.pipeline.container_group_id
  resource_group_id  = azurerm_resource_group.all.id
  frequency          = var.schedule_frequency
  interval           = var.schedule_interval
  time               = var.schedule_time
  days               = var.schedule_days
}

module "api_settings" {
  source = "./modules/settings"

  program = "serve"
  plain = merge(var.api_settings, {
    ALLOWED_ORIGINS = jsonencode(var.allowed_origins)
  })
  secret = merge(var.api_secrets, {
    DATABASE_URL = module.database.reader_url
  })
}

module "api" {
  source = "./modules/api"

  name               = local.unique_name
  place              = local.place
  plan_sku           = var.function_plan_sku
  storage            = { name = module.storage.name, access_key = module.storage.access_key }
  allowed_origins    = var.allowed_origins
  environment        = module.api_settings.environment
  secure_environment = module.api_settings.secure_environment
  log_analytics_id   = azurerm_log_analytics_workspace.all.id
}

module "alerts" {
  source = "./modules/alerts"
  count  = var.alert_email == "" ? 0 : 1

  name                 = var.name
  place                = local.place
  email                = var.alert_email
  log_analytics_id     = azurerm_log_analytics_workspace.all.id
  container_group_name = module.pipeline.container_group_name
  logic_app_id         = module.schedule.logic_app_id
}
