# A Logic App that starts the container group. Its identity may do nothing else.

locals {
  hour   = tonumber(split(":", var.time)[0])
  minute = tonumber(split(":", var.time)[1])
  weekly = var.frequency == "Week"
  daily  = contains(["Week", "Day"], var.frequency)
}

resource "azurerm_logic_app_workflow" "schedule" {
  name                = "${var.name}-schedule"
  resource_group_name = var.place.resource_group
  location            = var.place.location
  tags                = var.place.tags

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_logic_app_trigger_recurrence" "schedule" {
  name         = "every-${lower(var.frequency)}"
  logic_app_id = azurerm_logic_app_workflow.schedule.id
  frequency    = var.frequency
  interval     = var.interval
  time_zone    = "UTC"
  # Months and hours are counted from this time, which has the right time of day.
  start_time = "2026-01-04T${var.time}:00Z"

  dynamic "schedule" {
    for_each = local.daily ? [1] : []
    content {
      at_these_hours   = [local.hour]
      at_these_minutes = [local.minute]
      on_these_days    = local.weekly ? var.days : null
    }
  }
}

resource "azurerm_logic_app_action_custom" "start" {
  name         = "start-the-pipeline"
  logic_app_id = azurerm_logic_app_workflow.schedule.id

  body = jsonencode({
    type = "Http"
    inputs = {
      method = "POST"
      uri    = "https://management.azure.com${var.container_group_id}/start?api-version=2023-05-01"
      authentication = {
        type     = "ManagedServiceIdentity"
        audience = "https://management.azure.com/"
      }
      retryPolicy = {
        type     = "exponential"
        count    = 4
        interval = "PT30S"
      }
    }
    runAfter = {}
  })
}

resource "azurerm_role_definition" "start" {
  name        = "${var.name} start container group"
  description = "May start a stopped container group, and nothing else."
  scope       = var.resource_group_id

  permissions {
    actions = ["Microsoft.ContainerInstance/containerGroups/start/action"]
  }

  assignable_scopes = [var.resource_group_id]
}

resource "azurerm_role_assignment" "start" {
  scope              = var.container_group_id
  role_definition_id = azurerm_role_definition.start.role_definition_resource_id
  principal_id       = azurerm_logic_app_workflow.schedule.identity[0].principal_id
}
