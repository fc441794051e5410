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
