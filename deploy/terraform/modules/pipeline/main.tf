# The container group that publishes. The schedule starts it; it runs once and ends.

resource "azurerm_role_assignment" "pull" {
  scope                = var.registry.id
  role_definition_name = "AcrPull"
  principal_id         = var.identity.principal_id
}

resource "azurerm_container_group" "pipeline" {
  name                = "${var.name}-pipeline"
  resource_group_name = var.place.resource_group
  location            = var.place.location
  tags                = var.place.tags
  os_type             = "Linux"
  restart_policy      = "Never"
  ip_address_type     = "None"

  identity {
    type         = "UserAssigned"
    identity_ids = [var.identity.id]
  }

  image_registry_credential {
    server                    = var.registry.server
    user_assigned_identity_id = var.identity.id
  }

  container {
    name                         = "pipeline"
    image                        = var.image
    cpu                          = var.cpu_cores
    memory                       = var.memory_in_gb
    commands                     = concat(["bingefriend", "pipeline"], var.arguments)
    environment_variables        = var.environment
    secure_environment_variables = var.secure_environment
  }

  diagnostics {
    log_analytics {
      workspace_id  = var.log_analytics_id
      workspace_key = var.log_analytics_key
    }
  }

  depends_on = [azurerm_role_assignment.pull]
}
