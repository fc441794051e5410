# Sends an e-mail for every run that published, every run that failed, and every failed start of the schedule.
# The queries search the output of the runs: `published: generation` for success, a line of `bingefriend: ` for failure.

locals {
  outcomes = {
    published = { severity = 4, condition = "Message startswith 'published: generation'", text = "The pipeline published a new generation." }
    failed    = { severity = 1, condition = "Message startswith 'bingefriend: '", text = "The pipeline failed; what was published before is still served." }
  }
}

resource "azurerm_monitor_action_group" "email" {
  name                = "${var.name}-email"
  resource_group_name = var.place.resource_group
  tags                = var.place.tags
  short_name          = substr(var.name, 0, 12)

  email_receiver {
    name                    = "operator"
    email_address           = var.email
    use_common_alert_schema = true
  }
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "run" {
  for_each = local.outcomes

  name                 = "${var.name}-${each.key}"
  resource_group_name  = var.place.resource_group
  location             = var.place.location
  tags                 = var.place.tags
  description          = each.value.text
  severity             = each.value.severity
  scopes               = [var.log_analytics_id]
  evaluation_frequency = "PT15M"
  window_duration      = "PT15M"
  # The table exists after a container group has logged.
  skip_query_validation = true

  criteria {
    query                   = "ContainerInstanceLog_CL | where ContainerGroup_s == '${var.container_group_name}' | where ${each.value.condition}"
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0
  }

  action {
    action_groups = [azurerm_monitor_action_group.email.id]
  }
}

resource "azurerm_monitor_metric_alert" "not_started" {
  name                = "${var.name}-not-started"
  resource_group_name = var.place.resource_group
  tags                = var.place.tags
  description         = "The schedule could not start the pipeline."
  severity            = 1
  scopes              = [var.logic_app_id]
  frequency           = "PT15M"
  window_size         = "PT15M"

  criteria {
    metric_namespace = "Microsoft.Logic/workflows"
    metric_name      = "RunsFailed"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 0
  }

  action {
    action_group_id = azurerm_monitor_action_group.email.id
  }
}
