# MySQL with the accounts of deploy/sql: one that publishes, one that reads. All connections use TLS.

locals {
  database = "bingefriend"
  url      = "mysql://%s:%s@${azurerm_mysql_flexible_server.all.fqdn}:3306/${local.database}?charset=utf8mb4"
}

resource "random_password" "account" {
  for_each = toset(["administrator", "writer", "reader"])

  length      = 32
  special     = false # nothing to escape in a URL
  min_lower   = 1
  min_upper   = 1
  min_numeric = 1
}

resource "azurerm_mysql_flexible_server" "all" {
  name                   = "${var.name}-mysql"
  resource_group_name    = var.place.resource_group
  location               = var.place.location
  tags                   = var.place.tags
  version                = "8.0.21"
  sku_name               = var.sku
  administrator_login    = "bingefriend_admin"
  administrator_password = random_password.account["administrator"].result
  backup_retention_days  = 14

  storage {
    size_gb           = var.storage_in_gb
    auto_grow_enabled = true
  }

  lifecycle {
    ignore_changes  = [zone]
    prevent_destroy = true
  }
}

resource "azurerm_mysql_flexible_server_configuration" "tls_only" {
  name                = "require_secure_transport"
  resource_group_name = var.place.resource_group
  server_name         = azurerm_mysql_flexible_server.all.name
  value               = "ON"
}

resource "azurerm_mysql_flexible_server_configuration" "tls_version" {
  name                = "tls_version"
  resource_group_name = var.place.resource_group
  server_name         = azurerm_mysql_flexible_server.all.name
  value               = "TLSv1.2,TLSv1.3"
}

resource "azurerm_mysql_flexible_database" "recommendations" {
  name                = local.database
  resource_group_name = var.place.resource_group
  server_name         = azurerm_mysql_flexible_server.all.name
  charset             = "utf8mb4"
  collation           = "utf8mb4_0900_ai_ci"
}

# For Azure, 0.0.0.0 means: from inside Azure. Neither a container group nor a Function App on the consumption
# plan has a fixed address.
resource "azurerm_mysql_flexible_server_firewall_rule" "azure" {
  name                = "azure"
  resource_group_name = var.place.resource_group
  server_name         = azurerm_mysql_flexible_server.all.name
  start_ip_address    = "0.0.0.0"
  end_ip_address      = "0.0.0.0"
}

resource "azurerm_mysql_flexible_server_firewall_rule" "deployer" {
  count = var.deployer_address == "" ? 0 : 1

  name                = "deployer"
  resource_group_name = var.place.resource_group
  server_name         = azurerm_mysql_flexible_server.all.name
  start_ip_address    = var.deployer_address
  end_ip_address      = var.deployer_address
}

# The grants of deploy/sql/writer.sql and deploy/sql/reader.sql.
resource "mysql_user" "account" {
  for_each = toset(["writer", "reader"])

  user               = "bingefriend_${each.key}"
  host               = "%"
  plaintext_password = random_password.account[each.key].result
  tls_option         = "SSL"

  depends_on = [azurerm_mysql_flexible_server_firewall_rule.deployer]
}

resource "mysql_grant" "writer" {
  user     = mysql_user.account["writer"].user
  host     = mysql_user.account["writer"].host
  database = azurerm_mysql_flexible_database.recommendations.name
  privileges = [
    "ALTER", "CREATE", "CREATE VIEW", "DELETE", "DROP", "INDEX", "INSERT", "REFERENCES", "SELECT", "SHOW VIEW", "UPDATE",
  ]
}

resource "mysql_grant" "reader" {
  user       = mysql_user.account["reader"].user
  host       = mysql_user.account["reader"].host
  database   = azurerm_mysql_flexible_database.recommendations.name
  privileges = ["SELECT"]
}
