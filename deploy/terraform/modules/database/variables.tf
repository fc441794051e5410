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

variable "sku" {
  description = "The size of the server."
  type        = string
}

variable "storage_in_gb" {
  description = "Its storage, in GB."
  type        = number
}

variable "deployer_address" {
  description = "The IPv4 address from which the accounts are created; empty: no rule for it."
  type        = string
}
