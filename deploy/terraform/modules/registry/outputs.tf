output "id" {
  value = azurerm_container_registry.images.id
}

output "name" {
  value = azurerm_container_registry.images.name
}

output "server" {
  value = azurerm_container_registry.images.login_server
}
