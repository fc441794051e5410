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
