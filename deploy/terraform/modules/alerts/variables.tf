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

variable "email" {
  description = "Recipient of the alerts."
  type        = string
}

variable "log_analytics_id" {
  description = "The resource id of the workspace with the log."
  type        = string
}

variable "container_group_name" {
  description = "The container group of the pipeline."
  type        = string
}

variable "logic_app_id" {
  description = "The Logic App that starts it."
  type        = string
}
