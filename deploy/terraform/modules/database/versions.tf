terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
    mysql = {
      source = "petoju/mysql"
    }
    random = {
      source = "hashicorp/random"
    }
  }
}
