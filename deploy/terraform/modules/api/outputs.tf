output "host" {
  value = azurerm_linux_function_app.api.default_hostname
}

output "function_app_name" {
  value = azurerm_linux_function_app.api.name
}
