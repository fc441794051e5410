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

variable "email" {
  description = "Who is told."
  type        = string
}

variable "log_analytics_id" {
  description = "The workspace that holds the log, its resource id."
  type        = string
}

variable "container_group_name" {
  description = "The pipeline's container group."
  type        = string
}

variable "logic_app_id" {
  description = "The Logic App that starts it."
  type        = string
}
