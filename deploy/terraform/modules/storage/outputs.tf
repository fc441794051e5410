output "name" {
  value = azurerm_storage_account.all.name
}

output "features_container" {
  value = azurerm_storage_container.features.name
}

output "connection_string" {
  value     = azurerm_storage_account.all.primary_connection_string
  sensitive = true
}

output "access_key" {
  value     = azurerm_storage_account.all.primary_access_key
  sensitive = true
}
