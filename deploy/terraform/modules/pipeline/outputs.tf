output "container_group_id" {
  value = azurerm_container_group.pipeline.id
}

output "container_group_name" {
  value = azurerm_container_group.pipeline.name
}
