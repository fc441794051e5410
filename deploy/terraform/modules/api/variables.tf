variable "name" {
  description = "Prefix of the resource names."
  type        = string
}

variable "place" {
  description = "Resource group, location and tags of the resources."
  type = object({
    resource_group = string
    location       = string
    tags           = map(string)
  })
}

variable "plan_sku" {
  description = "The plan: Y1 or EP1 to EP3."
  type        = string
}

variable "storage" {
  description = "The storage account of the Functions host."
  type        = object({ name = string, access_key = string })
  sensitive   = true
}

variable "allowed_origins" {
  description = "CORS origins."
  type        = list(string)
}

variable "environment" {
  description = "The plain settings, by key."
  type        = map(string)
}

variable "secure_environment" {
  description = "The secret settings, by key."
  type        = map(string)
  sensitive   = true
}

variable "log_analytics_id" {
  description = "The resource id of the workspace for Application Insights."
  type        = string
}
