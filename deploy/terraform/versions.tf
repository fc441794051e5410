terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.20"
    }
    mysql = {
      source  = "petoju/mysql"
      version = "~> 3.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }

  # `terraform init -backend-config=...` sets the location of the state: see README.md.
  backend "azurerm" {
    use_oidc         = true
    use_azuread_auth = true
  }
}

# Subscription, tenant and client come from ARM_SUBSCRIPTION_ID, ARM_TENANT_ID and ARM_CLIENT_ID.
provider "azurerm" {
  features {}
}

provider "mysql" {
  endpoint = "${module.database.host}:3306"
  username = module.database.administrator
  password = module.database.administrator_password
  tls      = "true"
}
