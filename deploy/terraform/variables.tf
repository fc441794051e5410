variable "name" {
  description = "Prefix of all resource names."
  type        = string
  default     = "bingefriend"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,14}$", var.name))
    error_message = "Use 3 to 15 lower-case letters and digits, a letter first."
  }
}

variable "location" {
  description = "The Azure region."
  type        = string
  default     = "eastus2"
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
}

variable "image_tag" {
  description = "The tag of the pipeline image in the registry: a version or a commit, not a moving tag."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", var.image_tag)) && var.image_tag != "latest"
    error_message = "Use a tag that always means the same image."
  }
}

variable "show_service_url" {
  description = "Base URL of the show service. Empty: the source in pipeline_settings, else the sample."
  type        = string
  default     = ""

  validation {
    condition     = var.show_service_url == "" || startswith(var.show_service_url, "https://")
    error_message = "Use a URL that begins with https://, or leave it empty."
  }
}

variable "pipeline_arguments" {
  description = "Arguments of `bingefriend pipeline`."
  type        = list(string)
  default     = []
}

variable "pipeline_settings" {
  description = "Further settings of the pipeline, by key; `bingefriend settings` lists them."
  type        = map(string)
  default     = {}
}

variable "pipeline_secrets" {
  description = "Further settings of the pipeline that are secret, by key."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "pipeline_cpu_cores" {
  description = "Cores of the pipeline container."
  type        = number
  default     = 2

  validation {
    condition     = var.pipeline_cpu_cores >= 1 && var.pipeline_cpu_cores <= 4
    error_message = "Use 1 to 4."
  }
}

variable "pipeline_memory_in_gb" {
  description = "Memory of the pipeline container, in GB; 85,000 shows need less than 2."
  type        = number
  default     = 2

  validation {
    condition     = var.pipeline_memory_in_gb >= 1 && var.pipeline_memory_in_gb <= 16
    error_message = "Use 1 to 16."
  }
}

variable "schedule_frequency" {
  description = "The unit of the schedule."
  type        = string
  default     = "Week"

  validation {
    condition     = contains(["Month", "Week", "Day", "Hour"], var.schedule_frequency)
    error_message = "Use Month, Week, Day or Hour."
  }
}

variable "schedule_interval" {
  description = "Number of units between runs."
  type        = number
  default     = 1

  validation {
    condition     = var.schedule_interval >= 1 && floor(var.schedule_interval) == var.schedule_interval
    error_message = "Use a whole number of 1 or more."
  }
}

variable "schedule_time" {
  description = "The time of day of a run, in UTC."
  type        = string
  default     = "09:00"

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.schedule_time))
    error_message = "Use a time such as 09:00."
  }
}

variable "schedule_days" {
  description = "The days of a weekly run."
  type        = list(string)
  default     = ["Sunday"]

  validation {
    condition = length(var.schedule_days) > 0 && alltrue([for day in var.schedule_days :
    contains(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], day)])
    error_message = "Use days of the week in English, at least one."
  }
}

variable "allowed_origins" {
  description = "CORS origins: the pages that may call the API from a browser."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.allowed_origins : can(regex("^https?://[^/]+$", origin))])
    error_message = "Use origins such as https://www.example.org, without a path."
  }
}

variable "api_settings" {
  description = "Further settings of the API, by key; `bingefriend settings` lists them."
  type        = map(string)
  default     = {}
}

variable "api_secrets" {
  description = "Further settings of the API that are secret, by key."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "function_plan_sku" {
  description = "The plan of the Function App: Y1 (consumption) or EP1 to EP3 (premium)."
  type        = string
  default     = "Y1"

  validation {
    condition     = contains(["Y1", "EP1", "EP2", "EP3"], var.function_plan_sku)
    error_message = "Use Y1, EP1, EP2 or EP3."
  }
}

variable "database_sku" {
  description = "The size of the MySQL server."
  type        = string
  default     = "B_Standard_B1ms"
}

variable "database_storage_in_gb" {
  description = "Storage of the MySQL server, in GB."
  type        = number
  default     = 20

  validation {
    condition     = var.database_storage_in_gb >= 20
    error_message = "Use 20 or more."
  }
}

variable "deployer_address" {
  description = "The IPv4 address from which Terraform creates the database users. Empty: an address that may already connect."
  type        = string
  default     = ""

  validation {
    condition     = var.deployer_address == "" || can(cidrnetmask("${var.deployer_address}/32"))
    error_message = "Use an IPv4 address, or leave it empty."
  }
}

variable "alert_email" {
  description = "Recipient of an e-mail about the success or failure of every run. Empty: nobody."
  type        = string
  default     = ""

  validation {
    condition     = var.alert_email == "" || can(regex("^[^@[:space:]]+@[^@[:space:]]+$", var.alert_email))
    error_message = "Use an e-mail address, or leave it empty."
  }
}
