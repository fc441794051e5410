variable "name" {
  description = "Names what is made."
  type        = string
}

variable "place" {
  description = "Resource group, location and tags of what is made."
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
  description = "Where the image is pulled from."
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
  description = "The secret settings, by key; Azure shows them to nobody."
  type        = map(string)
  sensitive   = true
}

variable "log_analytics_id" {
  description = "The workspace that takes the log, its id in Log Analytics."
  type        = string
}

variable "log_analytics_key" {
  description = "The key to write to it."
  type        = string
  sensitive   = true
}
