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

variable "image" {
  description = "The image, with registry and tag."
  type        = string
}

variable "arguments" {
  description = "Arguments of `bingefriend pipeline`."
  type        = list(string)
}

variable "registry" {
  description = "The registry of the image."
  type        = object({ id = string, server = string })
}

variable "identity" {
  description = "The identity that pulls the image."
  type        = object({ id = string, principal_id = string })
}

variable "cpu_cores" {
  description = "Cores of the container."
  type        = number
}

variable "memory_in_gb" {
  description = "Memory of the container, in GB."
  type        = number
}

variable "environment" {
  description = "The plain settings, by key."
  type        = map(string)
}

variable "secure_environment" {
  description = "The secret settings, by key; Azure never shows them."
  type        = map(string)
  sensitive   = true
}

variable "log_analytics_id" {
  description = "The Log Analytics id of the workspace for the log."
  type        = string
}

variable "log_analytics_key" {
  description = "The key to write to the workspace."
  type        = string
  sensitive   = true
}
