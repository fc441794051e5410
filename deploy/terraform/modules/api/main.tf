# The Function App. Its custom handler (deploy/functions) is the program; the workflow deploys the package.

resource "azurerm_application_insights" "api" {
  name                = "${var.name}-insights"
  resource_group_name = var.place.resource_group
  location            = var.place.location
  tags                = var.place.tags
  workspace_id        = var.log_analytics_id
  application_type    = "web"
}

resource "azurerm_service_plan" "api" {
  name                = "${var.name}-plan"
  resource_group_name = var.place.resource_group
  location            = var.place.location
  tags                = var.place.tags
  os_type             = "Linux"
  sku_name            = var.plan_sku
}

resource "azurerm_linux_function_app" "api" {
  name                        = "${var.name}-api"
  resource_group_name         = var.place.resource_group
  location                    = var.place.location
  tags                        = var.place.tags
  service_plan_id             = azurerm_service_plan.api.id
  storage_account_name        = var.storage.name
  storage_account_access_key  = var.storage.access_key
  functions_extension_version = "~4"
  https_only                  = true
  builtin_logging_enabled     = false

  # Deployed with an identity, never with the passwords that Azure could create for it.
  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  identity {
    type = "SystemAssigned"
  }

  site_config {
    minimum_tls_version                    = "1.2"
    scm_minimum_tls_version                = "1.2"
    ftps_state                             = "Disabled"
    http2_enabled                          = true
    remote_debugging_enabled               = false
    application_insights_connection_string = azurerm_application_insights.api.connection_string

    application_stack {
      use_custom_runtime = true
    }

    cors {
      allowed_origins     = var.allowed_origins
      support_credentials = false
    }
  }

  app_settings = merge(var.environment, var.secure_environment)

  lifecycle {
    # The workflow deploys the package.
    ignore_changes = [app_settings["WEBSITE_RUN_FROM_PACKAGE"]]
  }
}
