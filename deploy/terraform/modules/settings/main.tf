# The environment of one of the two programs. Every key must be in the program's own table of settings
# (settings.json is the output of `bingefriend settings --format json`). A setting without a value is left out, so
# the default of the program applies.

variable "program" {
  description = "The program: pipeline or serve."
  type        = string

  validation {
    condition     = contains(["pipeline", "serve"], var.program)
    error_message = "Use pipeline or serve."
  }
}

variable "plain" {
  description = "Settings by key."
  type        = map(string)
}

variable "secret" {
  description = "Settings that are secret, by key."
  type        = map(string)
  sensitive   = true
}

locals {
  table  = jsondecode(file("${path.module}/../../settings.json"))
  read   = [for setting in local.table : setting if contains(setting.read_by, var.program) && !setting.set_by_host]
  plain  = [for setting in local.read : setting.key if !setting.secret]
  secret = [for setting in local.read : setting.key if setting.secret]

  given_secrets = nonsensitive(toset(keys(var.secret)))
}

output "environment" {
  description = "The plain settings."
  value       = { for key in local.plain : key => var.plain[key] if lookup(var.plain, key, "") != "" }

  precondition {
    condition     = length(setsubtract(keys(var.plain), local.plain)) == 0
    error_message = "No plain setting of ${var.program}: ${join(", ", setsubtract(keys(var.plain), local.plain))}; `bingefriend settings` lists the valid ones."
  }
}

output "secure_environment" {
  description = "The secret settings."
  value       = { for key in local.secret : key => var.secret[key] if contains(local.given_secrets, key) }
  sensitive   = true

  precondition {
    condition     = length(setsubtract(local.given_secrets, local.secret)) == 0
    error_message = "No secret setting of ${var.program}: ${join(", ", setsubtract(local.given_secrets, local.secret))}; `bingefriend settings` lists the valid ones."
  }
}
