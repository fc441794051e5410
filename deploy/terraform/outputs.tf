output "api_url" {
  description = "URL of the API."
  value       = "https://${module.api.host}"
}

output "function_app_name" {
  description = "The Function App that the package is deployed to."
  value       = module.api.function_app_name
}

output "resource_group_name" {
  description = "The group of all resources."
  value       = azurerm_resource_group.all.name
}

output "registry_name" {
  description = "The registry that the pipeline image is pushed to."
  value       = module.registry.name
}

output "registry_server" {
  description = "The host of the registry."
  value       = module.registry.server
}

output "container_group_name" {
  description = "The container group of the pipeline: `az container start` runs it now, `az container logs` shows its last run."
  value       = module.pipeline.container_group_name
}

output "database_host" {
  description = "The MySQL server."
  value       = module.database.host
}

output "database_writer_url" {
  description = "The DATABASE_URL of the pipeline, for `bingefriend migrate`, `generations rollback` and the like."
  value       = module.database.writer_url
  sensitive   = true
}
