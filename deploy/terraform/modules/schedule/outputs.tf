output "logic_app_id" {
  value = azurerm_logic_app_workflow.schedule.id
}
