# The storage account for the feature files and the Functions host.

resource "azurerm_storage_account" "all" {
  name                             = var.name
  resource_group_name              = var.place.resource_group
  location                         = var.place.location
  tags                             = var.place.tags
  account_tier                     = "Standard"
  account_replication_type         = "LRS"
  https_traffic_only_enabled       = true
  min_tls_version                  = "TLS1_2"
  allow_nested_items_to_be_public  = false
  local_user_enabled               = false
  cross_tenant_replication_enabled = false

  blob_properties {
    versioning_enabled = true
    delete_retention_policy {
      days = 30
    }
  }
}

resource "azurerm_storage_container" "features" {
  name                  = "recommendation-data"
  storage_account_id    = azurerm_storage_account.all.id
  container_access_type = "private"
}

# Deletes old versions of the feature files after 90 days.
resource "azurerm_storage_management_policy" "versions" {
  storage_account_id = azurerm_storage_account.all.id

  rule {
    name    = "old-versions"
    enabled = true
    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["${azurerm_storage_container.features.name}/"]
    }
    actions {
      version {
        delete_after_days_since_creation = 90
      }
    }
  }
}
