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

variable "container_group_id" {
  description = "The container group to start."
  type        = string
}

variable "resource_group_id" {
  description = "The scope in which the role is defined."
  type        = string
}

variable "frequency" {
  description = "Month, Week, Day or Hour."
  type        = string
}

variable "interval" {
  description = "Number of units between runs."
  type        = number
}

variable "time" {
  description = "The time of day, in UTC, such as 09:00."
  type        = string
}

variable "days" {
  description = "The days of a weekly run."
  type        = list(string)
}
