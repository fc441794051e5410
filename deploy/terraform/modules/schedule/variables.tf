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

variable "container_group_id" {
  description = "What is started."
  type        = string
}

variable "resource_group_id" {
  description = "Where the role is defined."
  type        = string
}

variable "frequency" {
  description = "Month, Week, Day or Hour."
  type        = string
}

variable "interval" {
  description = "A run every so many units."
  type        = number
}

variable "time" {
  description = "The time of the day, in UTC, like 09:00."
  type        = string
}

variable "days" {
  description = "The days of a weekly run."
  type        = list(string)
}
