output "host" {
  value = azurerm_mysql_flexible_server.all.fqdn
}

output "administrator" {
  value = azurerm_mysql_flexible_server.all.administrator_login
}

output "administrator_password" {
  value     = random_password.account["administrator"].result
  sensitive = true
}

# A URL is available after its account has its rights.
output "writer_url" {
  value      = format(local.url, mysql_user.account["writer"].user, random_password.account["writer"].result)
  sensitive  = true
  depends_on = [mysql_grant.writer]
}

output "reader_url" {
  value      = format(local.url, mysql_user.account["reader"].user, random_password.account["reader"].result)
  sensitive  = true
  depends_on = [mysql_grant.reader]
}
